import pytest

from api.agent import Agent, BotUnreachable, Earlier, TurnSent
from tests.api.scripted_bot import SECRET, ScriptedBot

pytestmark = pytest.mark.anyio
SENT = TurnSent(
    conversation="c1",
    turn="t1",
    previous=None,
    kind="open",
    text="",
    choices=[],
    asked=None,
    target=None,
    language="en",
    audience="pupil",
    guide="pupil",
    age_band="8-11",
    pattern=None,
    earlier=Earlier(),
)


async def test_a_reply_is_read(bot: ScriptedBot) -> None:
    async with Agent(bot.url, SECRET, 2) as agent:
        assert (await agent.turn(SENT)).interview.state == "asking"
        assert await agent.is_ready()


async def test_a_wrong_secret_is_like_no_bot(bot: ScriptedBot) -> None:
    async with Agent(bot.url, "wrong", 2) as agent:
        with pytest.raises(BotUnreachable):
            await agent.turn(SENT)


async def test_a_slow_bot_is_like_no_bot(bot: ScriptedBot) -> None:
    bot.hold.clear()
    async with Agent(bot.url, SECRET, 0.1) as agent:
        with pytest.raises(BotUnreachable):
            await agent.turn(SENT)
    bot.hold.set()


async def test_a_bot_that_is_down_is_not_ready(bot: ScriptedBot) -> None:
    bot.kill()
    async with Agent(bot.url, SECRET, 2) as agent:
        assert not await agent.is_ready()
