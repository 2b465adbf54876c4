"""Promises have an owner, a day and an answer; who may see one is not who may read the words that it answers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import Malformed, NotFound
from api.models import AuditEntry, Conversation, Promise, Review, StaffMember, now
from api.security import new_id
from api.services.replies import answers_back, promises
from api.services.replies.promises import Answer, Draft
from tests.api.people import People
from tests.api.promised import in_days, line_of, marked, on_tablet, promised, talked

WORDS = "The corridor is loud."


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def conversation(session: Session, people: People) -> Conversation:
    return talked(session, people.adult, people.pupil, WORDS)


@pytest.fixture
def draft(people: People) -> Draft:
    return Draft("quiet_place", people.adult.id, in_days(3))


def sees(session: Session, staff: StaffMember, promise: Promise) -> bool:
    try:
        access.promise_for_staff(session, staff, promise.id)
    except NotFound:
        return False
    return True


def test_a_form_that_comes_twice_promises_once(
    session: Session, people: People, conversation: Conversation, draft: Draft
) -> None:
    opened, form = access.summary_for_staff(session, people.adult, conversation.id), new_id()

    first = promises.make(session, people.adult, opened, draft, form)
    again = promises.make(session, people.adult, opened, draft, form)

    assert first.id == again.id
    assert len(session.exec(select(Promise)).all()) == 1
    assert [entry.act for entry in session.exec(select(AuditEntry))] == ["promise_made"]


@pytest.mark.parametrize(
    ("days", "words", "kind", "fault"),
    [
        (-1, "", "seat", "past"),
        (366, "", "seat", "too_late"),
        (0, "x" * 501, "seat", "too_long"),
        (0, " \n", "other", "needs_words"),
        (0, "x" * 500, "other", None),
        (365, "", "seat", None),
    ],
)
def test_a_promise_needs_a_day_that_comes_and_short_words(
    draft: Draft, days: int, words: str, kind: str, fault: str | None
) -> None:
    assert promises.fault_in(replace(draft, kind=kind, due_on=in_days(days), words=words)) == fault


def test_a_promise_without_a_day_is_none(draft: Draft) -> None:
    assert promises.fault_in(replace(draft, due_on=None)) == "no_day"


def test_only_a_colleague_who_is_still_here_can_keep_it(
    session: Session, people: People, conversation: Conversation, draft: Draft
) -> None:
    opened = access.summary_for_staff(session, people.adult, conversation.id)
    gone = session.get_one(StaffMember, people.colleague.id)
    gone.left_at = now()
    session.add(gone)
    session.commit()

    for owner in (gone, people.stranger):
        with pytest.raises(Malformed):
            promises.make(session, people.adult, opened, replace(draft, owner_id=owner.id), new_id())


def test_a_line_that_is_not_in_the_summary_cannot_be_answered(
    session: Session, people: People, conversation: Conversation, draft: Draft
) -> None:
    opened = access.summary_for_staff(session, people.adult, conversation.id)
    turn, _, _ = line_of(session, conversation)

    with pytest.raises(Malformed):
        promises.make(session, people.adult, opened, replace(draft, line=(turn, 0, 3)), new_id())


def test_those_who_may_read_the_pupils_words_see_the_promise_with_them(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.adult, conversation)

    for reader in (people.adult, people.lead):
        quote = promises.one(session, reader, promise.id).quote
        assert quote
        assert quote.text == WORDS


@pytest.mark.parametrize("who", ["colleague", "attendance", "stranger"])
def test_others_do_not_learn_that_there_is_a_promise(
    session: Session, people: People, conversation: Conversation, who: str
) -> None:
    promise = promised(session, people.adult, conversation)
    reader = getattr(people, who)

    assert not sees(session, reader, promise)
    assert access.count_promises_for_staff(session, reader, mine=False) == 0
    assert access.promises_about(session, reader, people.pupil.id) == []


def test_an_owner_sees_what_they_have_to_keep_but_not_the_words(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.adult, conversation, owner=people.colleague)

    kept = promises.one(session, people.colleague, promise.id)

    assert (kept.promise.due_on, kept.owner.id, kept.quote) == (in_days(7), people.colleague.id, None)


def test_who_was_given_the_conversation_sees_its_promises(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.adult, conversation)
    assert not sees(session, people.colleague, promise)

    session.add(Review(conversation_id=conversation.id, assigned_to_id=people.colleague.id))
    session.commit()

    assert sees(session, people.colleague, promise)


def test_the_attendance_lead_sees_only_what_they_keep_or_made(
    session: Session, people: People, conversation: Conversation
) -> None:
    others = promised(session, people.adult, conversation)
    own = promised(session, people.attendance, conversation)
    kept = promised(session, people.adult, conversation, owner=people.attendance)

    found = access.promises_about(session, people.attendance, people.pupil.id)

    assert {each.id for each in found} == {own.id, kept.id}
    assert others.id not in {each.id for each in found}


def test_an_adult_whom_the_words_name_sees_no_promise_of_that_conversation(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.lead, conversation, owner=people.adult)
    assert sees(session, people.adult, promise)

    conversation.kept_from_id = people.adult.id
    session.add(conversation)
    session.commit()

    assert not sees(session, people.adult, promise)
    assert sees(session, people.lead, promise)


@pytest.mark.parametrize("mark", [{"status": "left_out"}, {"shown_to": "adult"}])
def test_words_that_were_taken_back_stand_beside_no_promise(
    session: Session, people: People, conversation: Conversation, mark: dict[str, str]
) -> None:
    promise = promised(session, people.attendance, conversation)
    assert promises.one(session, people.attendance, promise.id).quote

    marked(session, conversation, **mark)

    assert promises.one(session, people.attendance, promise.id).quote is None


def test_of_two_answers_at_once_the_second_is_not_lost_and_does_not_win(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.adult, conversation)

    assert promises.answer(session, people.adult, promise.id, 1, Answer("done", "first"))
    assert not promises.answer(session, people.lead, promise.id, 1, Answer("could_not", "second"))

    stored = session.get_one(Promise, promise.id)
    assert (stored.outcome, stored.outcome_words, stored.answered_by_id) == ("done", "first", people.adult.id)


def test_an_answer_that_comes_twice_counts_once(session: Session, people: People, conversation: Conversation) -> None:
    promise = promised(session, people.adult, conversation)
    answer = Answer("partly", "half of it")

    assert promises.answer(session, people.adult, promise.id, 1, answer)
    assert promises.answer(session, people.adult, promise.id, 1, answer)

    assert session.get_one(Promise, promise.id).version == 2


def test_an_answer_that_was_changed_is_told_again(session: Session, people: People, conversation: Conversation) -> None:
    promise = promised(session, people.adult, conversation)
    promises.answer(session, people.adult, promise.id, 1, Answer("partly"))
    opened = on_tablet(session, people.adult, conversation)
    answers_back.mark_told(session, opened, {promise.id: 2})
    assert not answers_back.is_news_for(session, opened)

    promises.answer(session, people.adult, promise.id, 2, Answer("done"))

    assert answers_back.is_news_for(session, opened)


def test_the_list_begins_with_what_is_overdue_and_ends_with_what_was_told(
    session: Session, people: People, conversation: Conversation
) -> None:
    told, unseen, later, soon, overdue = (promised(session, people.adult, conversation) for _ in range(5))
    overdue.due_on, soon.due_on, later.due_on = in_days(-1), in_days(2), in_days(20)
    unseen.outcome = told.outcome = "done"
    unseen.answered_at = told.answered_at = told.told_at = now()
    session.add_all((told, unseen, later, soon, overdue))
    session.commit()

    found = promises.listed(session, people.adult, mine=True, offset=0, limit=10)

    assert [each.standing for each in found] == ["overdue", "due_soon", "open", "answered", "told"]


def test_no_word_and_no_name_goes_into_the_trail(session: Session, people: People, conversation: Conversation) -> None:
    promise = promised(session, people.adult, conversation, words="my own words")
    promises.answer(session, people.adult, promise.id, 1, Answer("done", "more words"))

    trail = " ".join(str(entry.model_dump()) for entry in session.exec(select(AuditEntry)))

    assert "promise_answered" in trail
    assert not [word for word in ("words", WORDS, people.pupil.name + "'") if word in trail]
