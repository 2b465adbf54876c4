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
NOTHING_SELECTED = 5  # pytest's exit status: of no interest when ARGS="-k …" selects in another suite

Suites = dict[str, Command]

PAGES = ("tests/pages/staff", "tests/pages/speakers")
JOURNEYS = "tests/journeys"
# journeys that assert nothing about a second: they may run while the machine is busy
PATIENT = tuple(
    f"{JOURNEYS}/test_{name}.py"
    for name in (
        "every_language",
        "every_staff_page",
        "a_six_year_old_taps",
        "a_first_day_of_absence",
        "a_parent_moves_from_text_to_link",
    )
)


async def set_up(settings: Settings, purpose: str = RUN) -> None:
    await prepare(BOT, settings, purpose)
    await prepare(API, settings, purpose)


async def test(settings: Settings) -> None:
    """Two suites at a time, on two cores. Beside the journeys in which a second counts runs what needs the least."""
    await set_up(settings, TEST)
    await trained(settings)  # the journeys start the product, and do not wait for a training
    failed = await _two_at_a_time(suites(settings), settings)
    failed += await _two_at_a_time(last_suites(settings), settings)
    for sentence in lacking():
        say(sentence)
    if failed:
        raise Stop(f"Tests failed: {', '.join(failed)}.")
    say("All tests passed, in both Pythons.")


def suites(settings: Settings) -> Suites:
    """The longest first, so that the last to begin is short. Playwright's plain interface and the asynchronous tests of
    the api do not share a process.
    """
    bot, api = str(BOT.python(settings)), str(API.python(settings))
    apart = [f"--ignore={room}" for room in ("tests/pages", JOURNEYS)]
    return {
        "journeys that have time, in a browser": _pytest(settings, api, environ(), *PATIENT),
        "the bot, in Python 3.10": _pytest(settings, bot, bot_environ(settings), "tests/bot"),
        "the api and the house": _pytest(settings, api, environ(), "tests", *apart),
        "the staff's pages": _pytest(settings, api, environ(), PAGES[0]),
        "the interview, which has to hold in both Pythons": _pytest(settings, api, environ(), "tests/bot/interview"),
    }


def last_suites(settings: Settings) -> Suites:
    api, rooms = str(API.python(settings)), (JOURNEYS, *(f"--ignore={each}" for each in PATIENT))
    return {
        "journeys, in a browser": _pytest(settings, api, environ(), *rooms),
        "the speakers' pages": _pytest(settings, api, environ(), PAGES[1]),
    }


def _pytest(settings: Settings, python: str, environment: dict[str, str], *rooms: str) -> Command:
    return Command([python, "-m", "pytest", "-q", *settings.arguments, *rooms], settings.root, environment)


async def _two_at_a_time(chosen: Suites, settings: Settings) -> list[str]:
    """Names of those that failed. What each has to say is told when it ends, in one piece."""
    free = asyncio.Semaphore(2)
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


async def _fails(suite: Command, settings: Settings, told: int) -> bool:
    status = await call(suite, stdout=told)
    return status != 0 and not (status == NOTHING_SELECTED and settings.arguments)
