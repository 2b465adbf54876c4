"""A conversation by text message: words are kept in the right place once, and whoever wrote is answered there."""

import asyncio

import pytest
from sqlmodel import select

from api.models import Alert, Carer, Delivery, Shown, Turn, now
from api.pages.rendering import build_pages
from api.pages.texts import written_turn
from api.services.reaching import wanted
from api.services.texting.opening import open_by_text
from api.settings import Settings
from api.texting import Received
from tests.api.people import People
from tests.api.reached import OTHER_PHONE, PHONE, begun, cares
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.api.speaker import Services, Speaker
from tests.api.texting import Telephone

pytestmark = [pytest.mark.anyio]
both_stores = pytest.mark.parametrize("store", ["sqlite", "postgresql"])
PAGES = build_pages(Settings(environment="test"))


def reads(phone: Telephone, turn: Turn | str) -> str:
    """The words of the answer to a turn, as they go out."""
    key = f"turn-{turn if isinstance(turn, str) else turn.id}"
    with phone.services.database.reading() as session:
        delivery = session.exec(select(Delivery).where(Delivery.key == key)).one()
        return written_turn(PAGES, session, delivery, phone.carer())


@both_stores
async def test_the_first_question_comes_by_text(asked: Speaker, phone: Telephone) -> None:
    first = reads(phone, f"open-{asked.conversation_id}")

    assert "Here" in first
    assert "Tell me about 1." in first
    assert "STOP" in first
    assert [each.is_answer for each in phone.rows(Delivery)] == [True]


@both_stores
async def test_an_answer_goes_on_where_the_question_stood(asked: Speaker, phone: Telephone, bot: ScriptedBot) -> None:
    question = asked.page().standing
    phone.has_got_everything()
    await phone.writes('The noise & the "bus".')

    assert [(turn.text, turn.channel, turn.asked_shown_id) for turn in phone.turns()] == [
        ('The noise & the "bus".', "text", question and question.id)
    ]
    assert 'You said “\u2068The noise & the "bus"\u2069”.\nTell me about 2.' in reads(phone, phone.turns()[0])


@both_stores
async def test_the_same_message_counts_once_although_another_question_stands_now(
    asked: Speaker, phone: Telephone, bot: ScriptedBot
) -> None:
    phone.has_got_everything()
    await phone.writes("2")
    phone.has_got_everything()
    await phone.writes("2", again=True)

    assert [turn.choices for turn in phone.turns()] == [["feeling:sad"]]
    assert [each["choices"] for each in bot.heard if each["kind"] == "choose"] == [["feeling:sad"]]


@both_stores
async def test_two_messages_at_one_moment_begin_one_conversation(phone: Telephone) -> None:
    messages = [Received(f"SM-{number}", PHONE, f"Part {number}.", "text") for number in range(4)]
    await asyncio.gather(*(asyncio.to_thread(phone.keeps, message) for message in messages))

    assert len(phone.conversations()) == 1
    assert sorted(phone.said()) == [f"Part {number}." for number in range(4)]


async def test_words_out_of_the_blue_begin_a_conversation(phone: Telephone, people: People) -> None:
    await phone.writes("He will not get up.", channel="whatsapp")

    (conversation,) = phone.conversations()
    assert (conversation.guide, conversation.relation) == ("parent", "mother")
    assert conversation.started_by_id == people.adult.id
    assert phone.said() == ["He will not get up."]
    assert {turn.channel for turn in phone.rows(Turn)} == {"whatsapp"}
    assert {each.channel for each in phone.rows(Delivery)} == {"whatsapp"}


async def test_of_two_questions_at_once_only_the_one_that_stands_goes_out(phone: Telephone) -> None:
    await phone.writes("He will not get up.")

    first = reads(phone, f"open-{phone.conversations()[0].id}")
    assert "Hello." in first
    assert "Tell me" not in first
    assert "Tell me about 2." in reads(phone, phone.turns()[0])


async def test_words_after_the_end_begin_anew(asked: Speaker, phone: Telephone, people: People) -> None:
    with phone.services.database.writing() as session:
        ended = asked.conversation()
        ended.state = "finished"
        session.merge(ended)
        session.commit()
    await phone.writes("One more thing.")
    await phone.writes("One more thing.", again=True)

    assert len(phone.conversations()) == 2
    assert asked.words() == []


