"""Commands that set up what is missing and then become another program, so that pipe and keyboard are its own."""

from __future__ import annotations

from pathlib import Path

from deploy.local.environ import environ
from deploy.local.environments import API, BOT, PEER, TEST, prepare
from deploy.local.model import trained
from deploy.local.processes import Command, call
from deploy.local.progress import Stop
from deploy.local.rasa import bot_environ, rasa
from deploy.local.settings import Settings
from deploy.local.suites import STDOUT, set_up


async def train(settings: Settings) -> Path:
    await prepare(BOT, settings)
    return await trained(settings)


async def understand(settings: Settings) -> Command:
    model = await train(settings)
    words = [*_module(BOT.python(settings), "understanding", settings), "--model", str(model)]
    return Command(words, settings.root, bot_environ(settings))


async def evaluate(settings: Settings) -> Command:
    """First how messages are understood, then how conversations go; files of messages are for the first alone."""
    model = ["--model", str(await train(settings))]
    options = [word for word in settings.arguments if word.startswith("--")]
    read = [*_module(BOT.python(settings), "understanding.evaluation", settings), *model]
    talk = [str(BOT.python(settings)), "-m", "adapters.measures", *options, *model]
    if await call(Command(read, settings.root, bot_environ(settings)), stdout=STDOUT):
        raise Stop("The messages could not be evaluated; the lines above say why.")
    return Command(talk, settings.root, bot_environ(settings))


async def questions(settings: Settings) -> Command:
    python = await prepare(BOT, settings)
    return Command(_module(python, "interview.questions", settings), settings.root, bot_environ(settings))


async def openness(settings: Settings) -> Command:
    python = await prepare(BOT, settings)
    return Command(_module(python, "interview.openness", settings), settings.root, bot_environ(settings))


async def bare_rasa(settings: Settings) -> Command:
    await prepare(BOT, settings)
    return rasa(settings, settings.arguments)


async def bench(settings: Settings) -> Command:
    await set_up(settings, TEST)
    await trained(settings)
    if settings.peer:
        await prepare(PEER, settings)
    return Command(
        [str(API.python(settings)), "-m", "tests.bench", *(settings.arguments or ["run"])], settings.root, environ()
    )


async def screenshot(settings: Settings) -> Command:
    await set_up(settings, TEST)
    await trained(settings)
    pictures = ("tests/journeys/screenshot.py", "tests/journeys/test_every_staff_page.py")
    words = [str(API.python(settings)), "-m", "pytest", "-q", *pictures]
    return Command(words, settings.root, environ(PICTURES="1"))


async def extract(settings: Settings) -> Command:
    python = await prepare(API, settings, TEST)
    return Command([str(python), "-m", "translations.catalogs", "extract"], settings.root, environ())


def _module(python: Path, name: str, settings: Settings) -> list[str]:
    return [str(python), "-m", name, *settings.arguments]
