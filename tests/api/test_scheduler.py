"""What is due is done, whatever breaks beside it, and a restart does nothing twice."""

import logging
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from api.database import Database
from api.main import _rounds
from api.models import SchoolClosure
from api.services.scheduler import Round, Scheduler, by_day
from api.settings import Settings
from tests.api.alerted import rows
from tests.api.people import People
from tests.api.reached import NOON, Clock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def breaks(_session: Session, _at: datetime) -> None:
    raise RuntimeError("the name of a child")


def add_a_day(people: People) -> Round:
    def go(session: Session, at: datetime) -> None:
        about = {"first_day": at.date(), "last_day": at.date(), "name": "added"}
        session.add(SchoolClosure(school_id=people.pupil.school_id, **about))

    return Round("adds", MINUTE, go)


def test_a_round_goes_when_its_time_has_come(database: Database, clock: Clock) -> None:
    gone: list[datetime] = []
    scheduler = Scheduler(database, [Round("notes", MINUTE, lambda _, at: gone.append(at))], clock)
    for _ in range(5):
        scheduler.go_round()
        clock.goes_on(seconds=30)

    assert gone == [NOON, NOON + MINUTE, NOON + 2 * MINUTE]


def test_a_broken_round_stops_no_other_and_its_words_are_not_logged(
    database: Database, people: People, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        Scheduler(database, [Round("breaks", MINUTE, breaks), add_a_day(people)], clock).go_round()

    assert len(rows(database, SchoolClosure)) == 1
    assert "breaks" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "child" not in caplog.text


def test_what_a_broken_round_had_begun_is_undone(database: Database, people: People, clock: Clock) -> None:
    adds = add_a_day(people).go

    def begins(session: Session, at: datetime) -> None:
        adds(session, at)
        session.flush()
        breaks(session, at)

    Scheduler(database, [Round("begins", MINUTE, begins)], clock).go_round()
    assert rows(database, SchoolClosure) == []


def test_nothing_is_written_while_nothing_is_due(database: Database, people: People, clock: Clock) -> None:
    adds = add_a_day(people)
    is_due = False
    scheduler = Scheduler(database, [Round("adds", MINUTE, adds.go, lambda *_: is_due)], clock)
    scheduler.go_round()
    assert rows(database, SchoolClosure) == []

    is_due = True
    clock.goes_on(minutes=1)
    scheduler.go_round()
    assert len(rows(database, SchoolClosure)) == 1


def test_a_round_that_was_stopped_begins_nothing_more(database: Database, people: People, clock: Clock) -> None:
    scheduler = Scheduler(database, [add_a_day(people)], clock)
    scheduler.stop()
    scheduler.go_round()

    assert rows(database, SchoolClosure) == []


def test_what_is_due_on_a_day_is_done_from_the_morning_on_by_the_schools_clock(database: Database) -> None:
    days: list[date] = []
    go = by_day(lambda _session, day: days.append(day))
    with database.reading() as session:
        for moment in ("2026-07-01T05:59Z", "2026-07-01T06:00Z", "2026-07-01T23:30Z", "2026-12-01T06:30Z"):
            go(session, datetime.fromisoformat(moment))

    assert days == [date(2026, 7, 1)]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_every_round_of_the_product_goes_through(
    database: Database, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    Scheduler(database, _rounds(Settings(environment="test"))).go_round()

    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
