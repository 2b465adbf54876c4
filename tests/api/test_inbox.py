"""What waits to be read, for whom, and until when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session

from api.database import Database
from api.models import Conversation, SchoolClosure, StaffMember, now
from api.services.review import inbox, reviewing
from api.services.review.inbox import PAGE_SIZE, Inbox, Wanted
from api.services.review.working_days import local_day
from tests.api.people import People
from tests.api.spoken import say_more, spoken

TODAY = local_day(now())


def seen_by(session: Session, staff: StaffMember, wanted: Wanted | None = None, today: date = TODAY) -> Inbox:
    return inbox.listed(session, staff, wanted or Wanted(), today)


def unread(found: Inbox) -> list[str]:
    return [line.conversation for line in found.unread]


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def test_words_wait_until_somebody_has_read_them(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, "The noise.")
    assert unread(seen_by(session, people.adult)) == [said]

    reviewing.mark_read(session, people.adult, said)

    found = seen_by(session, people.adult)
    assert (unread(found), [line.conversation for line in found.read]) == ([], [said])


def test_words_that_come_after_reading_wait_again(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, "The noise.")
    reviewing.mark_read(session, people.adult, said)

    say_more(session, said, "And the bell.", first=2)

    (line,) = seen_by(session, people.adult).unread
    assert (line.conversation, line.new) == (said, 1)


@pytest.mark.parametrize("who", ["colleague", "attendance", "office", "stranger"])
def test_nobody_else_sees_that_words_wait(session: Session, people: People, who: str) -> None:
    said = spoken(session, people.pupil, "The noise.")

    found = seen_by(session, getattr(people, who))
    assert (found.unread, found.read) == ([], [])
    assert unread(seen_by(session, people.lead)) == [said]


def test_a_conversation_in_which_nothing_was_said_waits_for_nobody(session: Session, people: People) -> None:
    spoken(session, people.pupil)

    assert unread(seen_by(session, people.adult)) == []


def test_the_longest_waiting_come_first_and_say_how_late_they_are(session: Session, people: People) -> None:
    late = spoken(session, people.pupil, "A.", at=now() - timedelta(days=20))
    fresh = spoken(session, people.pupil, "B.")
    (first, second) = seen_by(session, people.adult).unread
    assert [(first.conversation, first.urgency), (second.conversation, second.urgency)] == [
        (late, "overdue"),
        (fresh, "later"),
    ]

    assert seen_by(session, people.adult, today=second.due).unread[1].urgency == "today"


def test_a_closure_of_the_school_gives_more_time(session: Session, people: People) -> None:
    spoken(session, people.pupil, "A.")
    (before,) = seen_by(session, people.adult).unread

    school = people.pupil.school_id
    session.add(SchoolClosure(school_id=school, first_day=TODAY, last_day=before.due + timedelta(days=1)))
    session.commit()

    assert seen_by(session, people.adult).unread[0].due > before.due


def test_what_is_new_is_counted_for_each_reader(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, "A.", "B.")
    reviewing.open_summary(session, people.adult, said)

    assert seen_by(session, people.adult).unread[0].new == 0
    assert seen_by(session, people.lead).unread[0].new == 2


def test_a_colleague_who_was_given_the_words_finds_them(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, "A.")

    reviewing.assign(session, people.adult, said, people.colleague.id)

    (line,) = seen_by(session, people.colleague, Wanted(mine=True)).unread
    assert (line.conversation, line.responsible) == (said, people.colleague.name)
    assert unread(seen_by(session, people.adult, Wanted(mine=True))) == []
    assert unread(seen_by(session, people.adult)) == [said]


def test_words_that_name_their_adult_are_nobodys_yet(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, "A.")
    conversation = session.get_one(Conversation, said)
    conversation.kept_from_id = people.adult.id
    session.commit()

    assert unread(seen_by(session, people.adult)) == []
    assert seen_by(session, people.lead).unread[0].responsible is None


def test_the_database_does_the_paging(session: Session, people: People) -> None:
    said = [spoken(session, people.pupil, "A.", at=now() - timedelta(hours=30 - n)) for n in range(PAGE_SIZE + 2)]

    first, second = (seen_by(session, people.adult, Wanted(page=page)) for page in (1, 2))

    assert (unread(first), unread(second)) == (said[:PAGE_SIZE], said[PAGE_SIZE:])
    assert (first.more_unread, second.more_unread) == (True, False)


def test_many_conversations_need_no_more_queries_than_one(session: Session, people: People) -> None:
    spoken(session, people.pupil, "A.")
    with counted(session) as one:
        seen_by(session, people.lead)
    for n in range(PAGE_SIZE * 2):
        said = spoken(session, people.pupil if n % 2 else people.other_pupil, "A.")
        if n % 3:
            reviewing.mark_read(session, people.lead, said)
    with counted(session) as many:
        assert seen_by(session, people.lead).more_read

    assert len(many) == len(one) <= 8


@pytest.mark.parametrize("store", ["postgresql"])
def test_on_postgresql_the_list_is_the_same(session: Session, people: People, store: str) -> None:
    said = spoken(session, people.pupil, "A.")
    reviewing.assign(session, people.lead, said, people.colleague.id)

    assert [line.conversation for line in seen_by(session, people.colleague, Wanted(mine=True)).unread] == [said]


def test_the_version_changes_with_the_list_only(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, "A.")
    before = seen_by(session, people.adult).version
    assert seen_by(session, people.adult).version == before

    say_more(session, said, "B.", first=2)

    assert seen_by(session, people.adult).version != before


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    session.expire_all()
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)
