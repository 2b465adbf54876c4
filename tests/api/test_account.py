from collections.abc import Iterator

import pytest
from sqlmodel import Session

from api import access
from api.access import SignIn
from api.database import Database
from api.errors import NotSignedIn, TooManyAttempts, Unfit
from api.models import StaffMember
from api.security import password_matches
from api.services.people import account, attempts, signing_in
from tests.api.people import PASSWORD, People

NEW = "a quite new password"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def signed_in(session: Session, staff: StaffMember) -> tuple[str, SignIn]:
    token = signing_in.start_session(session, staff)
    return token, access.complete_sign_in_by_token(session, token)


def works(session: Session, token: str) -> bool:
    try:
        return bool(access.staff_by_token(session, token))
    except NotSignedIn:
        return False


def test_a_new_password_works_at_once_and_ends_the_other_sessions(session: Session, people: People) -> None:
    elsewhere, _ = signed_in(session, people.adult)
    token, mine = signed_in(session, people.adult)

    account.change_password(session, mine, PASSWORD, NEW, NEW)

    assert password_matches(NEW, session.get_one(StaffMember, people.adult.id).password_hash)
    assert (works(session, token), works(session, elsewhere)) == (True, False)


@pytest.mark.parametrize(
    ("old", "new", "again", "fault"),
    [
        ("wrong", NEW, NEW, "password_wrong"),
        (PASSWORD, NEW, "another password", "password_differs"),
        (PASSWORD, "short", "short", "password_short"),
        (PASSWORD, "adult@school.test", "adult@school.test", "password_is_name"),
    ],
)
def test_a_password_is_not_changed_when_something_is_amiss(
    session: Session, people: People, old: str, new: str, again: str, fault: str
) -> None:
    _, mine = signed_in(session, people.adult)
    with pytest.raises(Unfit) as refused:
        account.change_password(session, mine, old, new, again)

    assert refused.value.fault == fault
    assert session.get_one(StaffMember, people.adult.id).password_hash == people.adult.password_hash


def test_guessing_at_an_open_computer_becomes_slow(session: Session, people: People) -> None:
    _, mine = signed_in(session, people.adult)
    for _ in range(attempts.FREE + 1):
        with pytest.raises(Unfit):
            account.change_password(session, mine, "wrong", NEW, NEW)

    with pytest.raises(TooManyAttempts):
        account.change_password(session, mine, PASSWORD, NEW, NEW)


def test_a_pin_is_chosen(session: Session, people: People) -> None:
    account.choose_pin(session, people.adult, "8052")

    assert password_matches("8052", session.get_one(StaffMember, people.adult.id).pin_hash)


@pytest.mark.parametrize("pin", ["", "12", "abcd", "1234", "0000"])
def test_a_pin_that_is_soon_guessed_is_refused(session: Session, people: People, pin: str) -> None:
    with pytest.raises(Unfit):
        account.choose_pin(session, people.adult, pin)


def test_only_own_sessions_are_listed_and_ended(session: Session, people: People) -> None:
    foreign, theirs = signed_in(session, people.colleague)
    token, mine = signed_in(session, people.adult)
    assert [each.token_hash for each in account.sessions_of(session, people.adult)] == [mine.kept.token_hash]

    account.end_session(session, people.adult, theirs.kept.token_hash[: account.NAMED_BY])
    account.end_other_sessions(session, mine)

    assert works(session, foreign)
    assert works(session, token)


def test_one_or_all_others_can_be_ended(session: Session, people: People) -> None:
    (first, one), (second, _), (token, mine) = (signed_in(session, people.adult) for _ in range(3))
    account.end_session(session, people.adult, one.kept.token_hash[: account.NAMED_BY])
    assert (works(session, first), works(session, second)) == (False, True)

    account.end_other_sessions(session, mine)
    assert (works(session, second), works(session, token)) == (False, True)
