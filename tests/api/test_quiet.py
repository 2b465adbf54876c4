"""Families are left in peace at night, in hours they did not wish, while they talk, and beyond what was agreed."""

from datetime import datetime, timedelta

import pytest

from api.database import Database
from api.models import Carer, School
from api.services.reaching import quiet
from api.services.reaching.courier import Courier
from tests.api.people import People
from tests.api.reached import (
    HOURS,
    NOON,
    OTHER_PHONE,
    Clock,
    TextCarrier,
    begun,
    cares,
    courier_of,
    message,
    said,
    state,
    wants,
)

NIGHT = School(name="", country="GB-ENG")  # from eight in the evening until eight in the morning
AT_LUNCH = School(name="", country="GB-ENG", quiet_from=12 * 60, quiet_until=13 * 60)
EARLY_ONLY = School(name="", country="GB-ENG", quiet_from=10 * 60, quiet_until=8 * 60)
NEVER = School(name="", country="GB-ENG", quiet_from=0, quiet_until=0)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("school", "hours", "asked", "allowed"),
    [
        (NIGHT, [], "2026-12-02T12:00Z", "2026-12-02T12:00Z"),
        (NIGHT, [], "2026-12-02T20:00Z", "2026-12-03T08:00Z"),
        (NIGHT, [], "2026-12-02T23:59Z", "2026-12-03T08:00Z"),
        (NIGHT, [], "2026-12-03T00:01Z", "2026-12-03T08:00Z"),
        (NIGHT, [], "2026-12-03T07:59Z", "2026-12-03T08:00Z"),
        (AT_LUNCH, [], "2026-12-02T12:30Z", "2026-12-02T13:00Z"),
        (AT_LUNCH, [], "2026-12-02T23:30Z", "2026-12-02T23:30Z"),
        (NEVER, [], "2026-12-02T03:00Z", "2026-12-02T03:00Z"),
        # in summer the school's clock is an hour ahead of UTC
        (NIGHT, [], "2026-07-01T19:30Z", "2026-07-02T07:00Z"),
        # the nights on which the clock is put forward, and back
        (NIGHT, [], "2026-03-28T23:00Z", "2026-03-29T07:00Z"),
        (NIGHT, [], "2026-10-24T23:00Z", "2026-10-25T08:00Z"),
        # what the carer wished, within what the school allows
        (NIGHT, ["evening"], "2026-12-02T12:00Z", "2026-12-02T17:00Z"),
        (NIGHT, ["morning", "evening"], "2026-12-02T12:30Z", "2026-12-02T17:00Z"),
        (NIGHT, ["morning"], "2026-12-02T12:00Z", "2026-12-03T08:00Z"),
        (AT_LUNCH, ["afternoon"], "2026-12-02T12:10Z", "2026-12-02T13:00Z"),
        # a wish that cannot be kept, and one that nobody knows any more
        (EARLY_ONLY, ["evening"], "2026-12-02T17:30Z", "2026-12-03T08:00Z"),
        (NIGHT, ["teatime"], "2026-12-02T12:00Z", "2026-12-02T12:00Z"),
    ],
)
def test_the_next_moment_at_which_a_family_may_be_reached(
    school: School, hours: list[str], asked: str, allowed: str
) -> None:
    carer = Carer(pupil_id=1, relation="", language="en", created_by_id=1, hours=hours)

    assert quiet.allowed_from(school, carer, at(asked), HOURS) == at(allowed)


