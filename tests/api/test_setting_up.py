from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, delete, select

from api.database import Database
from api.errors import NotFound, TooManyAttempts, Unfit, WrongCode
from api.models import Pupil, School, StaffMember
from api.services.people import attempts, setting_up
from api.services.people.setting_up import First

SECRET = "of this installation"
FIRST = First("A school", "GB-ENG", "First Person", "first@school.test", "kettle orbit mustard", "7413")


@pytest.fixture
def empty(database: Database) -> Database:
    """An installation without a school."""
    with database.writing() as session:
        for table in (Pupil, StaffMember, School):
            session.exec(delete(table))
        session.commit()
    return database


@pytest.fixture
def session(empty: Database) -> Iterator[Session]:
    with empty.writing() as session:
        yield session


def test_the_code_is_the_installations_own_and_always_the_same() -> None:
    assert setting_up.code(SECRET) == setting_up.code(SECRET) != setting_up.code("of another")


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", setting_up.code("of another")])
def test_without_the_code_no_school_is_founded(session: Session, code: str) -> None:
    with pytest.raises(WrongCode):
        setting_up.set_up(session, SECRET, code, "", FIRST)

    assert session.exec(select(School)).first() is None


def test_guessing_the_code_becomes_slow(session: Session) -> None:
    for _ in range(attempts.FREE_FOR_AN_ADDRESS + 1):
        with pytest.raises(WrongCode):
            setting_up.set_up(session, SECRET, "guess", "10.0.0.9", FIRST)

    with pytest.raises(TooManyAttempts):
        setting_up.set_up(session, SECRET, setting_up.code(SECRET), "10.0.0.9", FIRST)


def test_the_code_is_announced_while_there_is_no_school(empty: Database, caplog: pytest.LogCaptureFixture) -> None:
    setting_up.announce(empty, SECRET, "https://voice.school.test")

    assert setting_up.code(SECRET) in caplog.text


def test_the_code_is_not_announced_any_more_nor_before_there_are_tables(
    database: Database, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    unmigrated = Database(f"sqlite:///{tmp_path}/nothing.db")
    for silent in (database, unmigrated):
        setting_up.announce(silent, SECRET, "https://voice.school.test")
    unmigrated.close()

    assert setting_up.code(SECRET) not in caplog.text


def test_a_refused_password_founds_nothing(session: Session) -> None:
    weak = First("A school", "GB-ENG", "First Person", "first@school.test", "First Person", "7413")
    with pytest.raises(Unfit):
        setting_up.set_up(session, SECRET, setting_up.code(SECRET), "", weak)

    assert session.exec(select(School)).first() is None


def test_who_has_the_code_becomes_the_first_administrator_and_nobody_after_them(session: Session) -> None:
    setting_up.set_up(session, SECRET, setting_up.code(SECRET).lower().replace("-", " "), "", FIRST)
    assert session.exec(select(StaffMember)).one().role == "administrator"

    with pytest.raises(NotFound):
        setting_up.set_up(session, SECRET, setting_up.code(SECRET), "", FIRST)
