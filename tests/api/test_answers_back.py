"""What was promised reaches the voice that it was promised to, and no other."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from api.database import Database
from api.models import Conversation, Promise, StaffMember, now
from api.services.replies import answers_back, promises
from api.services.replies.answers_back import Told
from api.services.replies.promises import Answer
from tests.api.families import add_carer
from tests.api.people import People
from tests.api.promised import ENGLISH, KINDS, by_link, marked, on_tablet, promised, talked

WORDS = "The corridor is loud."


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def conversation(session: Session, people: People) -> Conversation:
    return talked(session, people.adult, people.pupil, WORDS)


def carer(session: Session, people: People, relation: str, words: str = WORDS) -> Conversation:
    return talked(session, people.adult, people.pupil, words, audience="parent", relation=relation)


def told_to_pupil(session: Session, people: People, conversation: Conversation) -> list[Told]:
    return answers_back.told(session, on_tablet(session, people.adult, conversation), KINDS, ENGLISH)


def told_by_link(session: Session, people: People, conversation: Conversation) -> list[Told]:
    return answers_back.told(session, by_link(session, people.adult, conversation), KINDS, ENGLISH)


def test_a_pupil_is_told_in_the_next_conversation_what_they_said_and_what_was_done(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.adult, conversation)
    promises.answer(session, people.adult, promise.id, 1, Answer("done", "Room 4 is yours.", "en"))
    following = talked(session, people.adult, people.pupil, "Hello", state="new")

    (told,) = told_to_pupil(session, people, following)

    assert told.quote
    assert (told.quote.text, told.outcome, told.is_news) == (WORDS, "done", True)
    assert told.outcome_words
    assert told.outcome_words.text == "Room 4 is yours."


def test_a_carer_is_told_nothing_of_what_the_pupil_or_another_carer_was_promised(
    session: Session, people: People, conversation: Conversation
) -> None:
    mother, father = carer(session, people, "mother"), carer(session, people, "father")
    for each in (conversation, mother):
        promised(session, people.adult, each)
    assert told_to_pupil(session, people, conversation)
    assert told_by_link(session, people, mother)

    opened = by_link(session, people.adult, father)

    assert answers_back.told(session, opened, KINDS, ENGLISH) == []
    assert not answers_back.comes_first(session, opened)


def test_a_pupil_is_told_nothing_of_what_a_carer_or_another_pupil_was_promised(
    session: Session, people: People, conversation: Conversation
) -> None:
    promised(session, people.adult, carer(session, people, "mother"))
    promised(session, people.lead, talked(session, people.colleague, people.other_pupil, "Mine"))

    assert told_to_pupil(session, people, conversation) == []


def test_two_carers_of_the_same_relation_do_not_read_each_others_words(session: Session, people: People) -> None:
    one, other = carer(session, people, "grandmother"), carer(session, people, "grandmother", "hello")
    promised(session, people.adult, one)
    (own,) = told_by_link(session, people, one)
    assert own.quote

    (told,) = told_by_link(session, people, other)

    assert (told.promise, told.quote) == (own.promise, None)


def test_two_carers_of_the_same_relation_are_not_told_what_the_other_was_promised(
    session: Session, people: People
) -> None:
    about = {"audience": "parent", "relation": "grandmother"}
    carers = [add_carer(session, people, "grandmother") for _ in range(2)]
    one, other = (talked(session, people.adult, people.pupil, WORDS, carer_id=each.id, **about) for each in carers)
    later = talked(session, people.adult, people.pupil, "hello", carer_id=carers[0].id, **about)
    promised(session, people.adult, one)

    assert len(told_by_link(session, people, later)) == 1
    assert told_by_link(session, people, other) == []
    assert told_by_link(session, people, carer(session, people, "grandmother")) == []


def test_carers_whose_relation_nobody_recorded_are_told_of_their_own_conversation_alone(
    session: Session, people: People
) -> None:
    one, other = carer(session, people, ""), carer(session, people, "")
    promised(session, people.adult, one)

    assert len(told_by_link(session, people, one)) == 1
    assert told_by_link(session, people, other) == []


def test_a_renewed_link_tells_it_even_when_the_conversation_is_finished(session: Session, people: People) -> None:
    mother = carer(session, people, "mother")
    promised(session, people.adult, mother)

    for _ in range(2):
        (told,) = told_by_link(session, people, mother)
        assert told.quote
        assert told.quote.text == WORDS


@pytest.mark.parametrize("mark", [{"status": "left_out"}, {"shown_to": "adult"}])
def test_words_that_were_left_out_since_or_are_for_one_adult_are_not_quoted(
    session: Session, people: People, conversation: Conversation, mark: dict[str, str]
) -> None:
    promised(session, people.adult, conversation)
    (before,) = told_to_pupil(session, people, conversation)
    assert before.quote

    marked(session, conversation, **mark)

    (told,) = told_to_pupil(session, people, conversation)
    assert told.quote is None


def test_words_of_a_conversation_that_was_withdrawn_are_not_quoted(
    session: Session, people: People, conversation: Conversation
) -> None:
    promised(session, people.adult, conversation)
    following = talked(session, people.adult, people.pupil, "Hello")
    conversation.withdrawn_at = now()
    session.add(conversation)
    session.commit()

    (told,) = told_to_pupil(session, people, following)

    assert told.quote is None


def test_only_the_answer_that_stood_on_the_screen_counts_as_told(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.adult, conversation)
    promises.answer(session, people.adult, promise.id, 1, Answer("partly"))
    opened = on_tablet(session, people.adult, conversation)
    (told,) = answers_back.told(session, opened, KINDS, ENGLISH)
    promises.answer(session, people.lead, promise.id, 2, Answer("done"))

    answers_back.mark_told(session, opened, {told.promise: told.version})
    assert session.get_one(Promise, promise.id).told_at is None

    answers_back.mark_told(session, opened, {promise.id: 3})
    assert session.get_one(Promise, promise.id).told_at


def test_nobody_marks_what_was_promised_to_another_voice(
    session: Session, people: People, conversation: Conversation
) -> None:
    promise = promised(session, people.adult, conversation)
    promises.answer(session, people.adult, promise.id, 1, Answer("done"))
    opened = by_link(session, people.adult, carer(session, people, "mother"))

    answers_back.mark_told(session, opened, {promise.id: 2})

    assert session.get_one(Promise, promise.id).told_at is None


def test_an_open_promise_comes_first_until_it_was_answered_and_seen(
    session: Session, people: People, conversation: Conversation
) -> None:
    opened = on_tablet(session, people.adult, conversation)
    assert not answers_back.comes_first(session, opened)
    promise = promised(session, people.adult, conversation)
    answers_back.mark_told(session, opened, {promise.id: 1})
    assert answers_back.comes_first(session, opened)

    promises.answer(session, people.adult, promise.id, 1, Answer("done"))
    answers_back.mark_told(session, opened, {promise.id: 2})

    assert not answers_back.comes_first(session, opened)


def test_after_an_alert_nothing_stands_before_the_help(
    session: Session, people: People, conversation: Conversation
) -> None:
    promised(session, people.adult, conversation)
    alerted = talked(session, people.adult, people.pupil, "Hello", state="alerted")

    assert not answers_back.comes_first(session, on_tablet(session, people.adult, alerted))


def test_nobody_is_sent_to_an_adult_who_has_left(session: Session, people: People, conversation: Conversation) -> None:
    promised(session, people.adult, conversation, owner=people.colleague)
    (before,) = told_to_pupil(session, people, conversation)
    assert people.colleague.name in before.promised

    gone = session.get_one(StaffMember, people.colleague.id)
    gone.left_at = now()
    session.add(gone)
    session.commit()

    (told,) = told_to_pupil(session, people, conversation)
    assert people.colleague.name not in told.promised
    assert people.adult.name in told.promised


def test_nobody_is_sent_to_the_adult_whom_their_words_name(
    session: Session, people: People, conversation: Conversation
) -> None:
    promised(session, people.lead, conversation, owner=people.adult)
    conversation.kept_from_id = people.adult.id
    session.add(conversation)
    session.commit()
    # who hands the tablet over is another: the adult cannot any more
    (told,) = answers_back.told(session, on_tablet(session, people.lead, conversation), KINDS, ENGLISH)

    assert f"\u2068{people.adult.name}\u2069" not in told.promised
    assert f"\u2068{people.lead.name}\u2069" in told.promised


@pytest.mark.parametrize("audience", ["pupil", "parent"])
def test_every_kind_and_outcome_has_a_sentence_with_every_place_filled(audience: str) -> None:
    told = [KINDS.promised(kind, audience, "Ada", ENGLISH) for kind in KINDS.kinds]  # type: ignore[arg-type]
    told += [KINDS.became(outcome, audience, "Ada", ENGLISH) for outcome in KINDS.outcomes]  # type: ignore[arg-type]

    assert all(told)
    assert not [each for each in told if "%" in each or "{" in each]
    assert all(KINDS.for_staff(kind, ENGLISH) for kind in KINDS.kinds)
