"""Turns of one conversation reach the bot one at a time, whichever process took them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from api.agent import Agent
from api.database import Database
from tests.api.scripted_bot import SECRET, ScriptedBot
from tests.api.soon import soon_async
from tests.api.speaker import Services, Speaker

pytestmark = pytest.mark.anyio


@pytest.fixture
async def second_process(database_url: str, bot: ScriptedBot) -> AsyncIterator[Services]:
    """It shares the store with the first, and no memory."""
    database = Database(database_url)
    async with Agent(bot.url, SECRET, 2) as agent:
        services = Services(database, agent)
        yield services
        await services.turns.close()
    database.close()


@pytest.mark.parametrize("store", ["postgresql"])
async def test_two_processes_do_not_ask_about_one_conversation_at_once(
    speaker: Speaker, second_process: Services, bot: ScriptedBot
) -> None:
    elsewhere = Speaker(second_process, speaker.conversation_id)
    await asyncio.gather(*(one.says(f"{n}") for n in range(4) for one in (speaker, elsewhere)))

    assert [turn["text"] for turn in bot.heard] == speaker.words()
    assert [turn["previous"] for turn in bot.heard] == [None, *(turn["turn"] for turn in bot.heard[:-1])]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
async def test_conversations_do_not_wait_for_each_other(speaker: Speaker, parent: Speaker, bot: ScriptedBot) -> None:
    bot.hold.clear()
    both = asyncio.gather(speaker.says("One."), parent.says("Two."))
    assert await soon_async(lambda: len(bot.heard) == 2)
    bot.hold.set()

    assert {outcome.state for outcome in await both} == {"answered"}
