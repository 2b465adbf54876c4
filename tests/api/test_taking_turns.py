"""A turn is stored before the bot is asked, answered once, and in order of arrival."""

import asyncio

import pytest

from api.errors import NotFound, TurnIdTaken, UnknownLanguage
from api.models import Shown, Turn
from tests.api.scripted_bot import ScriptedBot
from tests.api.speaker import Speaker

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("store", ["sqlite", "postgresql"])]


async def test_the_first_turn_brings_the_first_question(speaker: Speaker) -> None:
    assert (await speaker.opens()).state == "answered"

    assert [shown.kind for shown in speaker.page().exchanges[0].shown] == ["notice", "question"]
    assert speaker.conversation().state == "asking"


async def test_a_conversation_is_opened_once(speaker: Speaker, bot: ScriptedBot) -> None:
    opened = speaker.opened
    await asyncio.gather(speaker.opens(), speaker.opens())
    await speaker.opens()

    assert opened.conversation.state == "new"
    assert [turn["kind"] for turn in bot.heard] == ["open"]


async def test_words_are_stored_before_the_bot_answers(speaker: Speaker, bot: ScriptedBot) -> None:
    bot.hold.clear()
    saying = asyncio.create_task(speaker.says("The noise."))
    await asyncio.to_thread(bot.arrived.wait, 5)

    assert [(turn.text, turn.state) for turn in speaker.rows(Turn)] == [("The noise.", "waiting")]
    bot.hold.set()
    assert (await saying).state == "answered"


async def test_an_answer_keeps_the_exact_question_that_was_shown(speaker: Speaker, bot: ScriptedBot) -> None:
    await speaker.opens()
    question = speaker.page().standing
    assert question

    await speaker.says("The noise.", asked=question.id)

    assert speaker.page().exchanges[-1].asked == question
    assert bot.heard[-1]["asked"] == question.response


async def test_an_old_tab_answers_the_question_that_stood_on_it(speaker: Speaker, bot: ScriptedBot) -> None:
    await speaker.opens()
    first = speaker.page().standing
    assert first
    await speaker.says("In one tab.", asked=first.id)
    await speaker.says("In another tab.", asked=first.id)

    assert [turn["asked"] for turn in bot.heard] == [None, first.response, first.response]
    assert speaker.words() == ["In one tab.", "In another tab."]


async def test_the_same_turn_again_counts_once(speaker: Speaker, bot: ScriptedBot) -> None:
    first = await speaker.says("Once.", turn="t1")
    again = await speaker.says("Once.", turn="t1")

    assert again == first
    assert len(bot.heard) == len(speaker.rows(Turn)) == 1


async def test_the_same_turn_twice_at_one_moment_counts_once(speaker: Speaker) -> None:
    both = await asyncio.gather(speaker.says("Once.", turn="t1"), speaker.says("Once.", turn="t1"))

    assert both[0] == both[1]
    assert speaker.words() == ["Once."]
    assert len(speaker.rows(Shown)) == 2


async def test_a_turn_id_cannot_be_used_for_other_words(speaker: Speaker) -> None:
    await speaker.says("Once.", turn="t1")

    with pytest.raises(TurnIdTaken):
        await speaker.says("Twice.", turn="t1")
    assert speaker.words() == ["Once."]


async def test_a_turn_id_of_another_conversation_tells_nothing(speaker: Speaker, parent: Speaker) -> None:
    await speaker.says("Only for my adult.", turn="t1")

    with pytest.raises(TurnIdTaken):
        await parent.says("Only for my adult.", turn="t1")
    assert parent.words() == []


async def test_a_question_of_another_conversation_does_not_exist(speaker: Speaker, parent: Speaker) -> None:
    await speaker.opens()
    question = speaker.page().standing
    assert question

    with pytest.raises(NotFound):
        await parent.says("Hello.", asked=question.id)


async def test_a_line_of_another_conversation_does_not_exist(speaker: Speaker, parent: Speaker) -> None:
    said = await speaker.says("Only for my adult.")

    with pytest.raises(NotFound):
        await parent.leaves_out(said, "Only for my adult.")


async def test_two_messages_at_one_moment_are_both_answered_in_order(speaker: Speaker, bot: ScriptedBot) -> None:
    outcomes = await asyncio.gather(*(speaker.says(f"Message {n}.") for n in range(5)))

    assert {outcome.state for outcome in outcomes} == {"answered"}
    assert [turn["text"] for turn in bot.heard] == speaker.words()
    assert sorted(speaker.words()) == [f"Message {n}." for n in range(5)]


async def test_each_turn_names_the_one_before_it(speaker: Speaker, bot: ScriptedBot) -> None:
    first = await speaker.says("One.")
    await speaker.says("Two.")

    assert [turn["previous"] for turn in bot.heard] == [None, first.turn]


async def test_a_chosen_language_is_kept_and_the_bot_speaks_it(speaker: Speaker, bot: ScriptedBot) -> None:
    await speaker.opens()
    await speaker.takes_language("ar")

    assert speaker.conversation().language == "ar"
    assert bot.heard[-1]["language"] == "ar"
    assert speaker.page().exchanges[-1].shown[-1].direction == "rtl"


async def test_a_language_chosen_before_the_start_is_not_a_turn(speaker: Speaker, bot: ScriptedBot) -> None:
    assert await speaker.takes_language("ar") is None

    assert speaker.conversation().language == "ar"
    assert bot.heard == []


async def test_a_language_that_is_not_offered_is_refused(speaker: Speaker) -> None:
    await speaker.opens()

    with pytest.raises(UnknownLanguage):
        await speaker.chooses("language:xx")
    assert speaker.conversation().language == "en"
