from concurrent.futures import ThreadPoolExecutor

import pytest

from api import access
from api.database import Database
from api.errors import NotSignedIn, TooManyAttempts, WrongSignIn
from api.models import Attempt, StaffMember, StaffSession, now
from api.security import hash_token
from api.services.people import attempts, signing_in
from tests.api.people import PASSWORD, People

ADDRESS = "10.0.0.1"


def test_the_right_password_opens_the_door(database: Database, people: People) -> None:
    with database.writing() as session:
        token = signing_in.sign_in(session, f" {people.adult.email.upper()}", PASSWORD, ADDRESS)

        assert access.staff_by_token(session, token).id == people.adult.id


@pytest.mark.parametrize("email", ["adult@school.test", "nobody@school.test"])
def test_a_wrong_password_and_an_unknown_address_look_the_same(database: Database, email: str) -> None:
    with database.writing() as session, pytest.raises(WrongSignIn):
        signing_in.sign_in(session, email, "wrong", ADDRESS)


def test_guessing_passwords_becomes_slow_for_the_account_too(database: Database, people: People) -> None:
    with database.writing() as session:
        for guess in range(attempts.FREE + 1):
            with pytest.raises(WrongSignIn):
                signing_in.sign_in(session, people.adult.email, "wrong", f"10.0.0.{guess}")

        with pytest.raises(TooManyAttempts):
            signing_in.sign_in(session, people.adult.email, PASSWORD, ADDRESS)


def test_waits_double_up_to_a_limit(database: Database) -> None:
    waits = []
    with database.writing() as session:
        for _ in range(attempts.FREE + 12):
            session.add(Attempt(who_hash=hash_token("somebody")))
            try:
                attempts.spend(session, attempts.Tally("somebody", free=0))
            except TooManyAttempts as refused:
                waits.append(refused.seconds)

    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == attempts.LONGEST_WAIT.seconds


def test_guesses_at_one_moment_are_not_all_free(database: Database, people: People) -> None:
    def guess(number: int) -> type[Exception]:
        with database.writing() as session:
            try:
                signing_in.sign_in(session, people.adult.email, "wrong", f"10.0.0.{number}")
            except (WrongSignIn, TooManyAttempts) as refused:
                return type(refused)
        raise AssertionError

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))

    assert answers.count(WrongSignIn) == attempts.FREE + 1


def test_somebody_who_guesses_does_not_keep_the_rest_of_the_school_out(database: Database, people: People) -> None:
    with database.writing() as session:
        for _ in range(attempts.FREE + 1):
            with pytest.raises(WrongSignIn):
                signing_in.sign_in(session, people.lead.email, "wrong", ADDRESS)

        assert signing_in.sign_in(session, people.adult.email, PASSWORD, ADDRESS)


def test_a_success_forgets_the_failures(database: Database, people: People) -> None:
    with database.writing() as session:
        for _ in range(attempts.FREE):
            with pytest.raises(WrongSignIn):
                signing_in.sign_in(session, people.adult.email, "wrong", ADDRESS)
        for _ in range(2):
            assert signing_in.sign_in(session, people.adult.email, PASSWORD, ADDRESS)


def test_an_old_session_opens_nothing_and_is_swept_away(database: Database, people: People) -> None:
    with database.writing() as session:
        session.add(StaffSession(token_hash="old", staff_id=people.adult.id, expires_at=now()))
        session.commit()
        signing_in.start_session(session, people.adult)

        assert session.get(StaffSession, "old") is None


def test_a_session_ends_when_it_is_not_used(database: Database, people: People) -> None:
    with database.writing() as session:
        token = signing_in.start_session(session, people.adult)
        kept = access.sign_in_by_token(session, token).kept
        kept.last_seen_at = now() - access.UNUSED_LASTS
        session.commit()

        with pytest.raises(NotSignedIn):
            access.staff_by_token(session, token)


def test_use_is_noted_at_most_once_a_minute(database: Database, people: People) -> None:
    with database.writing() as session:
        token = signing_in.start_session(session, people.adult)
        kept = access.sign_in_by_token(session, token).kept
        assert not signing_in.is_due(kept)
        kept.last_seen_at = now() - 2 * signing_in.SEEN_EVERY
        session.commit()
        assert signing_in.is_due(kept)

    signing_in.note_use(database, kept.token_hash)

    with database.reading() as session:
        assert not signing_in.is_due(access.sign_in_by_token(session, token).kept)


def test_use_does_not_make_a_session_longer_than_a_school_day(database: Database, people: People) -> None:
    with database.writing() as session:
        token = signing_in.start_session(session, people.adult)
        before = access.sign_in_by_token(session, token).kept.expires_at
    signing_in.note_use(database, hash_token(token))

    with database.reading() as session:
        assert access.sign_in_by_token(session, token).kept.expires_at == before <= now() + signing_in.SESSION_LASTS


def test_who_has_left_cannot_sign_in_and_their_sessions_open_nothing(database: Database, people: People) -> None:
    with database.writing() as session:
        token = signing_in.start_session(session, people.adult)
        session.get_one(StaffMember, people.adult.id).left_at = now()
        session.commit()

        with pytest.raises(NotSignedIn):
            access.staff_by_token(session, token)
        with pytest.raises(WrongSignIn):
            signing_in.sign_in(session, people.adult.email, PASSWORD, ADDRESS)


def test_who_comes_by_the_provider_only_has_no_password_that_works(database: Database, people: People) -> None:
    with database.writing() as session:
        session.get_one(StaffMember, people.adult.id).password_hash = ""
        session.commit()

        with pytest.raises(WrongSignIn):
            signing_in.sign_in(session, people.adult.email, "", ADDRESS)
