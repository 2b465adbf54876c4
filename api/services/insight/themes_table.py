"""The themes as a table for a spreadsheet: the numbers that the page shows, and no other."""

from collections.abc import Iterable

from api.services import csv_table
from api.services.insight.small_numbers import Shown
from api.services.insight.themes import Group, Split, Themes

COLUMNS = ("term", "voice", "counted", "by", "group", "pupils")
HIDDEN = "hidden"


def as_csv(themes: Themes) -> bytes:
    """One row for each number; `counted` is pupils, heard, missing, or the code of a barrier."""
    rows = (row for split in themes.splits for row in _rows(themes, split))
    return csv_table.as_csv(COLUMNS, ((themes.term.code, themes.audience, *row) for row in rows))


def _rows(themes: Themes, split: Split) -> Iterable[tuple[object, ...]]:
    yield from _counts("pupils", split, Shown(themes.pupils, dict(split.pupils)))
    yield from _counts("heard", split, split.heard)
    yield from _counts("missing", split, split.missing)
    for code, counts in split.barriers:
        yield from _counts(code, split, counts)


def _counts(counted: str, split: Split, counts: Shown[Group]) -> Iterable[tuple[object, ...]]:
    yield counted, "all", "", _number(counts.total)
    for group, count in counts.groups.items():
        yield counted, split.side, ", ".join(group), _number(count)


def _number(count: int | None) -> object:
    return HIDDEN if count is None else count
