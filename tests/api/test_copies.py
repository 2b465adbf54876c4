"""The copy that a speaker takes along holds what they agreed to, and nothing that could harm them on a table."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from api import access
from api.database import Database
from api.models import Alert, Conversation, StaffMember
from api.services.replies import copies
from api.services.replies.copies import Copy
from tests.api.people import People
from tests.api.promised import ENGLISH, KINDS, line_of, marked, on_tablet, promised, talked

WORDS = "The corridor is loud."


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def conversation(session: Session, people: People) -> Conversation:
    return talked(session, people.adult, people.pupil, WORDS)


def copy_on_tablet(session: Session, people: People, conversation: Conversation) -> Copy:
    return copies.copy_of(session, on_tablet(session, people.adult, conversation), KINDS, ENGLISH)


def copy_for(session: Session, staff: StaffMember, conversation: Conversation) -> Copy:
    return copies.copy_of(session, access.summary_for_staff(session, staff, conversation.id), KINDS, ENGLISH)


def test_it_holds_their_words_what_was_promised_and_whom_to_ask(
    session: Session, people: People, conversation: Conversation
) -> None:
    promised(session, people.adult, conversation)

    copy = copy_on_tablet(session, people, conversation)

    assert [line.quote for line in copy.lines] == [WORDS]
    assert [told.outcome for told in copy.promises] == [None]
    assert (copy.adult, copy.agreed_at is not None) == (people.adult.name, True)


@pytest.mark.parametrize("mark", [{"status": "left_out"}, {"shown_to": "adult"}])
def test_a_line_that_was_left_out_or_is_for_one_adult_is_not_on_paper(
    session: Session, people: People, conversation: Conversation, mark: dict[str, str]
) -> None:
    promised(session, people.adult, conversation)
    assert copy_on_tablet(session, people, conversation).lines

    marked(session, conversation, **mark)

    copy = copy_on_tablet(session, people, conversation)
    assert (copy.lines, copy.without_some, copy.promises[0].quote) == ([], "shown_to" in mark, None)


def test_words_that_raised_an_alert_are_not_on_paper(
    session: Session, people: People, conversation: Conversation
) -> None:
    promised(session, people.adult, conversation)
    before = copy_on_tablet(session, people, conversation)
    assert before.lines
    assert before.promises[0].quote

    session.add(_alert(session, people, conversation))
    session.commit()

    after = copy_on_tablet(session, people, conversation)
    assert (after.lines, after.promises[0].quote) == ([], None)


def test_it_says_when_the_speaker_has_not_agreed(session: Session, people: People) -> None:
    unheard = talked(session, people.adult, people.pupil, WORDS, agreed_at=None, state="paused")

    assert copy_on_tablet(session, people, unheard).agreed_at is None


def test_who_may_see_the_summary_alone_gets_no_promises_with_it(
    session: Session, people: People, conversation: Conversation
) -> None:
    promised(session, people.adult, conversation)
    assert copy_for(session, people.adult, conversation).promises

    assert copy_for(session, people.attendance, conversation).promises == []


def _alert(session: Session, people: People, conversation: Conversation) -> Alert:
    turn, _, _ = line_of(session, conversation)
    about = {"school_id": people.pupil.school_id, "pupil_id": people.pupil.id, "pupil_name": "", "pupil_year": ""}
    said = {"codes": [], "spans": [], "words": "", "language": "en", "said_at": conversation.created_at}
    where = {"conversation_id": conversation.id, "turn_id": turn, "audience": "pupil", "adult_id": people.adult.id}
    return Alert(**about, **said, **where)
