"""A message goes out while it is for somebody, and not afterwards."""

from datetime import timedelta

import pytest
from sqlmodel import update

from api.database import Database
from api.models import Absence, Carer, ParentLink, now
from api.services.reaching.courier import Courier
from tests.api.people import People
from tests.api.reached import (
    NOON,
    Clock,
    TextCarrier,
    begun,
    cares,
    changes,
    courier_of,
    invited,
    message,
    said,
    state,
    tasks,
    wants,
)


@pytest.mark.parametrize(
    "what",
    [
        {"left_at": now()},
        {"stopped_at": NOON + timedelta(seconds=1)},
        {"lives_apart": True},
    ],
)
def test_nothing_goes_to_who_is_not_to_be_reached(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier, what: dict[str, object]
) -> None:
    key, answer = wants(database, people, carer), wants(database, people, carer, is_answer=True)
    changes(database, carer, **what)
    courier.go_round()

    assert texts.carried == []
    assert (state(database, key), state(database, answer)) == ("dropped", "dropped")
    assert tasks(database) == []


def test_who_said_stop_is_told_so_and_is_answered_if_they_write_again(
    database: Database, people: People, courier: Courier, texts: TextCarrier
) -> None:
    carer = cares(database, people, stopped_at=NOON)
    wants(database, people, carer, kind="stopped", is_answer=True, created_at=NOON - timedelta(seconds=1))
    wants(database, people, carer, kind="help", is_answer=True, created_at=NOON + timedelta(seconds=1))
    courier.go_round()
    courier.go_round()

    assert texts.texts == ["stopped", "help"]


def test_stop_is_said_to_texts_and_not_to_letters(database: Database, people: People, clock: Clock) -> None:
    key = wants(database, people, cares(database, people, stopped_at=NOON), "email")
    courier_of(database, clock, None).go_round()

    assert state(database, key) == "trying"


def test_a_link_goes_out_while_it_opens(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier
) -> None:
    key = invited(database, people, carer)
    courier.go_round()

    assert texts.texts == ["link"]
    assert message(database, key).sealed is None  # what only the receiver may see


def test_a_link_that_was_revoked_is_not_sent(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier
) -> None:
    key = invited(database, people, carer)
    with database.writing() as session:
        session.exec(update(ParentLink).values(revoked_at=now()))
        session.commit()
    courier.go_round()

    assert (texts.carried, state(database, key)) == ([], "dropped")


@pytest.mark.parametrize("what", [{"state": "finished"}, {"state": "alerted"}, {"withdrawn_at": NOON}])
def test_a_link_to_what_is_over_is_not_sent(
    database: Database, people: People, carer: Carer, courier: Courier, what: dict[str, object]
) -> None:
    key = invited(database, people, carer, **what)
    courier.go_round()

    assert state(database, key) == "dropped"


@pytest.mark.parametrize("is_known", [True, False])
def test_nobody_is_asked_where_a_pupil_is_once_it_is_known(
    database: Database, people: People, carer: Carer, courier: Courier, is_known: bool
) -> None:
    key = invited(database, people, carer, guide="first_day")
    with database.writing() as session:
        absence = {"school_id": people.pupil.school_id, "pupil_id": people.pupil.id, "started_by_id": people.adult.id}
        session.add(Absence(**absence, day=NOON.date(), accounted_at=NOON if is_known else None))
        session.commit()
    courier.go_round()

    assert state(database, key) == ("dropped" if is_known else "sent")


def test_nobody_is_asked_on_the_day_after_where_a_pupil_is_today(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier
) -> None:
    key = invited(database, people, carer, guide="first_day")
    clock.goes_on(hours=20)
    courier.go_round()

    assert state(database, key) == "dropped"


def test_words_that_were_taken_back_do_not_go_out(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier
) -> None:
    conversation = begun(database, people, carer, withdrawn_at=NOON)
    wants(database, people, carer, kind="turn", conversation_id=conversation.id, is_answer=True)
    courier.go_round()

    assert texts.carried == []


def test_a_first_question_that_was_put_off_is_not_asked_of_who_talks_already(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    clock.at = NOON.replace(hour=22)
    conversation = begun(database, people, carer)
    opening = {"kind": "turn", "about": {"turn": f"open-{conversation.id}"}, "conversation_id": conversation.id}
    key = wants(database, people, carer, **opening, is_answer=True)
    courier.go_round()
    assert state(database, key) == "waiting"

    said(database, conversation.id, clock())
    clock.goes_on(hours=12)
    courier.go_round()
    assert (texts.carried, state(database, key)) == ([], "dropped")
