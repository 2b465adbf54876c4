from collections.abc import AsyncIterator

import pytest

from api.agent import Agent
from api.database import Database
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from tests.api.people import People
from tests.api.scripted_bot import SECRET, ScriptedBot
from tests.api.speaker import Services, Speaker

BOT_TIMEOUT = 2.0


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def services(database: Database, bot: ScriptedBot) -> AsyncIterator[Services]:
    async with Agent(bot.url, SECRET, BOT_TIMEOUT) as agent:
        services = Services(database, agent)
        yield services
        await services.turns.close()


@pytest.fixture
async def speaker(services: Services, people: People) -> Speaker:
    """The pupil, in a conversation that the trusted adult started."""
    with services.database.writing() as session:
        conversation = conversations.start(
            session, people.adult, people.pupil.id, Plan("pupil", "en", None, None, "adult", "library")
        )
    return Speaker(services, conversation.id)


@pytest.fixture
async def parent(services: Services, people: People) -> Speaker:
    with services.database.writing() as session:
        conversation = conversations.start(session, people.adult, people.pupil.id, Plan("parent", "ar"))
    return Speaker(services, conversation.id)
