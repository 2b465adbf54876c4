"""make test: every test, in both Pythons."""

from __future__ import annotations

from deploy.local.environ import environ
from deploy.local.environments import API, BOT, RUN, TEST, prepare
from deploy.local.lacks import lacking
from deploy.local.model import trained
from deploy.local.processes import Command, call
from deploy.local.progress import Stop, say
from deploy.local.rasa import bot_environ
from deploy.local.settings import Settings

STDOUT = 1  # the figure of a file descriptor, as in processes.STDERR
NOTHING_SELECTED = 5  # pytest's exit status: of no interest when ARGS="-k …" selects in another suite

BROWSED = ("tests/pages", "tests/journeys")  # Playwright's loop and that of the api's own tests do not share a process


async def set_up(settings: Settings, purpose: str = RUN) -> None:
    await prepare(BOT, settings, purpose)
    await prepare(API, settings, purpose)


async def test(settings: Settings) -> None:
    """One suite after the other: side by side, the browser's waits become too long on two cores."""
    await set_up(settings, TEST)
    await trained(settings)  # the journeys start the product, and do not wait for a training
    failed = []
    for name, suite in suites(settings).items():
        say(f"Testing: {name}.")
        if await _fails(suite, settings):
            failed.append(name)
    for sentence in lacking():
        say(sentence)
    if failed:
        raise Stop(f"Tests failed: {', '.join(failed)}.")
    say("All tests passed, in both Pythons.")


def suites(settings: Settings) -> dict[str, Command]:
    bot, api = str(BOT.python(settings)), str(API.python(settings))
    return {
        "the bot, in Python 3.10": _pytest(settings, bot, bot_environ(settings), "tests/bot"),
        "the interview, which has to hold in both Pythons": _pytest(settings, api, environ(), "tests/bot/interview"),
        "the api and the house": _pytest(settings, api, environ(), "tests", *(f"--ignore={room}" for room in BROWSED)),
        "pages and journeys, in a browser": _pytest(settings, api, environ(), *BROWSED),
    }


def _pytest(settings: Settings, python: str, environment: dict[str, str], *rooms: str) -> Command:
    return Command([python, "-m", "pytest", "-q", *settings.arguments, *rooms], settings.root, environment)


async def _fails(suite: Command, settings: Settings) -> bool:
    status = await call(suite, stdout=STDOUT)
    return status != 0 and not (status == NOTHING_SELECTED and settings.arguments)
