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
from api.services.reaching import carers

LARGEST_FILE = 64_000  # bytes; twice that is the largest form
MOST_LINES = 1000
PUPIL = ("name", "year", "age_band", "language", "trusted_adult_email")
CARER = ("carer_relation", "carer_language", "carer_phone", "carer_email", "carer_lives_apart")
SECOND = "_2"  # after the name of a column: of the second carer
COLUMNS = (*PUPIL, *CARER, *(f"{column}{SECOND}" for column in CARER))
NO = ("", "no", "n", "false", "0")  # whatever else stands under carer_lives_apart means that they do
NEEDED = ("name", "year", "language", "trusted_adult_email")


@dataclass(frozen=True)
class Line:
    """One line of the table: a pupil who can be added, or the code of what is wrong with it."""

    number: int  # as a spreadsheet counts; the names of the columns are line 1
    name: str
    about: About | None
    # "name", "year", "age_band", "language", "adult", "twice", "on_the_roll", "carer_relation", "carer_language",
    # "carer_phone", "carer_email"
    fault: str = ""
    family: tuple[carers.About, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the cells of a line are looked up in; `adults` by e-mail address, `languages` by every name, folded."""

    session: Session
    by: StaffMember
    school: School
    adults: Mapping[str, int]
    languages: Mapping[str, str]


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
    adults = {each.email: each.id for each in rolls.adults_of(session, by)}
    school = session.get_one(School, by.school_id)
    about = Known(session, by, school, adults, languages)
    known = access.names_on_roll(session, by.school_id)
    lines, seen = [], set[tuple[str, str]]()
    for number, row in _rows(table):
        line = _looked_at(about, number, row)
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
    added = [_add(session, by, line, line.about) for line in good if line.about]
    if added:
        audit.record(session, by, "pupils_imported", "school", by.school_id, pupils=added)
        session.commit()
    return len(added)


def _add(session: Session, by: StaffMember, line: Line, about: About) -> int:
    pupil = rolls.put_on_roll(session, by, about)
    for place, carer in enumerate(line.family):
        carers.put_in_family(session, by, pupil, carer, place)
    return pupil.id


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


def _looked_at(known: Known, number: int, row: Mapping[str, str]) -> Line:
    try:
        name, year = staffing.check_name(row["name"]), rolls.check_year(row["year"])
        band = row["age_band"].replace("–", "-") or rolls.age_band_of(year, known.school.country)
        language = known.languages.get(_folded(row["language"]))
        adult = known.adults.get(row["trusted_adult_email"].lower())
        band = next((each for each in rolls.BANDS if each == band), None)
        for fault, value in (("age_band", band), ("language", language), ("adult", adult)):
            if value is None:
                raise Unfit(fault)
        assert band
        assert language
        assert adult
        about = About(name, year, band, language, adult)
        family = tuple(_carers(known, row, language))
    except Unfit as refusal:
        return Line(number, row["name"][: staffing.LONGEST_NAME], None, refusal.fault)
    return Line(number, name, about, family=family)


def _carers(known: Known, row: Mapping[str, str], pupils_own: str) -> Iterator[carers.About]:
    """Those of whom anything is written; in the pupil's language where none is."""
    for which in ("", SECOND):
        relation, language, phone, email, apart = (row[f"{column}{which}"] for column in CARER)
        if any((relation, phone, email)):
            spoken = known.languages.get(_folded(language), "") if language else pupils_own
            is_apart = _folded(apart) not in NO
            yield _carer(known, relation, spoken, phone=phone, email=email, lives_apart=is_apart)


def _carer(known: Known, relation: str, language: str, *, phone: str, email: str, lives_apart: bool) -> carers.About:
    try:
        return carers.checked(
            known.session,
            known.by,
            known.languages.values(),
            relation,
            language,
            phone=phone,
            email=email,
            lives_apart=lives_apart,
        )
    except Unfit as refusal:
        raise Unfit(f"carer_{refusal.fault}") from None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
