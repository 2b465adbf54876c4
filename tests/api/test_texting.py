"""A conversation by text message: words are kept in the right place once, and whoever wrote is answered there."""

import asyncio

import pytest
from sqlmodel import select

from api.access import as_the_product
from api.models import Alert, Attempt, Carer, Delivery, Shown, Turn, now
from api.pages.rendering import build_pages
from api.pages.texts import written_turn
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


@pytest.fixture
def carer(services: Services, people: People) -> Carer:
    return cares(services.database, people)


@pytest.fixture
def phone(services: Services, carer: Carer) -> Telephone:
    return Telephone(services, carer.phone)


@pytest.fixture
async def asked(services: Services, people: People, carer: Carer) -> Speaker:
    """A conversation whose first question came by text."""
    conversation = begun(services.database, people, carer)
    with services.database.writing() as session:
        open_by_text(session, conversation, "text")
        session.commit()
    await services.replayer.go_round()
    return Speaker(services, conversation.id)


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
    await phone.writes('The noise & the "bus".')

    assert [(turn.text, turn.channel, turn.asked_shown_id) for turn in phone.turns()] == [
        ('The noise & the "bus".', "text", question and question.id)
    ]
    assert 'You said “\u2068The noise & the "bus"\u2069”.\nTell me about 2.' in reads(phone, phone.turns()[0])


@both_stores
async def test_the_same_message_counts_once_although_another_question_stands_now(
    asked: Speaker, phone: Telephone, bot: ScriptedBot
) -> None:
    await phone.writes("2")
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
    with phone.services.database.writing() as session, as_the_product(session):
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

    await phone.writes("٢")
    assert phone.turns()[0].choices == ["feeling:sad"]


async def test_lines_are_read_back_with_numbers(asked: Speaker, phone: Telephone, services: Services) -> None:
    await phone.writes("The noise.")
    await phone.writes("The bus.")
    with services.database.writing() as session, as_the_product(session):
        reading_back(session, asked, phone.turns()[-1])
        session.commit()
    written = reads(phone, phone.turns()[-1])
    assert "\n1 “The noise.”\n2 “The bus.”\n" in written

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


# ---- words that steer


async def test_stop_ends_what_waits_for_all_their_children(
    asked: Speaker, phone: Telephone, people: People, services: Services
) -> None:
    cares(services.database, people, pupil_id=people.other_pupil.id)
    await phone.writes("The noise.")
    assert phone.kinds_to_send() == ["turn", "turn"]

    await phone.writes("stop")
    assert all(each.stopped_at for each in phone.rows(Carer))
    assert phone.kinds_to_send() == ["stopped"]
    assert phone.said() == ["The noise."]


async def test_stop_in_their_language_stops(services: Services, people: People) -> None:
    cares(services.database, people, language="so")
    phone = Telephone(services, PHONE)
    await phone.writes("Jooji")

    assert phone.carer().stopped_at
    assert phone.conversations() == []


async def test_stop_inside_a_sentence_is_told(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("He should stop school for a week")

    assert phone.said() == ["He should stop school for a week"]
    assert phone.carer().stopped_at is None


async def test_start_begins_again_and_an_old_stop_posted_late_changes_nothing(phone: Telephone) -> None:
    stop = Received("SM-stop", PHONE, "STOP", "text")
    phone.keeps(stop)
    phone.keeps(Received("SM-start", PHONE, "START", "text"))
    phone.keeps(stop)

    assert phone.carer().stopped_at is None
    assert phone.kinds_to_send() == ["stopped", "started"]


async def test_yes_starts_again_only_whoever_had_stopped(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("Yes")
    assert phone.said() == ["Yes"]

    await phone.writes("STOP")
    await phone.writes("Yes")
    assert phone.carer().stopped_at is None


async def test_help_is_answered_and_is_no_turn(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("HELP")

    assert phone.kinds_to_send() == ["turn", "help"]
    assert phone.said() == []


async def test_call_brings_a_person(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("Call me")
    await phone.writes("Call me", again=True)

    assert phone.tasks() == ["call_back"]
    assert phone.kinds_to_send() == ["turn", "call_back"]


async def test_a_picture_brings_a_person_and_its_words_are_told(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("Look at this", pictures=1)
    await phone.writes("", pictures=1)

    assert phone.tasks() == ["call_back", "call_back"]
    assert phone.said() == ["Look at this"]
    assert len([each for each in phone.rows(Delivery) if "attachment" in each.about]) == 2


# ---- who is not known


@both_stores
async def test_of_an_unknown_number_nothing_is_kept_and_it_is_told_once_a_day(phone: Telephone) -> None:
    stranger = Telephone(phone.services, OTHER_PHONE)
    first, second = await stranger.writes(f"I am {UNSAFE}."), await stranger.writes("Who is this?")

    assert (first.is_unknown, second.is_unknown) == (True, False)
    assert (stranger.rows(Turn), stranger.rows(Delivery), stranger.tasks()) == ([], [], [])
    assert OTHER_PHONE not in repr([attempt.model_dump() for attempt in stranger.rows(Attempt)])


async def test_whoever_cares_no_longer_is_not_known(services: Services, people: People) -> None:
    cares(services.database, people, left_at=now())
    assert (await Telephone(services, PHONE).writes("Hello.")).is_unknown


async def test_a_sender_without_a_number_is_not_answered(services: Services, people: People) -> None:
    kept = await Telephone(services, "PARCEL").writes("Your parcel is here.")
    assert (kept.opened, kept.is_unknown) == (None, False)


async def test_who_lives_apart_waits_for_the_lead(services: Services, people: People) -> None:
    cares(services.database, people, lives_apart=True)
    phone = Telephone(services, PHONE)
    kept = [await phone.writes("Hello."), await phone.writes("Hello?")]

    assert [each.is_unknown for each in kept] == [True, False]
    assert (phone.conversations(), phone.rows(Turn)) == ([], [])
    assert phone.tasks() == ["agree_carer"]


async def test_who_may_not_be_reached_can_stop_messages_all_the_same(services: Services, people: People) -> None:
    cares(services.database, people, lives_apart=True)
    phone = Telephone(services, PHONE)
    await phone.writes("STOP")

    assert phone.carer().stopped_at
    assert phone.rows(Delivery) == []
