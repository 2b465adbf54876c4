"""Pupils from a table that the school's own system writes. Every line is looked at before anything is stored, and
looked at again when it is: between the two somebody may have left, or added the same pupils.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import School, StaffMember
from api.services import audit
from api.services.people import rolls, staffing
from api.services.people.rolls import About

LARGEST_FILE = 64_000  # bytes; twice that is the largest form
MOST_LINES = 1000
COLUMNS = ("name", "year", "age_band", "language", "trusted_adult_email")
NEEDED = ("name", "year", "language", "trusted_adult_email")


@dataclass(frozen=True)
class Line:
    """One line of the table: a pupil who can be added, or the code of what is wrong with it."""

    number: int  # as a spreadsheet counts; the names of the columns are line 1
    name: str
    about: About | None
    fault: str = ""  # "name", "year", "age_band", "language", "adult", "twice", "on_the_roll"


@dataclass(frozen=True)
class Preview:
    lines: Sequence[Line]
    table: str  # as it was read, to be sent back when the reader agrees

    @property
    def good(self) -> Sequence[Line]:
        return [line for line in self.lines if line.about]

    @property
    def faulty(self) -> Sequence[Line]:
        return [line for line in self.lines if line.fault]


def decoded(content: bytes) -> str:
    """Spreadsheets write UTF-8, or what Windows used before it. Unfit("file_large" or "file_unreadable")."""
    if len(content) > LARGEST_FILE:
        raise Unfit("file_large")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unfit("file_unreadable")


def preview(session: Session, by: StaffMember, table: str, languages: Mapping[str, str]) -> Preview:
    """`languages`: codes by every name that is understood, folded. Unfit: "file_columns", "file_large",
    "file_unreadable", "file_empty".
    """
    country = session.get_one(School, by.school_id).country
    adults = {each.email: each.id for each in rolls.adults_of(session, by)}
    known = access.names_on_roll(session, by.school_id)
    lines, seen = [], set[tuple[str, str]]()
    for number, row in _rows(table):
        line = _looked_at(number, row, country, adults, languages)
        person = (line.name.casefold(), row["year"].casefold())
        if line.about and (person in known or person in seen):
            line = Line(number, line.name, None, "on_the_roll" if person in known else "twice")
        seen.add(person)
        lines.append(line)
    if not lines:
        raise Unfit("file_empty")
    return Preview(lines, table)


def add_all(session: Session, by: StaffMember, table: str, languages: Mapping[str, str]) -> int:
    """How many were added: lines without a fault. Sent again, everybody is on the roll already and none is added."""
    access.hold_school(session, by.school_id)
    good = preview(session, by, table, languages).good
    added = [rolls.put_on_roll(session, by, line.about).id for line in good if line.about]
    if added:
        audit.record(session, by, "pupils_imported", "school", by.school_id, pupils=added)
        session.commit()
    return len(added)


def _rows(table: str) -> Iterator[tuple[int, dict[str, str]]]:
    """With the number of its line; lines without any word are passed over."""
    first = table.partition("\n")[0]
    reader = csv.reader(StringIO(table, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        heads = [_folded(head).replace(" ", "_") for head in next(reader, [])]
        if not set(NEEDED) <= set(heads):
            raise Unfit("file_columns")
        for count, cells in enumerate(reader, 2):
            if count > MOST_LINES + 1:
                raise Unfit("file_large")
            if any(cell.strip() for cell in cells):
                held = dict(zip(heads, cells, strict=False))
                yield count, {column: " ".join(held.get(column, "").split()) for column in COLUMNS}
    except csv.Error:
        raise Unfit("file_unreadable") from None


def _looked_at(
    number: int, row: Mapping[str, str], country: str, adults: Mapping[str, int], languages: Mapping[str, str]
) -> Line:
    try:
        name, year = staffing.check_name(row["name"]), rolls.check_year(row["year"])
        band = row["age_band"].replace("–", "-") or rolls.age_band_of(year, country)
        language, adult = languages.get(_folded(row["language"])), adults.get(row["trusted_adult_email"].lower())
        band = next((each for each in rolls.BANDS if each == band), None)
        for fault, value in (("age_band", band), ("language", language), ("adult", adult)):
            if value is None:
                raise Unfit(fault)
    except Unfit as refusal:
        return Line(number, row["name"][: staffing.LONGEST_NAME], None, refusal.fault)
    assert band
    assert language
    assert adult
    return Line(number, name, About(name, year, band, language, adult))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
