"""The first day of an absence: who is asked, in which order, until a person must ring (practice 32)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from api.database import Database
from api.errors import NotFound, Unfit
from api.models import (
    Absence,
    Conversation,
    Delivery,
    ParentLink,
    School,
    SchoolClosure,
    StaffMember,
    Task,
)
from api.services.attendance import starting
from api.services.reaching import carers
from tests.api import absent
from tests.api.absent import MEANS, MORNING, WAIT
from tests.api.people import People

FORM, OTHER_FORM = "a" * 32, "b" * 32


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


# ---- starting


def test_a_family_is_asked_at_once_about_the_day_in_their_language(session: Session, people: People) -> None:
    mother = absent.carer(session, people, channel="email")
    absent.start(session, people)
    conversation = session.exec(select(Conversation)).one()
    asked = (conversation.guide, conversation.language, conversation.carer_id)
    assert asked == ("first_day", "so", mother.id)
    assert session.exec(select(Delivery)).one().channel == "email"


def test_the_same_pupil_is_started_once_a_day(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    again = starting.start(session, people.lead, [people.pupil.id] * 2, MORNING + timedelta(hours=1), MEANS)
    assert again == []
    assert len(session.exec(select(Absence)).all()) == len(absent.asked(session)) == 1


@pytest.mark.parametrize(("who", "may"), [("adult", True), ("lead", True), ("attendance", True), ("colleague", False),
                                          ("office", False), ("stranger", False)])  # fmt: skip
def test_only_who_works_with_the_family_may_start(session: Session, people: People, who: str, may: bool) -> None:
    by: StaffMember = getattr(people, who)
    if may:
        assert starting.start(session, by, [people.pupil.id], MORNING, MEANS)
        return
    with pytest.raises(NotFound):
        starting.start(session, by, [people.pupil.id], MORNING, MEANS)
    assert session.exec(select(Absence)).first() is None


def test_one_pupil_of_another_adult_stops_the_whole_form(session: Session, people: People) -> None:
    with pytest.raises(NotFound):
        starting.start(session, people.adult, [people.pupil.id, people.other_pupil.id], MORNING, MEANS)
    session.rollback()
    assert session.exec(select(Absence)).first() is None


@pytest.mark.parametrize("is_weekend", [True, False])
def test_a_closed_day_must_be_confirmed(session: Session, people: People, is_weekend: bool) -> None:
    at = MORNING - timedelta(days=1) if is_weekend else MORNING
    if not is_weekend:
        days = {"first_day": at.date(), "last_day": at.date()}
        session.add(SchoolClosure(school_id=people.adult.school_id, **days))
    with pytest.raises(Unfit) as refusal:
        absent.start(session, people, at)
    assert refusal.value.fault == "closed"
    assert absent.start(session, people, at, although_closed=True)


def test_nobody_chosen_is_said_so(session: Session, people: People) -> None:
    with pytest.raises(Unfit) as refusal:
        starting.start(session, people.adult, [], MORNING, MEANS)
    assert refusal.value.fault == "nobody"


# ---- asking on


def test_every_way_of_every_carer_is_tried_in_order_and_then_a_person_rings(session: Session, people: People) -> None:
    absent.carer(session, people, "mother", channel="email")
    absent.carer(session, people, "father", email="")
    absent.start(session, people)
    absent.waits_in_vain(session, 3)
    assert absent.asked(session) == [("mother", "email"), ("mother", "text"), ("father", "text")]
    assert absent.steps(session)[-2:] == ["no_answer text", "to_a_person"]
    task = session.exec(select(Task)).one()
    assert (task.kind, task.for_id) == ("ring_family", people.adult.id)
    assert absent.absence(session).next_at is None


def test_a_carer_has_the_time_that_the_school_gives(session: Session, people: People) -> None:
    session.get_one(School, people.adult.school_id).answer_within = 10
    absent.carer(session, people)
    absent.start(session, people)
    assert not absent.goes_on(session, MORNING + timedelta(minutes=9))
    assert absent.goes_on(session, MORNING + timedelta(minutes=10))
    assert len(absent.asked(session)) == 2


def test_a_second_message_leads_the_same_carer_to_the_same_conversation(session: Session, people: People) -> None:
    absent.carer(session, people, channel="email")
    absent.start(session, people)
    absent.waits_in_vain(session, 1)
    conversation = session.exec(select(Conversation)).one()
    links = session.exec(select(ParentLink)).all()
    assert [link.conversation_id for link in links] == [conversation.id] * 2


def test_two_carers_have_a_conversation_each(session: Session, people: People) -> None:
    for relation in ("mother", "father"):
        absent.carer(session, people, relation, email="")
    absent.start(session, people)
    absent.waits_in_vain(session, 1)
    assert len(session.exec(select(Conversation)).all()) == 2


def test_going_on_twice_at_one_moment_asks_once(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    for _ in range(2):
        absent.goes_on(session, MORNING + WAIT)
    assert len(absent.asked(session)) == len(session.exec(select(Delivery)).all()) == 2


def test_a_message_that_cannot_arrive_is_followed_by_the_next_way_at_once(session: Session, people: People) -> None:
    absent.carer(session, people, channel="text")
    absent.start(session, people)
    soon = MORNING + timedelta(minutes=1)
    assert not absent.goes_on(session, soon)
    absent.is_lost(session, "text")
    assert absent.goes_on(session, soon)
    assert absent.asked(session) == [("mother", "text"), ("mother", "email")]


def test_the_last_message_that_cannot_arrive_calls_a_person_at_once(session: Session, people: People) -> None:
    absent.carer(session, people, email="")
    absent.start(session, people)
    absent.is_lost(session, "text")
    absent.goes_on(session, MORNING + timedelta(minutes=1))
    assert absent.open_tasks(session) == ["ring_family"]


@pytest.mark.parametrize("about", [None, {"phone": "", "email": ""}, {"left_at": MORNING}, {"lives_apart": True}])
def test_without_anybody_to_ask_a_person_rings_at_once(session: Session, people: People, about: dict | None) -> None:
    if about is not None:
        absent.carer(session, people, **about)
    absent.start(session, people)
    assert absent.steps(session) == ["to_a_person"]
    assert absent.open_tasks(session)[-1] == "ring_family"
    assert session.exec(select(Conversation)).first() is None


def test_a_carer_who_lives_apart_is_asked_once_a_lead_has_agreed(session: Session, people: People) -> None:
    father = absent.carer(session, people, "father", lives_apart=True)
    carers.decide(session, people.lead, father.id, agreed=True)
    absent.start(session, people)
    assert absent.asked(session)[0][0] == "father"


def test_nobody_is_asked_in_the_quiet_hours(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people, MORNING.replace(hour=7))
    assert absent.asked(session) == []
    assert absent.absence(session).next_at == MORNING.replace(hour=8)
    absent.goes_on(session, MORNING.replace(hour=8))
    assert len(absent.asked(session)) == 1


def test_in_the_evening_a_person_decides(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people, MORNING.replace(hour=19, minute=50))
    absent.goes_on(session, MORNING.replace(hour=20, minute=40))
    assert absent.steps(session)[-1] == "to_a_person"
    assert len(absent.asked(session)) == 1


def test_a_day_that_nobody_went_on_with_goes_to_a_person(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    absent.goes_on(session, MORNING + timedelta(days=1))
    assert absent.steps(session)[-1] == "to_a_person"
    assert len(absent.asked(session)) == 1
