"""The themes as a table for a spreadsheet: the numbers that the page shows, and no other."""

import csv
from collections.abc import Iterable
from io import StringIO

from api.services.insight.small_numbers import Shown
from api.services.insight.themes import Group, Split, Themes

COLUMNS = ("term", "voice", "counted", "by", "group", "pupils")
HIDDEN = "hidden"
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def as_csv(themes: Themes) -> bytes:
    """One row for each number; `counted` is pupils, heard, missing, or the code of a barrier. UTF-8 with the mark by
    which spreadsheets know it; a cell that would be a formula gets an apostrophe before it.
    """
    table = StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for split in themes.splits:
        for row in _rows(themes, split):
            writer.writerow((themes.term.code, themes.audience, *map(_harmless, row)))
    return table.getvalue().encode("utf-8-sig")


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


def _harmless(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
