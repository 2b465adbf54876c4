"""PostgreSQL's own policies let the rules of api.access.promises work, and hide no promise from whom it is for."""

import pytest

from api import access
from api.access import as_speaker, as_staff
from api.database import Database
from api.errors import NotFound
from api.services.replies import answers_back, promises
from api.services.replies.promises import Answer
from tests.api.families import add_carer
from tests.api.people import People
from tests.api.promised import ENGLISH, KINDS, by_link, on_tablet, promised, talked

pytestmark = pytest.mark.parametrize("store", ["postgresql"])
WORDS = "The corridor is loud."


def test_a_pupil_reads_and_marks_the_answer_to_earlier_words(database: Database, people: People) -> None:
    with database.writing() as session:
        promise = promised(session, people.adult, talked(session, people.adult, people.pupil, WORDS))
        promises.answer(session, people.adult, promise.id, 1, Answer("done"))
        opened = on_tablet(session, people.adult, talked(session, people.adult, people.pupil, "Hello"))

    with database.writing(as_speaker(opened)) as session:
        (told,) = answers_back.told(session, opened, KINDS, ENGLISH)
        assert told.quote
        assert told.quote.text == WORDS
        answers_back.mark_told(session, opened, {told.promise: told.version})
        assert not answers_back.comes_first(session, opened)


def test_a_carer_is_told_by_a_later_link_of_the_same_relation(database: Database, people: People) -> None:
    with database.writing() as session:
        about = {"audience": "parent", "relation": "mother"}
        promised(session, people.adult, talked(session, people.adult, people.pupil, WORDS, **about))
        opened = by_link(session, people.adult, talked(session, people.adult, people.pupil, "Hello", **about))

    with database.reading(as_speaker(opened)) as session:
        (told,) = answers_back.told(session, opened, KINDS, ENGLISH)
        assert told.quote is None


def test_of_two_carers_of_one_relation_each_is_told_their_own(database: Database, people: People) -> None:
    with database.writing() as session:
        about = {"audience": "parent", "relation": "aunt"}
        one, other = (add_carer(session, people).id for _ in range(2))
        promised(session, people.adult, talked(session, people.adult, people.pupil, WORDS, carer_id=one, **about))
        ways_in = [
            by_link(session, people.adult, talked(session, people.adult, people.pupil, "-", carer_id=each, **about))
            for each in (one, other)
        ]

    told = []
    for opened in ways_in:
        with database.reading(as_speaker(opened)) as session:
            told.append(len(answers_back.told(session, opened, KINDS, ENGLISH)))
    assert told == [1, 0]


def test_an_owner_keeps_a_promise_whose_words_are_not_theirs(database: Database, people: People) -> None:
    with database.writing() as session:
        conversation = talked(session, people.adult, people.pupil, WORDS)
        promise = promised(session, people.adult, conversation, owner=people.colleague)

    with database.writing(as_staff(people.colleague)) as session:
        assert promises.one(session, people.colleague, promise.id).quote is None
        assert promises.answer(session, people.colleague, promise.id, 1, Answer("done"))


def test_an_adult_whom_the_words_name_sees_no_promise(database: Database, people: People) -> None:
    with database.writing() as session:
        conversation = talked(session, people.adult, people.pupil, WORDS)
        promise = promised(session, people.lead, conversation, owner=people.adult)
    with database.reading(as_staff(people.adult)) as session:
        assert access.promise_for_staff(session, people.adult, promise.id)

    with database.writing() as session:
        conversation.kept_from_id = people.adult.id
        session.add(conversation)
        session.commit()

    with database.reading(as_staff(people.adult)) as session, pytest.raises(NotFound):
        access.promise_for_staff(session, people.adult, promise.id)


def test_what_answers_an_allegation_stands_in_no_other_conversation(database: Database, people: People) -> None:
    """Which may be in the hands of the adult whom it names: on a tablet, or as a copy."""
    with database.writing() as session:
        about_them = talked(session, people.adult, people.pupil, WORDS, kept_from_id=people.adult.id)
        promised(session, people.lead, about_them)
        opened = on_tablet(session, people.adult, talked(session, people.adult, people.pupil, "Hello"))

    with database.reading(as_speaker(opened)) as session:
        assert answers_back.told(session, opened, KINDS, ENGLISH) == []


def test_the_trusted_adult_makes_a_promise_as_themselves(database: Database, people: People) -> None:
    with database.writing() as session:
        conversation = talked(session, people.adult, people.pupil, WORDS)

    with database.writing(as_staff(people.adult)) as session:
        promise = promised(session, people.adult, conversation)
        assert promises.one(session, people.adult, promise.id).quote
