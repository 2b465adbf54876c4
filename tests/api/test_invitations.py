from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import LinkNotOpen, NotFound, NotSignedIn, Unfit
from api.models import AuditEntry, Invitation, StaffMember, now
from api.security import new_id, password_matches
from api.services.people import invitations, signing_in, staffing
from tests.api.people import PASSWORD, PIN, People

EMAIL = "new.person@school.test"
CHOSEN = "kettle orbit mustard"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def invite(session: Session, people: People, email: str = EMAIL, name: str = "New Person") -> str:
    _, token = invitations.invite(session, people.office, name, email, "safeguarding_lead", new_id())
    assert token
    return token


def accept(session: Session, token: str, password: str = CHOSEN, pin: str = "7413") -> None:
    invitations.accept(session, token, password, pin, "en")


def somebody(session: Session, email: str = EMAIL) -> StaffMember:
    session.expire_all()
    return session.exec(select(StaffMember).where(StaffMember.email == email)).one()


def test_the_invited_person_chooses_the_password_and_belongs_to_the_school(session: Session, people: People) -> None:
    accept(session, invite(session, people, f" {EMAIL.upper()}"))

    person = somebody(session)
    assert (person.school_id, person.role) == (people.office.school_id, "safeguarding_lead")
    assert password_matches(CHOSEN, person.password_hash)


def test_an_invitation_works_once(session: Session, people: People) -> None:
    token = invite(session, people)
    accept(session, token)
    accept(session, token, "another good password")

    assert password_matches(CHOSEN, somebody(session).password_hash)
    with pytest.raises(LinkNotOpen):
        invitations.opened(session, token)


@pytest.mark.parametrize("end", ["revoked", "renewed", "expired", "invited_again"])
def test_an_ended_invitation_opens_nothing(session: Session, people: People, end: str) -> None:
    token = invite(session, people)
    (held,) = session.exec(select(Invitation))
    if end == "revoked":
        invitations.revoke(session, people.office, held.id)
    elif end == "renewed":
        invitations.renew(session, people.office, held.id)
    elif end == "invited_again":
        invite(session, people)
    else:
        held.expires_at = now() - timedelta(seconds=1)
        session.add(held)
        session.commit()
    session.expire_all()

    with pytest.raises(LinkNotOpen):
        accept(session, token)
    assert session.exec(select(StaffMember).where(StaffMember.email == EMAIL)).first() is None


def test_a_form_that_is_sent_twice_invites_once(session: Session, people: People) -> None:
    form = new_id()
    first = invitations.invite(session, people.office, "New Person", EMAIL, "trusted_adult", form)
    second = invitations.invite(session, people.office, "New Person", EMAIL, "trusted_adult", form)

    assert second == (first[0], None)
    assert len(session.exec(select(Invitation)).all()) == 1


def test_who_works_here_is_not_invited_again(session: Session, people: People) -> None:
    with pytest.raises(Unfit) as refused:
        invite(session, people, people.adult.email)

    assert refused.value.fault == "already_here"


def test_an_address_of_another_school_is_neither_told_nor_taken(session: Session, people: People) -> None:
    token = invite(session, people, people.stranger.email)

    with pytest.raises(LinkNotOpen):
        accept(session, token)
    there = somebody(session, people.stranger.email)
    assert (there.school_id, there.password_hash) == (people.stranger.school_id, people.stranger.password_hash)


def test_a_new_link_sets_a_new_password_and_ends_sessions(session: Session, people: People) -> None:
    session_token = signing_in.start_session(session, people.adult)
    _, token = invitations.link_for(session, people.office, people.adult.id)

    accept(session, token, pin="")

    adult = somebody(session, people.adult.email)
    assert password_matches(CHOSEN, adult.password_hash)
    assert (adult.role, password_matches(PIN, adult.pin_hash)) == ("trusted_adult", True)
    assert not password_matches(PASSWORD, adult.password_hash)
    with pytest.raises(NotSignedIn):
        access.staff_by_token(session, session_token)


def test_who_left_comes_back_as_the_same_person(session: Session, people: People) -> None:
    """So that what is kept from somebody stays kept from them."""
    staffing.leave(session, people.office, people.attendance.id, None)
    accept(session, invite(session, people, people.attendance.email, people.attendance.name))

    back = somebody(session, people.attendance.email)
    assert (back.id, back.left_at, back.role) == (people.attendance.id, None, "safeguarding_lead")


def test_nobody_stands_under_what_another_did(session: Session, people: People) -> None:
    staffing.leave(session, people.office, people.attendance.id, None)

    with pytest.raises(Unfit) as refused:
        invite(session, people, people.attendance.email, "Somebody Else")
    assert refused.value.fault == "address_of_another"


@pytest.mark.parametrize(
    ("password", "pin"), [("short", "7413"), ("New Person", "7413"), (CHOSEN, "1234"), (CHOSEN, "")]
)
def test_a_choice_that_is_refused_leaves_the_invitation_open(
    session: Session, people: People, password: str, pin: str
) -> None:
    token = invite(session, people)
    with pytest.raises(Unfit):
        accept(session, token, password, pin)
    session.rollback()

    accept(session, token)


def test_an_invitation_is_its_own_schools_alone(session: Session, people: People) -> None:
    invite(session, people)
    (held,) = session.exec(select(Invitation))

    for attempt in (invitations.renew, invitations.revoke):
        with pytest.raises(NotFound):
            attempt(session, people.stranger, held.id)
    assert access.invitations_open_in(session, people.stranger) == []
    assert len(access.invitations_open_in(session, people.office)) == 1


def test_the_trail_holds_no_name_no_address_and_no_token(session: Session, people: People) -> None:
    token = invite(session, people)
    accept(session, token)

    trail = [entry.model_dump_json() for entry in session.exec(select(AuditEntry))]
    assert len(trail) == 2
    assert not [entry for entry in trail if EMAIL in entry or "New Person" in entry or token in entry]
