"""A carer is asked by a message that carries the way in."""

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import NotToBeReached, Unfit
from api.models import Conversation, Pupil, Sendable, Summary, Turn, now
from api.security import unseal
from api.services.reaching import asking_carers, inviting
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from tests.api.families import FORM, SECRET, about, acts_in, add_carer, messages_in
from tests.api.people import People

ANY = Plan("parent", "en")


def ask(session: Session, people: People, channel: Sendable = "email", key: str = "first", **known: object) -> str:
    carer = add_carer(session, people, **known)
    pupil = session.get_one(Pupil, people.pupil.id)
    asked = asking_carers.ask(session, people.adult, carer, pupil, ANY, channel, key=key, secret=SECRET)
    session.commit()
    return asked.id


def test_the_message_names_the_conversation_and_holds_its_link_sealed(database: Database, people: People) -> None:
    with database.writing() as session:
        asked = ask(session, people)
        (message,) = messages_in(session)
        token = unseal(message.sealed or "", SECRET)
        assert access.conversation_by_link(session, token or "").conversation.id == asked
        assert token not in str(message.model_dump())
        assert "link_sent" in acts_in(session)


def test_a_carer_is_asked_in_their_own_language_and_as_themselves(database: Database, people: People) -> None:
    with database.writing() as session:
        asked = session.get_one(Conversation, ask(session, people, relation="uncle"))
        assert (asked.language, asked.relation, asked.audience, bool(asked.carer_id)) == ("so", "uncle", "parent", True)


def test_the_same_key_asks_once(database: Database, people: People) -> None:
    with database.writing() as session:
        assert ask(session, people) == ask(session, people)
        assert len(messages_in(session)) == len(session.exec(select(Conversation)).all()) == 1


@pytest.mark.parametrize(("channel", "turns"), [("email", 0), ("text", 1), ("whatsapp", 1)])
def test_by_text_the_first_question_is_asked_for_at_once(
    database: Database, people: People, channel: Sendable, turns: int
) -> None:
    with database.writing() as session:
        asked = ask(session, people, channel)
        opening = session.exec(select(Turn).where(Turn.conversation_id == asked)).all()
        assert [turn.channel for turn in opening] == [channel] * turns


def test_nothing_is_begun_with_who_may_not_be_reached(database: Database, people: People) -> None:
    with database.writing() as session:
        for known in ({"lives_apart": True}, {"left_at": now()}, {"email": ""}):
            with pytest.raises(NotToBeReached):
                ask(session, people, **known)  # type: ignore[arg-type]
        assert messages_in(session) == []
        assert session.exec(select(Conversation)).all() == []


def test_to_who_agreed_a_word_only_the_link_goes_by_text(database: Database, people: People) -> None:
    with database.writing() as session:
        ask(session, people, "text", key="open")
        assert len(session.exec(select(Turn)).all()) == 1
        ask(session, people, "text", key="guarded", word_hash="of a word")
        assert len(session.exec(select(Turn)).all()) == 1
        assert [message.kind for message in messages_in(session)] == ["link", "link"]


def test_another_link_is_sent_once_to_whom_the_conversation_is_with(database: Database, people: People) -> None:
    with database.writing() as session:
        asked = ask(session, people)
        form = inviting.Form("email", 14, FORM, SECRET)
        for _ in range(2):
            inviting.renew(session, people.adult, asked, form)
        assert [message.conversation_id for message in messages_in(session)] == [asked, asked]


def test_one_carer_is_never_asked_in_place_of_another_of_the_same_relation(database: Database, people: People) -> None:
    with database.writing() as session:
        pupil = session.get_one(Pupil, people.pupil.id)
        aunts = [inviting.carer_named(session, people.adult, pupil, about("Aunt"), FORM).id for _ in range(2)]
        assert len(set(aunts)) == 1
        with pytest.raises(Unfit, match="unfit"):
            inviting.carer_named(session, people.adult, pupil, about("aunt "), "b" * 32)


def test_who_lives_apart_is_never_taken_for_who_does_not(database: Database, people: People) -> None:
    with database.writing() as session:
        add_carer(session, people)
        pupil = session.get_one(Pupil, people.pupil.id)
        other = inviting.carer_named(session, people.adult, pupil, about(lives_apart=True), FORM)
        assert other.lives_apart
        form = inviting.Form("shown", 14, FORM, SECRET)
        with pytest.raises(NotToBeReached):
            inviting.invite(session, people.adult, pupil, other, ANY, form)


# ---- what was told before


def told(session: Session, people: People, shown_to: str, agreed: bool) -> None:
    carer = add_carer(session, people)
    started = conversations.start(session, people.adult, people.pupil.id, Plan("parent", "so", carer_id=carer.id))
    turn = Turn(id="t" * 32, conversation_id=started.id, ordinal=0, kind="say", text="The bus.", language="so")
    session.add(turn)
    session.flush()
    line = {"turn": turn.id, "start": 0, "end": 3, "topic": "mornings", "section": "worries", "codes": []}
    items = [{**line, "status": "said", "shown_to": shown_to}]
    session.add(Summary(conversation_id=started.id, turn_id=turn.id, content={"items": items, "topics": []}))
    started.state, started.agreed_at = "finished", now() if agreed else None
    session.add(started)
    session.commit()


@pytest.mark.parametrize(
    ("who", "shown_to", "agreed", "topics"),
    [
        ("adult", "adult", False, ["mornings"]),
        ("attendance", "school", True, ["mornings"]),
        ("attendance", "adult", True, []),
        ("attendance", "school", False, []),
    ],
)
def test_what_an_attendance_lead_starts_knows_only_what_was_shown_to_the_school(
    database: Database, people: People, who: str, shown_to: str, agreed: bool, topics: list[str]
) -> None:
    with database.writing() as session:
        told(session, people, shown_to, agreed)
        carer = access.carers_of(session, people.pupil.id)[0]
        pupil = session.get_one(Pupil, people.pupil.id)
        begun = conversations.begin(session, getattr(people, who), pupil, Plan("parent", "so", carer_id=carer.id))
        assert begun.told_before == topics


def test_what_one_carer_told_is_not_told_to_another(database: Database, people: People) -> None:
    with database.writing() as session:
        told(session, people, "school", True)
        other = add_carer(session, people, "aunt")  # of the same relation, and another person
        pupil = session.get_one(Pupil, people.pupil.id)
        begun = conversations.begin(
            session, people.adult, pupil, Plan("parent", "so", relation="aunt", carer_id=other.id)
        )
        assert begun.told_before == []