def test_a_message_waits_for_the_morning_and_then_goes(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    clock.at = at("2026-12-02T21:00Z")
    key = wants(database, people, carer)
    courier.go_round()
    assert (texts.carried, message(database, key).due_at) == ([], at("2026-12-03T08:00Z"))

    clock.at = at("2026-12-03T08:00Z")
    courier.go_round()
    assert state(database, key) == "sent"


def test_an_answer_goes_at_any_hour_and_counts_against_nothing(
    database: Database, people: People, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    carer = cares(database, people, at_most=1, hours=["morning"])
    clock.at = at("2026-12-02T23:00Z")
    for _ in range(3):
        wants(database, people, carer, is_answer=True)
        courier.go_round()
    clock.at = at("2026-12-03T09:00Z")
    wants(database, people, carer)
    courier.go_round()

    assert len(texts.carried) == 4


def test_nobody_is_written_to_while_they_talk_about_whichever_child(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    as_of_the_other = cares(database, people, pupil_id=people.other_pupil.id)
    said(database, begun(database, people, as_of_the_other).id, NOON - timedelta(minutes=10))
    key = wants(database, people, carer)
    courier.go_round()
    assert (texts.carried, message(database, key).due_at) == ([], NOON + timedelta(minutes=20))

    clock.goes_on(minutes=20)
    courier.go_round()
    assert state(database, key) == "sent"


def test_a_page_that_was_only_opened_is_no_talk(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier
) -> None:
    said(database, begun(database, people, carer).id, NOON, kind="open")
    wants(database, people, carer)
    courier.go_round()

    assert len(texts.carried) == 1


@pytest.mark.parametrize(("agreed", "go"), [(None, 3), (1, 1), (5, 4), (0, 0)])
def test_no_more_goes_out_in_seven_days_than_was_agreed(
    database: Database, people: People, courier: Courier, texts: TextCarrier, agreed: int | None, go: int
) -> None:
    carer = cares(database, people, at_most=agreed)
    for number in range(4):
        wants(database, people, carer, created_at=NOON + timedelta(seconds=number))
    for _ in range(5):
        courier.go_round()

    assert len(texts.carried) == go


def test_what_was_too_much_goes_when_a_week_has_passed(
    database: Database, people: People, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    carer = cares(database, people, at_most=1)
    for _ in range(2):
        key = wants(database, people, carer)
        courier.go_round()
    assert message(database, key).due_at == NOON + timedelta(days=7)

    clock.goes_on(days=7)
    courier.go_round()
    assert len(texts.carried) == 2


def test_a_link_and_the_first_question_behind_it_are_one_message(
    database: Database, people: People, courier: Courier, texts: TextCarrier
) -> None:
    carer = cares(database, people, at_most=1)
    talk = begun(database, people, carer).id
    for kind in ("call_back", "turn"):
        wants(database, people, carer, kind=kind, conversation_id=talk, about={"turn": f"open-{talk}"})
        courier.go_round()
    wants(database, people, carer, conversation_id=begun(database, people, carer).id)
    courier.go_round()

    assert texts.texts == ["call_back", "turn"]


def test_messages_to_one_telephone_count_together(
    database: Database, people: People, courier: Courier, texts: TextCarrier
) -> None:
    for pupil, phone in ((people.pupil, OTHER_PHONE), (people.other_pupil, OTHER_PHONE)):
        wants(database, people, cares(database, people, pupil_id=pupil.id, phone=phone, at_most=1))
        courier.go_round()

    assert len(texts.carried) == 1


def test_on_the_first_day_of_an_absence_they_are_asked_all_the_same_but_not_at_night(
    database: Database, people: People, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    carer = cares(database, people, at_most=0)
    wants(database, people, carer, conversation_id=begun(database, people, carer, guide="first_day").id)
    clock.at = at("2026-12-02T06:00Z")
    courier_of(database, clock, texts).go_round()
    assert texts.carried == []

    clock.at = at("2026-12-02T12:00Z")
    courier.go_round()
    assert len(texts.carried) == 1


def test_what_was_put_off_for_days_does_not_hold_up_a_first_day_of_absence(
    database: Database, people: People, courier: Courier, texts: TextCarrier
) -> None:
    carer = cares(database, people, at_most=0)
    wants(database, people, carer, kind="reminder-for-later")
    courier.go_round()
    about = {"conversation_id": begun(database, people, carer, guide="first_day").id, "kind": "today"}
    wants(database, people, carer, created_at=NOON + timedelta(seconds=1), **about)
    courier.go_round()

    assert texts.texts == ["today"]
