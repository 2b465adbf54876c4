from collections.abc import AsyncIterator

import pytest

from api.agent import Agent
from api.database import Database
from api.models import Carer
from api.services.reaching.courier import Courier
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from api.services.texting.opening import open_by_text
from tests.api.people import People
from tests.api.reached import Clock, TextCarrier, begun, cares, courier_of
from tests.api.scripted_bot import SECRET, ScriptedBot
from tests.api.speaker import Services, Speaker
from tests.api.texting import Telephone

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


# ---- a carer, and who carries messages to them


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def texts() -> TextCarrier:
    return TextCarrier()


@pytest.fixture
def courier(database: Database, clock: Clock, texts: TextCarrier) -> Courier:
    return courier_of(database, clock, texts)


@pytest.fixture
def carer(database: Database, people: People) -> Carer:
    return cares(database, people)


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
