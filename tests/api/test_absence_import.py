"""Today's absentees from a table: who is found in it, what is wrong with a line, and that nobody is asked twice."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from api.database import Database
from api.errors import Unfit
from api.models import Pupil
from api.services.attendance import absence_import, starting
from tests.api.absent import MEANS, MORNING
from tests.api.people import People

HEAD = "name,year\n"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def look(session: Session, people: People, table: str, who: str = "attendance") -> absence_import.Preview:
    return absence_import.preview(session, getattr(people, who), table, MORNING.date())


def faults(session: Session, people: People, table: str, who: str = "attendance") -> list[tuple[int, str]]:
    return [(line.number, line.fault) for line in look(session, people, table, who).faulty]


def named(session: Session, people: People, name: str, year: str = "8") -> Pupil:
    """Another pupil of the adult's."""
    about = people.pupil.model_dump(exclude={"id"})
    pupil = Pupil(**{**about, "name": name, "year": year})
    session.add(pupil)
    session.commit()
    return pupil


@pytest.mark.parametrize(
    "table",
    ["name,year\nSalma Noor,8\n", "Year;Name\n8; SALMA  noor\n", 'name\n"Noor, Salma"\n', "name\tyear\nSalma Noor\t\n"],
)
def test_a_pupil_is_found_as_schools_write_them(session: Session, people: People, table: str) -> None:
    salma = named(session, people, "Salma Noor")
    assert [each.id for each in look(session, people, table).good] == [salma.id]


def test_a_pupil_is_found_by_number(session: Session, people: People) -> None:
    assert [each.id for each in look(session, people, f"id\n{people.pupil.id}\n").good] == [people.pupil.id]


def test_each_fault_is_named_with_its_line(session: Session, people: People) -> None:
    for year in ("8", "9"):
        named(session, people, "Sam", year)
    table = f"{HEAD}nobody,8\nSam,\nSam,9\nSam,9\n\npupil,7\n"
    assert faults(session, people, table) == [(2, "unknown"), (3, "several"), (5, "twice"), (7, "unknown")]


def test_the_pupil_of_a_colleague_is_as_unknown_as_nobody(session: Session, people: People) -> None:
    assert faults(session, people, f"{HEAD}other_pupil,8\n") == []
    assert faults(session, people, f"{HEAD}other_pupil,8\n", "adult") == [(2, "unknown")]


def test_the_same_table_again_starts_nobody(session: Session, people: People) -> None:
    table = f"{HEAD}pupil,8\nother_pupil,8\n"
    chosen = [each.id for each in look(session, people, table).good]
    assert len(starting.start(session, people.attendance, chosen, MORNING, MEANS)) == 2
    assert faults(session, people, table) == [(2, "started"), (3, "started")]
    assert starting.start(session, people.attendance, chosen, MORNING, MEANS) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"year\n8\n", "file_columns"),
        (b"name\n", "file_empty"),
        (b"name\n" + b"a" * 64_001, "file_large"),
        (b"name\n" + b"a\n" * 1001, "file_large"),
        (b"name\n\0", "file_unreadable"),
    ],
)
def test_what_is_no_table_of_pupils_is_said_so(session: Session, people: People, content: bytes, fault: str) -> None:
    with pytest.raises(Unfit) as refusal:
        look(session, people, absence_import.decoded(content))
    assert refusal.value.fault == fault
