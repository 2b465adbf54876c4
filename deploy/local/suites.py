"""make test: every test, in both Pythons."""

from __future__ import annotations

import asyncio
import sys
import tempfile

from deploy.local.environ import environ
from deploy.local.environments import API, BOT, RUN, TEST, prepare
from deploy.local.lacks import lacking
from deploy.local.model import trained
from deploy.local.processes import Command, call
from deploy.local.progress import Stop, say
from deploy.local.rasa import bot_environ
from deploy.local.settings import Settings

STDOUT = 1  # the figure of a file descriptor, as in processes.STDERR
SIDE_BY_SIDE = 2
NOTHING_SELECTED = 5  # pytest's exit status: of no interest when ARGS="-k …" selects in another suite

Suites = dict[str, Command]

BROWSED = ("tests/pages", "tests/journeys")  # Playwright's loop and that of the api's own tests do not share a process


async def set_up(settings: Settings, purpose: str = RUN) -> None:
    await prepare(BOT, settings, purpose)
    await prepare(API, settings, purpose)


async def test(settings: Settings) -> None:
    """Two suites side by side, on two cores; those with a browser alone, whose waits would become too long."""
    await set_up(settings, TEST)
    await trained(settings)  # the journeys start the product, and do not wait for a training
    by_browser, others = _apart(suites(settings))
    failed = await _side_by_side(others, settings)
    for name, suite in by_browser.items():
        say(f"Testing: {name}.")
        if await _fails(suite, settings, STDOUT):
            failed.append(name)
    for sentence in lacking():
        say(sentence)
    if failed:
        raise Stop(f"Tests failed: {', '.join(failed)}.")
    say("All tests passed, in both Pythons.")


def suites(settings: Settings) -> Suites:
    bot, api = str(BOT.python(settings)), str(API.python(settings))
    return {
        "the bot, in Python 3.10": _pytest(settings, bot, bot_environ(settings), "tests/bot"),
        "the interview, which has to hold in both Pythons": _pytest(settings, api, environ(), "tests/bot/interview"),
        "the api and the house": _pytest(settings, api, environ(), "tests", *(f"--ignore={room}" for room in BROWSED)),
        "pages and journeys, in a browser": _pytest(settings, api, environ(), *BROWSED),
    }


def _pytest(settings: Settings, python: str, environment: dict[str, str], *rooms: str) -> Command:
    return Command([python, "-m", "pytest", "-q", *settings.arguments, *rooms], settings.root, environment)


def _apart(all_suites: Suites) -> tuple[Suites, Suites]:
    browsed = {name: suite for name, suite in all_suites.items() if BROWSED[0] in suite.words}
    return browsed, {name: suite for name, suite in all_suites.items() if name not in browsed}


async def _side_by_side(chosen: Suites, settings: Settings) -> list[str]:
    """Names of those that failed. What each has to say is told when it ends, in one piece."""
    free = asyncio.Semaphore(SIDE_BY_SIDE)
    settings.build.mkdir(parents=True, exist_ok=True)

    async def fails(name: str, suite: Command) -> bool:
        async with free:
            with tempfile.TemporaryFile(dir=str(settings.build)) as told:
                failing = await _fails(suite, settings, told.fileno())
                told.seek(0)
                say(f"Tested: {name}.")
                sys.stdout.write(told.read().decode(errors="replace"))
                sys.stdout.flush()
                return failing

    say(f"Testing: {'; '.join(chosen)}.")
    outcomes = await asyncio.gather(*(fails(name, suite) for name, suite in chosen.items()))
    return [name for name, failing in zip(chosen, outcomes) if failing]


async def _fails(suite: Command, settings: Settings, stdout: int) -> bool:
    status = await call(suite, stdout=stdout)
    return status != 0 and not (status == NOTHING_SELECTED and settings.arguments)
