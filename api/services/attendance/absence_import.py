"""Today's absentees from a table that the school's own system writes. Every line is looked at before anybody is asked,
and looked at again when it is: between the two a colleague may have started the same pupils.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import Pupil, StaffMember
from api.services.people.roll_import import MOST_LINES, decoded
from api.services.people.staffing import LONGEST_NAME

__all__ = ["COLUMNS", "Line", "Preview", "decoded", "preview"]

COLUMNS = ("name", "year")
NUMBER = "id"  # of the pupil in this product, in place of the name


@dataclass(frozen=True)
class Line:
    """One line of the table: a pupil to ask about, or the code of what is wrong with it."""

    number: int  # as a spreadsheet counts; the names of the columns are line 1
    name: str
    pupil: Pupil | None
    fault: str = ""  # "unknown", "several", "twice", "started"


@dataclass(frozen=True)
class Preview:
    lines: Sequence[Line]

    @property
    def good(self) -> list[Pupil]:
        return [line.pupil for line in self.lines if line.pupil]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.fault]


def preview(session: Session, by: StaffMember, table: str, day: date) -> Preview:
    """Stores nothing. Unfit: "file_columns", "file_large", "file_unreadable", "file_empty"."""
    known = _Known(access.pupils_to_ask_about(session, by))
    started = access.pupils_absent_on(session, by, day)
    lines, seen = [], set[int]()
    for number, row in _rows(table):
        line = _looked_at(number, row, known, started, seen)
        seen |= {line.pupil.id} if line.pupil else set()
        lines.append(line)
    if not lines:
        raise Unfit("file_empty")
    return Preview(lines)


class _Known:
    """The pupils with whose families somebody works, as a table may name them."""

    def __init__(self, pupils: Sequence[Pupil]) -> None:
        self._by_number = {str(pupil.id): pupil for pupil in pupils}
        self._by_name = defaultdict[str, list[Pupil]](list)
        for pupil in pupils:
            self._by_name[_folded(pupil.name)].append(pupil)

    def find(self, row: Mapping[str, str]) -> list[Pupil]:
        if row[NUMBER]:
            return [self._by_number[row[NUMBER]]] if row[NUMBER] in self._by_number else []
        found = next((self._by_name[name] for name in _names(row["name"]) if name in self._by_name), [])
        return [each for each in found if not row["year"] or _folded(each.year) == _folded(row["year"])]


def _looked_at(number: int, row: Mapping[str, str], known: _Known, started: set[int], seen: set[int]) -> Line:
    name, found = row["name"][:LONGEST_NAME], known.find(row)
    if len(found) != 1:
        return Line(number, name, None, "several" if found else "unknown")
    (pupil,) = found
    if pupil.id in seen:
        return Line(number, pupil.name, None, "twice")
    if pupil.id in started:
        return Line(number, pupil.name, None, "started")
    return Line(number, pupil.name, pupil)


def _names(given: str) -> list[str]:
    """Systems of schools write the family name first, with a comma."""
    family, comma, own = given.partition(",")
    return [_folded(given), _folded(f"{own} {family}")] if comma else [_folded(given)]


def _rows(table: str) -> Iterator[tuple[int, dict[str, str]]]:
    """With the number of its line; lines without any word are passed over."""
    first = table.partition("\n")[0]
    reader = csv.reader(StringIO(table, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        heads = [_folded(head) for head in next(reader, [])]
        if not {"name", NUMBER} & set(heads):
            raise Unfit("file_columns")
        for count, cells in enumerate(reader, 2):
            if count > MOST_LINES + 1:
                raise Unfit("file_large")
            if any(cell.strip() for cell in cells):
                held = dict(zip(heads, cells, strict=False))
                yield count, {column: " ".join(held.get(column, "").split()) for column in (*COLUMNS, NUMBER)}
    except csv.Error:
        raise Unfit("file_unreadable") from None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
