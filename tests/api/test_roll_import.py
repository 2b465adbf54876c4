from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from api.database import Database
from api.errors import Unfit
from api.models import AuditEntry, Carer, Pupil, Task
from api.services.people import roll_import
from tests.api.people import People

LANGUAGES = {"en": "en", "english": "en", "pl": "pl", "polish": "pl", "polski": "pl"}
HEAD = "name,year,language,trusted_adult_email\n"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def look(session: Session, people: People, table: str) -> roll_import.Preview:
    return roll_import.preview(session, people.office, table, LANGUAGES)


def faults(session: Session, people: People, *lines: str) -> dict[int, str]:
    preview = look(session, people, HEAD + "\n".join(lines))
    return {line.number: line.fault for line in preview.faulty}


def test_looking_at_a_table_stores_nothing(session: Session, people: People) -> None:
    preview = look(session, people, HEAD + "Ada Sample,4,Polish,adult@school.test\n")
    session.rollback()

    (line,) = preview.good
    assert line.about
    assert (line.about.age_band, line.about.language, line.about.adult_id) == ("8-11", "pl", people.adult.id)
    assert len(session.exec(select(Pupil)).all()) == 2


def test_each_bad_line_is_named_with_its_reason(session: Session, people: People) -> None:
    assert faults(
        session,
        people,
        ",4,en,adult@school.test",
        "A,,en,adult@school.test",
        "B,Willow,en,adult@school.test",
        "C,4,Klingon,adult@school.test",
        "D,4,en,nobody@school.test",
        "E,4,en,office@school.test",
        "F,4,en,stranger@school.test",
        "G,4,en,adult@school.test",
        "g,4,en,adult@school.test",
        "pupil,8,en,adult@school.test",
        "short",
    ) == {
        2: "name",
        3: "year",
        4: "age_band",
        5: "language",
        6: "adult",
        7: "adult",
        8: "adult",
        10: "twice",
        11: "on_the_roll",
        12: "year",
    }


def test_only_lines_without_a_fault_are_added(session: Session, people: People) -> None:
    table = HEAD + "Ada Sample,4,en,ADULT@school.test\nBad,4,en,nobody@school.test\n"

    assert roll_import.add_all(session, people.office, table, LANGUAGES) == 1
    (entry,) = session.exec(select(AuditEntry))
    assert entry.act == "pupils_imported"
    assert "Ada" not in entry.model_dump_json()


def test_a_table_that_is_sent_twice_is_added_once(session: Session, people: People) -> None:
    table = HEAD + "Ada Sample,4,en,adult@school.test\n"

    added = [roll_import.add_all(session, people.office, table, LANGUAGES) for _ in range(2)]
    assert added == [1, 0]


@pytest.mark.parametrize(
    "table",
    [
        "Trusted Adult Email;Language;YEAR;Name;age band\nadult@school.test;en;Willow;Ada Sample;5-7\n",
        "name\tyear\tlanguage\ttrusted_adult_email\tage_band\r\nAda Sample\tWillow\ten\tadult@school.test\t5–7\r\n\r\n",
        'age_band,name,year,language,trusted_adult_email,other\n5-7,"Sample, Ada",R,en,adult@school.test,x\n',
    ],
)
def test_tables_are_read_as_spreadsheets_write_them(session: Session, people: People, table: str) -> None:
    (line,) = look(session, people, table).lines

    assert line.about
    assert line.about.age_band == "5-7"


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("", "file_columns"),
        ("name,year\nA,4\n", "file_columns"),
        (HEAD, "file_empty"),
        (HEAD + "A,4,en,adult@school.test\n" * 1001, "file_large"),
        (HEAD + '"' + "x" * 200_000 + '",4,en,adult@school.test\n', "file_unreadable"),
    ],
)
def test_a_file_that_is_no_table_of_pupils_is_refused(session: Session, people: People, table: str, fault: str) -> None:
    with pytest.raises(Unfit) as refused:
        look(session, people, table)

    assert refused.value.fault == fault


@pytest.mark.parametrize("content", ["Zoë".encode("utf-8-sig"), "Zoë".encode(), "Zoë".encode("cp1252")])
def test_letters_survive_the_way_from_the_spreadsheet(content: bytes) -> None:
    assert roll_import.decoded(content) == "Zoë"


@pytest.mark.parametrize(("content", "fault"), [(b"x" * 64_001, "file_large"), (b"PK\x00\x03", "file_unreadable")])
def test_what_is_no_text_or_too_much_is_refused(content: bytes, fault: str) -> None:
    with pytest.raises(Unfit) as refused:
        roll_import.decoded(content)

    assert refused.value.fault == fault


# ---- who cares for them

CARERS = "name,year,language,trusted_adult_email,carer_relation,carer_phone,carer_relation_2,carer_lives_apart_2\n"


def test_a_table_may_name_two_carers_and_who_lives_apart_waits_for_a_lead(session: Session, people: People) -> None:
    line = "Ada Sample,4,pl,adult@school.test,mother,07700 900123,father,yes\n"
    roll_import.add_all(session, people.office, CARERS + line, LANGUAGES)

    mother, father = session.exec(select(Carer).order_by(Carer.place)).all()  # type: ignore[arg-type]
    assert (mother.relation, mother.phone, mother.language, mother.lives_apart) == (
        "mother",
        "+447700900123",
        "pl",
        False,
    )
    assert (mother.lives_apart, father.lives_apart, father.agreed_at) == (False, True, None)
    assert [task.carer_id for task in session.exec(select(Task))] == [father.id]


def test_a_carer_who_cannot_be_read_keeps_the_pupil_out(session: Session, people: People) -> None:
    preview = look(
        session, people, CARERS + "A,4,en,adult@school.test,,07700 900123\nB,4,en,adult@school.test,aunt,12\n"
    )

    assert [line.fault for line in preview.faulty] == ["carer_relation", "carer_phone"]
