"""How a speaker likes their screen: kept with the conversation, and with nobody else's."""

import pytest

from api import access
from api.database import Database
from api.errors import Withdrawn
from api.models import Conversation, now
from api.services.talk import conversations, display
from api.services.talk.conversations import Plan
from api.services.talk.display import Display
from tests.api.people import People

LARGE = Display(text="largest", colours="dark")
AUNT = Plan("parent", "ar", relation="aunt")


def chosen(database: Database, people: People, plan: Plan, wish: Display = LARGE) -> Conversation:
    with database.writing() as session:
        conversation = conversations.start(session, people.adult, people.pupil.id, plan)
        display.keep(session, access.conversation_for_the_bot(session, conversation.id), wish)
        return conversation


def next_of(database: Database, people: People, plan: Plan) -> dict[str, str]:
    with database.writing() as session:
        return conversations.start(session, people.adult, people.pupil.id, plan).display


def test_only_what_somebody_chose_is_kept(database: Database, people: People) -> None:
    kept = chosen(database, people, Plan("pupil", "en")).display

    assert kept == {"text": "largest", "colours": "dark"}
    assert display.of(kept) == LARGE


def test_what_this_version_does_not_know_is_left_out() -> None:
    assert display.of({"text": "enormous", "colours": "dark", "smell": "roses"}) == Display(colours="dark")


def test_who_needs_large_words_has_them_the_next_time(database: Database, people: People) -> None:
    chosen(database, people, Plan("pupil", "en"))

    assert display.of(next_of(database, people, Plan("pupil", "en"))) == LARGE


@pytest.mark.parametrize("other", [Plan("pupil", "en"), Plan("parent", "en", relation="uncle"), Plan("parent", "en")])
def test_what_one_person_chose_is_not_anothers(database: Database, people: People, other: Plan) -> None:
    chosen(database, people, AUNT)

    assert next_of(database, people, AUNT) == LARGE.changed
    assert next_of(database, people, other) == {}


def test_a_conversation_that_was_taken_back_keeps_nothing_more(database: Database, people: People) -> None:
    conversation = chosen(database, people, Plan("pupil", "en"))
    with database.writing() as session:
        row = session.get_one(Conversation, conversation.id)
        row.withdrawn_at = now()
        session.add(row)
        session.flush()
        with pytest.raises(Withdrawn):
            display.keep(session, access.conversation_for_the_bot(session, conversation.id), Display())


@pytest.mark.parametrize(("language", "has_other_letters"), [("en", True), ("uk", True), ("ar", False), ("pa", False)])
def test_easier_letters_are_offered_where_there_are_some(language: str, has_other_letters: bool) -> None:
    assert ("font" in display.choices(language)) is has_other_letters


def test_the_first_of_each_choice_is_what_nobody_had_to_choose() -> None:
    first = {name: codes[0] for name, codes in display.choices("en").items()}

    assert Display.model_validate(first).changed == {}
