"""Messages to families arrive once, in order, or are seen to fail; none goes to somebody it is no longer for."""

from datetime import timedelta

import pytest

from api.database import Database
from api.models import Carer
from api.services.reaching import deliveries
from api.services.reaching.courier import Courier
from api.texting import NotSent
from tests.api.mail_server import MailServer
from tests.api.people import People
from tests.api.reached import (
    NOON,
    PHONE,
    Clock,
    TextCarrier,
    cares,
    changes,
    courier_of,
    message,
    state,
    tasks,
    wants,
)

AWAY = NotSent("unreachable", is_final=False)
NOT_THEIRS = NotSent("not_theirs", is_final=True)
LONG = " ".join(f"Sentence {number} is one of many, and nobody can leave it out." for number in range(24))


def test_a_message_is_sent_once(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier
) -> None:
    key = wants(database, people, carer)
    wants(database, people, carer, key=key)
    courier.go_round()
    courier.go_round()

    assert texts.carried == [(PHONE, "call_back")]
    assert state(database, key) == "sent"
    assert message(database, key).provider_id


def test_an_e_mail_reaches_a_real_server(database: Database, people: People, carer: Carer, clock: Clock) -> None:
    server = MailServer()
    server.start()
    key = wants(database, people, carer, "email")
    courier_of(database, clock, None, office=server.office()).go_round()
    server.stop()

    assert server.readers == ["mother"]
    assert state(database, key) == "sent"


