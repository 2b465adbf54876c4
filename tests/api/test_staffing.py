from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import NotFound, NotSignedIn, Unfit
from api.models import AuditEntry, Invitation, Promise, Pupil, Review, Role, StaffMember, now
from api.services.people import invitations, second_factor, signing_in, staffing
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from tests.api.people import People


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def acts(session: Session) -> list[str]:
    return list(session.exec(select(AuditEntry.act)))


def promise_of(session: Session, owner: StaffMember, people: People) -> Promise:
    made = Promise(
        pupil_id=people.pupil.id,
        audience="pupil",
        kind="talk",
        owner_id=owner.id,
        due_on=now().date(),
        made_by_id=owner.id,
        form_id="f" * 32,
    )
    session.add(made)
    session.commit()
    return made


def test_who_leaves_is_signed_out_and_cannot_come_back_in(session: Session, people: People) -> None:
    token = signing_in.start_session(session, people.attendance)

    staffing.leave(session, people.office, people.attendance.id, None)

    with pytest.raises(NotSignedIn):
        access.staff_by_token(session, token)
    assert session.get_one(StaffMember, people.attendance.id).name == people.attendance.name
    assert "staff_left" in acts(session)


def test_nobody_leaves_before_their_pupils_have_another_adult(session: Session, people: People) -> None:
    with pytest.raises(Unfit) as refused:
        staffing.leave(session, people.office, people.adult.id, None)

    assert refused.value.fault == "successor_needed"


def test_pupils_and_open_promises_go_to_the_one_who_takes_over(session: Session, people: People) -> None:
    promise = promise_of(session, people.adult, people)

    staffing.leave(session, people.office, people.adult.id, people.colleague.id)

    session.expire_all()
    assert session.get_one(Pupil, people.pupil.id).trusted_adult_id == people.colleague.id
    assert session.get_one(Promise, promise.id).owner_id == people.colleague.id


def test_a_promise_alone_needs_somebody_who_keeps_it(session: Session, people: People) -> None:
    promise_of(session, people.attendance, people)

    with pytest.raises(Unfit):
        staffing.leave(session, people.office, people.attendance.id, None)


@pytest.mark.parametrize("who", ["attendance", "office", "stranger", "adult"])
def test_pupils_are_given_only_to_another_who_may_read_words(session: Session, people: People, who: str) -> None:
    with pytest.raises(Unfit):
        staffing.leave(session, people.office, people.adult.id, getattr(people, who).id)


def test_what_was_given_to_somebody_to_read_is_the_trusted_adults_again(session: Session, people: People) -> None:
    talk = conversations.start(
        session, people.adult, people.pupil.id, Plan("pupil", "en", None, None, "adult", "library")
    )
    session.add(Review(conversation_id=talk.id, assigned_to_id=people.colleague.id))
    session.commit()

    staffing.leave(session, people.office, people.colleague.id, people.adult.id)

    session.expire_all()
    assert session.get_one(Review, talk.id).assigned_to_id is None


def test_an_open_link_to_who_left_opens_nothing(session: Session, people: People) -> None:
    made, _ = invitations.link_for(session, people.office, people.attendance.id)

    staffing.leave(session, people.office, people.attendance.id, None)

    session.expire_all()
    assert session.get_one(Invitation, made).revoked_at is not None


def test_the_last_administrator_and_the_last_lead_stay(session: Session, people: People) -> None:
    staffing.leave(session, people.office, people.deputy.id, None)
    for last in (people.office, people.lead):
        with pytest.raises(Unfit) as refused:
            staffing.leave(session, people.office, last.id, None)
        with pytest.raises(Unfit):
            staffing.change_role(session, people.office, last.id, "attendance_lead", None)

        assert refused.value.fault == "last_of_role"


def test_leaving_twice_is_leaving_once(session: Session, people: People) -> None:
    for _ in range(2):
        staffing.leave(session, people.office, people.attendance.id, None)

    assert acts(session).count("staff_left") == 1


def test_a_new_role_ends_the_sessions_of_the_old_one(session: Session, people: People) -> None:
    token = signing_in.start_session(session, people.colleague)

    staffing.change_role(session, people.office, people.colleague.id, "safeguarding_lead", None)

    with pytest.raises(NotSignedIn):
        access.staff_by_token(session, token)
    (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == "role_changed"))
    assert entry.details == {"before": "trusted_adult", "after": "safeguarding_lead"}


@pytest.mark.parametrize("role", ["administrator", "attendance_lead"])
def test_who_may_not_read_words_any_more_keeps_no_pupils(session: Session, people: People, role: Role) -> None:
    with pytest.raises(Unfit):
        staffing.change_role(session, people.office, people.adult.id, role, None)
    session.rollback()
    staffing.change_role(session, people.office, people.adult.id, role, people.lead.id)

    session.expire_all()
    assert session.get_one(Pupil, people.pupil.id).trusted_adult_id == people.lead.id


def test_a_lost_second_factor_is_forgotten_and_recorded(session: Session, people: People) -> None:
    second_factor.enrol(session, session.get_one(StaffMember, people.lead.id), "JBSWY3DPEHPK3PXP", "secret")
    session.commit()

    staffing.forget_second_factor(session, people.office, people.lead.id)

    assert session.get_one(StaffMember, people.lead.id).totp_secret is None
    assert "second_factor_reset" in acts(session)


def test_a_school_does_not_manage_the_people_of_another(session: Session, people: People) -> None:
    there = people.stranger.id
    for attempt in (
        lambda: staffing.leave(session, people.office, there, None),
        lambda: staffing.change_role(session, people.office, there, "administrator", None),
        lambda: staffing.forget_second_factor(session, people.office, there),
        lambda: invitations.link_for(session, people.office, there),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_the_list_names_the_own_school_alone(session: Session, people: People) -> None:
    signing_in.start_session(session, people.lead)
    signing_in.start_session(session, people.stranger)

    found = staffing.overview(session, people.office)

    assert people.stranger.id not in {each.staff.id for each in found.present}
    assert {each.staff.id for each in found.present if each.last_sign_in} == {people.lead.id}
    assert {each.staff.id: each.pupils for each in found.present}[people.adult.id] == 1


@pytest.mark.parametrize(
    "email",
    [
        *("", "nobody", "@school.test", "a b@school.test", "a@school", "x" * 200 + "@a.test"),
        *("mother@home.test,father@home.test", "mother@home.test;father@home.test", "mother<father@home.test>"),
    ],
)
def test_what_cannot_be_an_address_is_refused(email: str) -> None:
    with pytest.raises(Unfit):
        staffing.check_email(email)
