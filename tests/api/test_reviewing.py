"""What adults add beside the words: nobody's text is lost, nothing is done twice, nobody else can do it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import NotAllowed, NotFound, Withdrawn
from api.models import AuditEntry, Conversation, LastReading, Review, ReviewNote, StaffMember, now
from api.security import new_id
from api.services.catalog import Taxonomy
from api.services.review import expectations, reviewing
from tests.api.people import People
from tests.api.spoken import alert_about, say_more, spoken

TAXONOMY = Taxonomy.read(Path("bot/data/interview/taxonomy.yml"))
Act = Callable[[Session, StaffMember, str], None]
ACTS: dict[str, Act] = {
    "note": lambda session, staff, said: reviewing.add_note(session, staff, said, "A note.", new_id()),
    "read": reviewing.mark_read,
    "assign": lambda session, staff, said: reviewing.assign(session, staff, said, staff.id),
    "interpreter": reviewing.ask_for_interpreter,
    "came": reviewing.interpreter_came,
}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def said(session: Session, people: People) -> str:
    return spoken(session, people.pupil, "The noise.", "The bell.")


def notes_for(session: Session, staff: StaffMember, said: str) -> list[str]:
    return [note.words for note in reviewing.notes(session, access.summary_for_staff(session, staff, said))]


@pytest.mark.parametrize("store", ["postgresql"])
def test_behind_the_second_wall_staff_review_as_themselves(
    database: Database, people: People, session: Session, said: str, store: str
) -> None:
    reviewing.assign(session, people.adult, said, people.colleague.id)
    alert_about(session, said, people.pupil)
    for staff in (people.adult, people.colleague, people.lead):
        with database.writing(access.as_staff(staff)) as walled:
            for act in ("note", "read", "interpreter", "came"):
                ACTS[act](walled, staff, said)
            opened = access.conversation_for_staff(walled, staff, said)
            assert access.raised_an_alert(walled, opened)
            assert reviewing.may_assign(walled, staff, opened) == (staff is people.lead)
            expectations.expect(walled, staff, said, "Too late.", (), TAXONOMY)

    assert [note.by for note in reviewing.notes(session, opened)] == ["adult", "colleague", "lead"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["colleague", "attendance", "office", "stranger"])
def test_who_may_not_read_can_do_nothing(session: Session, people: People, said: str, who: str, act: str) -> None:
    with pytest.raises(NotFound):
        ACTS[act](session, getattr(people, who), said)


@pytest.mark.parametrize("act", ACTS)
def test_nothing_can_be_added_to_words_that_were_taken_back(
    session: Session, people: People, said: str, act: str
) -> None:
    session.get_one(Conversation, said).withdrawn_at = now()
    session.commit()

    with pytest.raises((Withdrawn, NotFound)):
        ACTS[act](session, people.adult, said)


def test_two_reviewers_at_once_both_keep_their_notes(database: Database, people: People, said: str) -> None:
    with database.reading() as page:  # both have the page open
        access.conversation_for_staff(page, people.adult, said)
        for staff in (people.adult, people.lead):
            with database.writing() as session:
                reviewing.add_note(session, staff, said, f"By {staff.name}.", new_id())

    with database.reading() as session:
        assert notes_for(session, people.adult, said) == ["By adult.", "By lead."]


def test_a_form_that_is_sent_again_is_stored_once(session: Session, people: People, said: str) -> None:
    form = new_id()
    for _ in range(2):
        reviewing.add_note(session, people.adult, said, "A note.", form)

    assert len(session.exec(select(ReviewNote)).all()) == 1


def test_nothing_typed_is_no_note(session: Session, people: People, said: str) -> None:
    reviewing.add_note(session, people.adult, said, " \n ", new_id())

    assert session.exec(select(ReviewNote)).all() == []


def test_who_reads_only_the_summary_reads_no_notes(session: Session, people: People, said: str) -> None:
    reviewing.add_note(session, people.adult, said, "A note.", new_id())
    session.get_one(Conversation, said).agreed_at = now()
    session.commit()

    assert not access.summary_for_staff(session, people.attendance, said).whole
    assert notes_for(session, people.attendance, said) == []
    assert notes_for(session, people.adult, said) == ["A note."]


def test_the_trail_knows_of_a_note_and_holds_no_word_of_it(session: Session, people: People, said: str) -> None:
    reviewing.add_note(session, people.adult, said, "A secret note.", new_id())

    (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == "note_added"))
    assert (entry.staff_id, entry.about_id, entry.pupil_id) == (people.adult.id, said, people.pupil.id)
    assert "secret" not in str(entry.model_dump())


def test_opening_tells_how_far_the_reader_had_read(session: Session, people: People, said: str) -> None:
    assert reviewing.open_summary(session, people.adult, said) is None
    say_more(session, said, "The queue.", first=3)

    assert reviewing.open_summary(session, people.adult, said) == 2
    assert reviewing.open_summary(session, people.adult, said) == 3
    assert reviewing.open_summary(session, people.lead, said) is None


def test_words_that_came_after_the_page_was_opened_are_not_marked_as_read(
    session: Session, people: People, said: str
) -> None:
    say_more(session, said, "The queue.", first=3, at=now() + timedelta(seconds=1))

    reviewing.mark_read(session, people.adult, said, until=2)

    conversation = session.get_one(Conversation, said)
    last = access.turns_in(session, access.conversation_for_staff(session, people.adult, said))[-1]
    assert conversation.read_at
    assert conversation.read_at < last.received_at


def test_an_old_page_takes_no_reading_back(session: Session, people: People, said: str) -> None:
    reviewing.mark_read(session, people.adult, said)
    read_at = session.get_one(Conversation, said).read_at

    reviewing.mark_read(session, people.adult, said, until=1)

    assert session.get_one(Conversation, said).read_at == read_at
    assert session.get_one(LastReading, (said, people.adult.id)).ordinal == 2


def test_the_trusted_adult_gives_the_words_to_a_colleague(session: Session, people: People, said: str) -> None:
    with pytest.raises(NotFound):
        access.conversation_for_staff(session, people.colleague, said)

    for _ in range(2):
        reviewing.assign(session, people.adult, said, people.colleague.id)

    assert access.conversation_for_staff(session, people.colleague, said).whole
    (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == "review_assigned"))
    assert entry.details == {"to": people.colleague.id}


def test_giving_the_words_back_closes_the_door(session: Session, people: People, said: str) -> None:
    reviewing.assign(session, people.adult, said, people.colleague.id)

    reviewing.assign(session, people.lead, said, people.adult.id)

    with pytest.raises(NotFound):
        access.conversation_for_staff(session, people.colleague, said)


def test_a_colleague_cannot_pass_on_what_they_were_given(session: Session, people: People, said: str) -> None:
    reviewing.assign(session, people.adult, said, people.colleague.id)

    with pytest.raises((NotFound, NotAllowed)):
        reviewing.assign(session, people.colleague, said, people.lead.id)


@pytest.mark.parametrize("to", ["attendance", "office", "stranger"])
def test_words_are_given_to_who_reviews_at_this_school_only(
    session: Session, people: People, said: str, to: str
) -> None:
    with pytest.raises(NotFound):
        reviewing.assign(session, people.lead, said, getattr(people, to).id)


def test_words_with_an_alert_are_passed_on_by_the_lead_alone(session: Session, people: People, said: str) -> None:
    alert_about(session, said, people.pupil)

    with pytest.raises(NotFound):
        reviewing.assign(session, people.adult, said, people.colleague.id)
    reviewing.assign(session, people.lead, said, people.colleague.id)
    assert session.get_one(Review, said).assigned_to_id == people.colleague.id


def test_words_are_not_given_to_the_adult_whom_they_name(session: Session, people: People, said: str) -> None:
    session.get_one(Conversation, said).kept_from_id = people.colleague.id
    session.commit()

    with pytest.raises(NotFound):
        reviewing.assign(session, people.lead, said, people.colleague.id)


def test_the_need_of_an_interpreter_stands_until_one_has_come(session: Session, people: People, said: str) -> None:
    reviewing.ask_for_interpreter(session, people.adult, said)
    first = session.get_one(Review, said).interpreter_needed_at
    reviewing.ask_for_interpreter(session, people.lead, said)
    assert session.get_one(Review, said).interpreter_needed_at == first

    reviewing.interpreter_came(session, people.adult, said)

    assert session.get_one(Review, said).interpreter_came_at