def test_a_courier_who_died_on_the_way_loses_nothing(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    key = wants(database, people, carer)
    with database.writing() as session:
        assert deliveries.take(session, message(database, key), clock())
    courier.go_round()
    assert texts.carried == []

    clock.goes_on(minutes=1)
    courier_of(database, clock, texts).go_round()
    assert len(texts.carried) == 1


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_two_couriers_do_not_carry_the_same_message(
    database: Database, people: People, carer: Carer, clock: Clock
) -> None:
    """Both have seen it wait; the second comes while the first is on its way."""
    one, another = TextCarrier(), TextCarrier()
    second = courier_of(database, clock, another)
    wants(database, people, carer)
    with database.reading() as session:
        ((delivery, _),) = deliveries.due(session, clock())
    one.meanwhile = lambda: second._carry(delivery)
    courier_of(database, clock, one).go_round()

    assert (len(one.carried), len(another.carried)) == (1, 0)


def test_attempts_are_further_and_further_apart(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    key = wants(database, people, carer)
    texts.fault = AWAY
    waited = []
    for minutes in (1, 2, 5, 15, 60, 60):
        courier.go_round()
        waited.append((message(database, key).due_at - clock()).total_seconds() / 60)
        clock.goes_on(minutes=minutes)

    assert waited == [1, 2, 5, 15, 60, 60]
    assert state(database, key) == "trying"


def test_after_two_days_it_is_given_up_and_a_task_for_people(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    key = wants(database, people, carer, is_answer=True)
    texts.fault = AWAY
    while clock() - NOON < deliveries.KEPT_FOR:
        courier.go_round()
        assert (state(database, key), tasks(database)) == ("trying", [])
        clock.at = message(database, key).due_at
    courier.go_round()

    assert state(database, key) == "failed"
    assert [(task.kind, task.carer_id) for task in tasks(database)] == [("unsent", carer.id)]


def test_what_will_never_arrive_is_given_up_at_once(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier
) -> None:
    key = wants(database, people, carer)
    texts.fault = NOT_THEIRS
    courier.go_round()

    assert (state(database, key), message(database, key).fault) == ("failed", "not_theirs")
    assert len(tasks(database)) == 1


def test_an_address_that_nobody_has_any_more_is_told_to_people(
    database: Database, people: People, courier: Courier
) -> None:
    key = wants(database, people, cares(database, people, phone=""))
    courier.go_round()

    assert message(database, key).fault == "no_address"
    assert len(tasks(database)) == 1


def test_a_channel_that_is_not_set_up_is_seen_to_fail(
    database: Database, people: People, carer: Carer, clock: Clock
) -> None:
    key = wants(database, people, carer)
    courier_of(database, clock, None).go_round()

    assert (state(database, key), message(database, key).fault) == ("trying", "not_set_up")


def test_one_message_that_cannot_be_written_stops_no_other(
    database: Database, people: People, carer: Carer, courier: Courier
) -> None:
    other = cares(database, people, phone="+447700900789")
    broken, good = wants(database, people, carer, kind="broken"), wants(database, people, other)
    courier.go_round()

    assert (state(database, broken), state(database, good)) == ("trying", "sent")


def test_an_answer_does_not_wait_for_days_behind_one_that_cannot_be_written(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    wants(database, people, carer, kind="broken", is_answer=True)
    wants(database, people, carer, kind="help", is_answer=True, created_at=NOON + timedelta(seconds=1))
    courier.go_round()
    courier.go_round()

    assert texts.texts == ["help"]


def test_an_answer_does_not_wait_for_the_next_attempt_at_another(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    wants(database, people, carer, kind="turn-before", is_answer=True)
    texts.fault = AWAY
    for _ in range(5):
        courier.go_round()
        clock.goes_on(minutes=15)
    courier.go_round()
    texts.fault = None
    wants(database, people, carer, kind="help", is_answer=True, created_at=clock())
    courier.go_round()

    assert texts.texts == ["help"]


def test_what_waited_behind_a_message_that_failed_for_a_day_still_goes_out(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    wants(database, people, carer)
    behind = wants(database, people, carer, created_at=NOON + timedelta(seconds=1))
    texts.fault = AWAY
    for _ in range(30):
        courier.go_round()
        clock.goes_on(hours=1)
    texts.fault = None
    for _ in range(2):
        courier.go_round()
        clock.goes_on(hours=1)

    assert state(database, behind) == "sent"


@pytest.mark.parametrize(
    ("what", "carried"), [({"phone": "+447700900999"}, [PHONE, "+447700900999"]), ({"left_at": NOON}, [PHONE])]
)
def test_who_changes_while_others_are_served_is_served_as_they_are_now(
    database: Database,
    people: People,
    carer: Carer,
    courier: Courier,
    texts: TextCarrier,
    what: dict[str, object],
    carried: list[str],
) -> None:
    other = cares(database, people, phone="+447700900789")
    for each in (carer, other):
        wants(database, people, each)
    texts.meanwhile = lambda: changes(database, other, **what)
    courier.go_round()

    assert [number for number, _ in texts.carried] == carried


def test_parts_of_a_long_text_arrive_in_order(
    database: Database, people: People, carer: Carer, clock: Clock, texts: TextCarrier
) -> None:
    courier = courier_of(database, clock, texts, text=LONG)
    wants(database, people, carer)
    wants(database, people, carer, created_at=NOON + timedelta(seconds=1))
    for _ in range(12):
        courier.go_round()

    half = len(texts.texts) // 2
    assert half > 1
    assert texts.texts[:half] == texts.texts[half:]  # the second message after all of the first
    assert [text[:3] for text in texts.texts[:half]] == [f"({number}/" for number in range(1, half + 1)]


def test_a_part_that_fails_holds_up_the_parts_behind_it(
    database: Database, people: People, carer: Carer, clock: Clock, texts: TextCarrier
) -> None:
    courier = courier_of(database, clock, texts, text=LONG)
    wants(database, people, carer)
    courier.go_round()
    texts.fault = AWAY
    courier.go_round()
    texts.fault = None
    courier.go_round()
    assert len(texts.carried) == 1

    clock.goes_on(minutes=1)
    courier.go_round()
    assert [text[:3] for text in texts.texts] == ["(1/", "(2/"]


def test_when_the_first_part_will_not_arrive_the_rest_does_not_go(
    database: Database, people: People, carer: Carer, clock: Clock, texts: TextCarrier
) -> None:
    courier = courier_of(database, clock, texts, text=LONG)
    wants(database, people, carer)
    texts.fault = NOT_THEIRS
    courier.go_round()
    texts.fault = None
    for _ in range(5):
        courier.go_round()

    assert texts.carried == []
    assert len(tasks(database)) == 1


def test_an_answer_does_not_wait_behind_what_nobody_asked_for(
    database: Database, people: People, carer: Carer, clock: Clock, courier: Courier, texts: TextCarrier
) -> None:
    clock.at = NOON.replace(hour=22)
    wants(database, people, carer)
    wants(database, people, carer, kind="help", is_answer=True)
    courier.go_round()

    assert texts.texts == ["help"]


def test_what_the_provider_reports_is_kept_whatever_comes_first(
    database: Database, people: People, carer: Carer, courier: Courier
) -> None:
    keys = [wants(database, people, carer, created_at=NOON + timedelta(seconds=each)) for each in range(2)]
    courier.go_round()
    courier.go_round()
    arrived, lost = (message(database, key).provider_id or "" for key in keys)
    with database.writing() as session:
        for name, delivered, fault in ((arrived, True, None), (arrived, False, "not_theirs"), (lost, False, "stopped")):
            deliveries.report(session, name, delivered=delivered, fault=fault, at=NOON)
        session.commit()

    assert [state(database, key) for key in keys] == ["delivered", "failed"]
    assert [task.about["delivery"] for task in tasks(database)] == [message(database, keys[1]).id]


def test_a_report_that_comes_before_the_answer_to_the_request_counts(
    database: Database, people: People, carer: Carer, clock: Clock
) -> None:
    key = wants(database, people, carer)
    waiting = message(database, key)
    with database.writing() as session:
        deliveries.take(session, waiting, clock())
        deliveries.report(session, "its-id", delivered=False, fault="stopped", at=NOON, key=key)
        session.commit()
        deliveries.sent(session, waiting, "its-id", NOON)

    assert (state(database, key), message(database, key).provider_id) == ("failed", "its-id")


def test_no_log_holds_a_number_or_a_word(
    database: Database, people: People, carer: Carer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    texts = TextCarrier()
    wants(database, people, carer)
    texts.fault = AWAY
    courier_of(database, clock, texts).go_round()

    assert "unreachable" in caplog.text
    assert not [word for word in (PHONE, PHONE[-6:], carer.email, "call_back") if word in caplog.text]
