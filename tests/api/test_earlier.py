"""What the same person told before reaches the bot by codes, and nobody else's (practice 15)."""

import pytest

from api.models import Audience, Conversation
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from tests.api.people import People
from tests.api.scripted_bot import ScriptedBot
from tests.api.speaker import Services, Speaker

pytestmark = pytest.mark.anyio
TOLD = {"conversations": 1, "topics": ["good_day"]}
NOTHING = {"conversations": 0, "topics": []}


def another(services: Services, people: People, audience: Audience, relation: str = "") -> Conversation:
    with services.database.writing() as session:
        return conversations.start(session, people.adult, people.pupil.id, Plan(audience, "en", relation=relation))


async def heard_of(services: Services, conversation: Conversation, bot: ScriptedBot) -> object:
    await Speaker(services, conversation.id).opens()
    return bot.heard[-1]["earlier"]


async def test_the_first_conversation_knows_of_none(speaker: Speaker, bot: ScriptedBot) -> None:
    await speaker.opens()
    assert bot.heard[-1]["earlier"] == NOTHING


async def test_the_next_conversation_knows_what_was_told(
    speaker: Speaker, services: Services, people: People, bot: ScriptedBot
) -> None:
    await speaker.opens()
    await speaker.says("It was loud")
    assert await heard_of(services, another(services, people, "pupil"), bot) == TOLD


async def test_what_was_left_out_is_not_told(
    speaker: Speaker, services: Services, people: People, bot: ScriptedBot
) -> None:
    await speaker.opens()
    await speaker.leaves_out(await speaker.says("It was loud"), "It was loud")
    assert await heard_of(services, another(services, people, "pupil"), bot) == {"conversations": 1, "topics": []}


async def test_a_parent_hears_nothing_of_what_the_pupil_told(
    speaker: Speaker, services: Services, people: People, bot: ScriptedBot
) -> None:
    await speaker.opens()
    await speaker.says("It was loud")
    assert await heard_of(services, another(services, people, "parent", "uncle"), bot) == NOTHING


async def test_one_carer_hears_nothing_of_what_another_told(
    services: Services, people: People, bot: ScriptedBot
) -> None:
    uncle = Speaker(services, another(services, people, "parent", "uncle").id)
    await uncle.opens()
    await uncle.says("He sleeps badly")
    assert await heard_of(services, another(services, people, "parent", "mother"), bot) == NOTHING
    assert await heard_of(services, another(services, people, "parent", "uncle"), bot) == TOLD