async def test_of_two_children_the_one_texted_last_is_meant(
    asked: Speaker, phone: Telephone, people: People, services: Services
) -> None:
    sibling = cares(services.database, people, pupil_id=people.other_pupil.id)
    other = begun(services.database, people, sibling)
    await phone.writes("About the first.")
    with services.database.writing() as session:
        open_by_text(session, other, "text")
        session.commit()
    await phone.writes("About the second.")

    assert asked.words() == ["About the first."]
    assert Speaker(services, other.id).words() == ["About the second."]


async def test_two_carers_each_have_their_own(asked: Speaker, phone: Telephone, people: People) -> None:
    cares(phone.services.database, people, phone=OTHER_PHONE, relation="father", language="pl")
    other = Telephone(phone.services, OTHER_PHONE)
    await phone.writes("From one.")
    await other.writes("From the other.")

    assert asked.words() == ["From one."]
    assert {each.language for each in phone.conversations()} == {"en", "pl"}
    mine = {each.id for each in phone.conversations() if each.carer_id == other.carer().id}
    assert [turn.text for turn in phone.turns() if turn.conversation_id in mine] == ["From the other."]


async def test_a_parent_who_moves_to_the_page_is_answered_there(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("By text.")
    by_text = len(phone.rows(Delivery))
    question = asked.page().standing
    await asked.says("On the page.", asked=question.id if question else None)
    assert len(phone.rows(Delivery)) == by_text
    assert reads(phone, phone.turns()[0]) == ""  # what did not go out yet was seen on the page

    await phone.writes("By text again.")
    assert asked.words() == ["By text.", "On the page.", "By text again."]
    assert len(phone.rows(Delivery)) == by_text + 1


# ---- what is unsafe


@both_stores
async def test_unsafe_words_raise_an_alert_and_are_answered_at_once(asked: Speaker, phone: Telephone) -> None:
    await phone.writes(f"I am {UNSAFE}.")

    (alert,) = phone.rows(Alert)
    assert alert.words == f"I am {UNSAFE}."
    answer = reads(phone, phone.turns()[0])
    assert "a helpline" in answer
    assert "111" in answer
    assert "Tell me" not in answer


async def test_a_question_that_had_not_gone_out_is_answered_by_nobody(asked: Speaker, phone: Telephone) -> None:
    """They wrote on before it came: the record of an alert names the question that they had."""
    question = asked.page().standing
    phone.has_got_everything()
    await phone.writes("The noise.")
    await phone.writes(f"I am {UNSAFE}.")

    assert [turn.asked_shown_id for turn in phone.turns()] == [question and question.id] * 2
    (alert,) = phone.rows(Alert)
    assert [each["text"] for each in alert.asked_before] == ["Tell me about 1."]


async def test_words_out_of_the_blue_were_asked_by_nobody(phone: Telephone) -> None:
    await phone.writes(f"I am {UNSAFE}.")

    (alert,) = phone.rows(Alert)
    assert (alert.question, alert.asked_before) == (None, [])


@both_stores
async def test_stop_after_something_unsafe_holds_back_no_help(
    asked: Speaker, phone: Telephone, services: Services
) -> None:
    phone.has_got_everything()
    await phone.writes(f"I am {UNSAFE}.")
    await phone.writes("STOP")

    assert phone.kinds_to_send() == ["turn", "turn", "stopped"]
    with services.database.reading() as session:
        answer = session.exec(select(Delivery).where(Delivery.key == f"turn-{phone.turns()[0].id}")).one()
        assert wanted.is_wanted(session, answer, phone.carer(), "secret", now())


async def test_stop_loses_no_alert(asked: Speaker, phone: Telephone) -> None:
    phone.keeps(Received("SM-1", PHONE, f"I am {UNSAFE}.", "text"))
    await phone.writes("STOP")
    await phone.services.replayer.go_round()

    assert len(phone.rows(Alert)) == 1


async def test_whoever_said_stop_is_still_heard(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("STOP")
    await phone.writes(f"I am {UNSAFE}.")

    assert phone.said() == [f"I am {UNSAFE}."]
    assert len(phone.rows(Alert)) == 1


async def test_while_the_bot_is_away_words_are_kept_and_answered_later(
    asked: Speaker, phone: Telephone, bot: ScriptedBot
) -> None:
    bot.kill()
    await phone.writes("First.")
    await phone.writes("Second.")
    assert [(turn.text, turn.state) for turn in phone.turns()] == [("First.", "waiting"), ("Second.", "waiting")]

    bot.start()
    await phone.services.replayer.go_round()
    assert {turn.state for turn in phone.turns()} == {"answered"}
    assert phone.kinds_to_send() == ["turn"] * 3


async def test_words_that_break_the_bot_are_said_to_be_kept(asked: Speaker, phone: Telephone, bot: ScriptedBot) -> None:
    bot.refuses = "broken"
    await phone.writes("A broken sentence.")

    assert [turn.state for turn in phone.turns()] == ["refused"]
    assert reads(phone, phone.turns()[0]).endswith("Tell me about 1.")


# ---- numbers


async def test_what_is_offered_has_numbers(asked: Speaker, phone: Telephone) -> None:
    assert "\n1 Happy\n2 Sad\n" in reads(phone, f"open-{asked.conversation_id}")

    phone.has_got_everything()
    await phone.writes("٢")
    assert phone.turns()[0].choices == ["feeling:sad"]


async def test_lines_are_read_back_with_numbers(asked: Speaker, phone: Telephone, services: Services) -> None:
    await phone.writes("The noise.")
    await phone.writes("The bus.")
    with services.database.writing() as session:
        reading_back(session, asked, phone.turns()[-1])
        session.commit()
    written = reads(phone, phone.turns()[-1])
    assert "\n1 “The noise.”\n2 “The bus.”\n" in written

    phone.has_got_everything()
    await phone.writes("1")
    assert (phone.turns()[-1].choices, phone.turns()[-1].target) == (
        ["readback:leave_out"],
        {"turn": phone.turns()[0].id, "start": 0, "end": 10},
    )


def reading_back(session: object, asked: Speaker, turn: Turn) -> None:
    """As if the bot had begun to read back after this turn."""
    conversation = asked.conversation()
    conversation.state = "reading_back"
    session.merge(conversation)  # type: ignore[attr-defined]
    last = session.exec(select(Shown).where(Shown.turn_id == turn.id).order_by(Shown.id.desc())).first()  # type: ignore[attr-defined]
    last.kind, last.choices = "readback", [{"code": "readback:done", "text": "I am ready"}]
    session.add(last)  # type: ignore[attr-defined]


async def test_who_hides_their_number_is_nobody_and_not_a_carer_without_one(services: Services, people: People) -> None:
    cares(services.database, people, phone="")

    assert not Telephone(services, "").keeps(Received("SM-1", "", "Hello", "text")).opened


# ---- a word agreed, because others use the same telephone


async def test_beside_an_agreed_word_nothing_of_the_conversation_is_texted(
    asked: Speaker, phone: Telephone, services: Services
) -> None:
    await asked.says("The noise.")
    await phone.writes("Hello?")
    assert "Tell me" in reads(phone, phone.turns()[-1])
    with services.database.writing() as session:
        session.get_one(Carer, phone.carer().id).word_hash = "of a word"
        reading_back(session, asked, phone.turns()[-1])
        session.commit()

    phone.has_got_everything()
    await phone.writes("1")
    written = reads(phone, phone.turns()[-1])
    assert "The noise." not in written
    assert "Tell me" not in written
    assert (phone.turns()[-1].text, phone.turns()[-1].choices) == ("1", [])
    assert "kept" in written


async def test_beside_an_agreed_word_what_keeps_somebody_safe_is_still_said(
    asked: Speaker, phone: Telephone, services: Services
) -> None:
    with services.database.writing() as session:
        session.get_one(Carer, phone.carer().id).word_hash = "of a word"
        session.commit()
    await phone.writes(f"I am {UNSAFE}.")

    assert "a helpline" in reads(phone, phone.turns()[0])
    assert len(phone.rows(Alert)) == 1


async def test_who_texts_before_they_open_their_link_is_told_who_asks(
    phone: Telephone, people: People, services: Services, carer: Carer
) -> None:
    begun(services.database, people, carer)
    await phone.writes("He is ill.")

    assert [turn.kind for turn in phone.rows(Turn)] == ["open", "say"]
