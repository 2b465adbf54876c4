"""Down, slow, broken, killed or without memory: words are kept, and answered in order when it is back."""

import asyncio

import pytest

from api import access
from api.models import Alert, Shown, Turn
from api.services.talk.replay import Replayer
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.api.soon import soon_async
from tests.api.speaker import Services, Speaker

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("store", ["sqlite", "postgresql"])]


async def test_words_wait_while_the_bot_is_down(speaker: Speaker, bot: ScriptedBot) -> None:
    bot.kill()

    assert (await speaker.says("The noise.")).state == "waiting"
    assert speaker.words() == ["The noise."]
    assert speaker.page().waiting


async def test_waiting_turns_are_answered_in_order_when_the_bot_is_back(
    speaker: Speaker, bot: ScriptedBot, services: Services
) -> None:
    bot.kill()
    await speaker.says("One.")
    await speaker.says("Two.")
    bot.start()
    await services.replayer.go_round()

    assert [turn["text"] for turn in bot.heard] == ["One.", "Two."]
    assert not speaker.page().waiting


async def test_a_new_turn_brings_the_waiting_ones_along(speaker: Speaker, bot: ScriptedBot) -> None:
    bot.kill()
    await speaker.says("One.")
    bot.start()
    await speaker.says("Two.")

    assert [turn["text"] for turn in bot.heard] == ["One.", "Two."]
    assert not speaker.page().waiting


async def test_a_bot_killed_in_the_middle_of_a_turn_answers_it_once(
    speaker: Speaker, bot: ScriptedBot, services: Services
) -> None:
    bot.hold.clear()
    saying = asyncio.create_task(speaker.says("The noise."))
    await asyncio.to_thread(bot.arrived.wait, 5)
    bot.kill()
    assert (await saying).state == "waiting"

    bot.start()
    await services.replayer.go_round()

    assert [turn.state for turn in speaker.rows(Turn)] == ["answered"]
    assert len(speaker.rows(Shown)) == 2


async def test_a_person_is_not_kept_waiting_by_a_slow_bot(
    speaker: Speaker, bot: ScriptedBot, services: Services
) -> None:
    services.turns._patience = 0.1
    bot.hold.clear()
    assert (await speaker.says("The noise.")).state == "waiting"

    bot.hold.set()
    assert await soon_async(lambda: not speaker.page().waiting)
    assert len(speaker.rows(Shown)) == 2


async def test_a_bot_that_forgot_hears_the_conversation_again(speaker: Speaker, bot: ScriptedBot) -> None:
    await speaker.opens()
    await speaker.says("One.")
    before = speaker.page().exchanges
    bot.forget()
    bot.heard.clear()

    assert (await speaker.says("Two.")).state == "answered"

    assert [turn["text"] for turn in bot.heard] == ["Two.", "", "One.", "Two."]
    assert speaker.page().exchanges[:2] == before


async def test_a_bot_that_forgot_a_part_hears_only_that_part(speaker: Speaker, bot: ScriptedBot) -> None:
    for text in ("One.", "Two.", "Three."):
        await speaker.says(text)
    del bot.talks[speaker.conversation_id].turns[1:]
    bot.heard.clear()

    await speaker.says("Four.")

    assert [turn["text"] for turn in bot.heard] == ["Four.", "Two.", "Three.", "Four."]


async def test_an_alert_is_not_raised_again_when_the_bot_hears_it_again(speaker: Speaker, bot: ScriptedBot) -> None:
    await speaker.says(f"I am {UNSAFE}.")
    bot.forget()
    await speaker.says("Thank you.")

    assert len(speaker.rows(Alert)) == 1


async def test_a_turn_that_the_bot_refuses_does_not_hold_up_the_next(speaker: Speaker, bot: ScriptedBot) -> None:
    bot.refuses = "strange"

    assert (await speaker.says("Something strange.")).state == "refused"
    assert (await speaker.says("Something else.")).state == "answered"
    assert speaker.words() == ["Something strange.", "Something else."]


async def test_a_turn_that_breaks_the_bot_is_tried_again_and_then_left_to_people(
    speaker: Speaker, bot: ScriptedBot, services: Services
) -> None:
    bot.broken = True
    assert (await speaker.says("The noise.")).state == "waiting"
    for _ in range(2):
        await services.replayer.go_round()

    assert [turn.state for turn in speaker.rows(Turn)] == ["refused"]


async def test_a_turn_that_breaks_the_bot_does_not_hold_up_others(
    speaker: Speaker, parent: Speaker, bot: ScriptedBot, services: Services
) -> None:
    bot.kill()
    await speaker.says("strange")
    await parent.says("The bus.")
    bot.refuses = "strange"
    bot.start()
    await services.replayer.go_round()

    assert not parent.page().waiting


async def test_a_turn_that_the_bot_is_too_slow_for_does_not_hold_up_others(
    speaker: Speaker, parent: Speaker, bot: ScriptedBot, services: Services
) -> None:
    bot.kill()
    await speaker.says("strange")
    await parent.says("The bus.")
    bot.stumbles = "strange"
    bot.start()
    await services.replayer.go_round()

    assert not parent.page().waiting


async def test_a_conversation_that_breaks_the_api_does_not_hold_up_others(
    speaker: Speaker, parent: Speaker, bot: ScriptedBot, services: Services
) -> None:
    bot.kill()
    await speaker.says("strange")
    await parent.says("The bus.")
    spoil(services, speaker)
    bot.start()
    await services.replayer.go_round()

    assert not parent.page().waiting


async def test_the_replayer_goes_on_after_an_error_that_nobody_foresaw(
    speaker: Speaker, bot: ScriptedBot, services: Services
) -> None:
    bot.kill()
    await speaker.says("The bus.")
    rounds = Interrupted(services.database, services.replayer._asking)
    running = asyncio.create_task(rounds.run())
    bot.start()

    assert await soon_async(lambda: not speaker.page().waiting and not rounds.is_busy_with(speaker))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


class Interrupted(Replayer):
    """Its first round ends as no round should."""

    first = True

    async def go_round(self) -> None:
        if self.first:
            self.first = False
            raise KeyError
        await super().go_round()

    def is_busy_with(self, speaker: Speaker) -> bool:
        return self._asking.order.is_taken(speaker.conversation_id)


def spoil(services: Services, speaker: Speaker) -> None:
    """A record that the api itself cannot read."""
    with services.database.writing() as session:
        for turn in access.turns_in(session, speaker.opened):
            turn.target = {"turn": "no such place"}
        session.commit()
