"""Whoever promised something is reminded until it is answered, once for each day, and never with a word of it."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session, select

from api.database import Database
from api.models import Conversation, Mail, Promise, StaffMember, now
from api.services.replies.promise_reminders import reminded_on, reminders_due
from api.services.review.working_days import Calendar
from tests.api.people import People
from tests.api.promised import promised, talked

FRIDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (
    date(2026, 12, 4),
    date(2026, 12, 7),
    date(2026, 12, 8),
    date(2026, 12, 9),
    date(2026, 12, 10),
)
ENGLAND = Calendar("GB-ENG")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def promise(session: Session, people: People) -> Promise:
    conversation: Conversation = talked(session, people.adult, people.pupil, "The corridor is loud.")
    promise = promised(session, people.adult, conversation, owner=people.colleague, words="secret words")
    promise.due_on = FRIDAY
    session.add(promise)
    session.commit()
    return promise


def letters(session: Session, *days: date) -> list[Mail]:
    for day in days:
        reminders_due(session, day)
    return list(session.exec(select(Mail).order_by(Mail.id)))  # type: ignore[arg-type]


def test_nobody_is_reminded_before_the_day(session: Session, promise: Promise) -> None:
    assert letters(session, date(2026, 12, 3)) == []


def test_the_owner_is_reminded_on_the_day_and_every_second_working_day_after_it(
    session: Session, promise: Promise, people: People
) -> None:
    sent = letters(session, FRIDAY, FRIDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY)

    days = [f"promise-{promise.id}-{day}" for day in (FRIDAY, TUESDAY, THURSDAY)]
    assert [(mail.kind, mail.staff_id, mail.key) for mail in sent] == [
        ("promise_due", people.colleague.id, day) for day in days
    ]


def test_a_letter_that_was_missed_is_sent_once_when_the_product_runs_again(session: Session, promise: Promise) -> None:
    assert len(letters(session, WEDNESDAY, WEDNESDAY)) == 1


def test_who_has_answered_is_not_reminded(session: Session, promise: Promise) -> None:
    promise.outcome = "done"
    session.add(promise)
    session.commit()

    assert letters(session, FRIDAY, TUESDAY) == []


def test_in_place_of_an_owner_who_left_the_trusted_adult_is_reminded(
    session: Session, promise: Promise, people: People
) -> None:
    gone = session.get_one(StaffMember, people.colleague.id)
    gone.left_at = now()
    session.add(gone)
    session.commit()

    assert [mail.staff_id for mail in letters(session, FRIDAY)] == [people.adult.id]


def test_a_letter_holds_no_word_and_no_name(session: Session, promise: Promise) -> None:
    (mail,) = letters(session, FRIDAY)

    assert mail.about == {"promise": promise.id}


def test_holidays_do_not_count() -> None:
    before_christmas = date(2026, 12, 24)

    assert reminded_on(before_christmas, date(2026, 12, 29), ENGLAND) == before_christmas
    assert reminded_on(before_christmas, date(2026, 12, 30), ENGLAND) == date(2026, 12, 30)
