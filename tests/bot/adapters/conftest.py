from __future__ import annotations

import asyncio
import uuid
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from adapters import launcher

from deploy.local.model import trained
from deploy.local.settings import read_settings
from tests.bot.adapters.postgres import Postgres, missing
from tests.bot.adapters.running_bot import RunningBot, Talk

launcher.prepare()
with warnings.catch_warnings():  # Rasa and what it brings along are old
    warnings.simplefilter("ignore")
    import_module("rasa.core.run")


@pytest.fixture(scope="session")
def model() -> Path:
    """The product's own, trained now if anything that it is made from changed."""
    return asyncio.run(trained(read_settings({})))


@pytest.fixture(scope="session")
def bot(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    folder = tmp_path_factory.mktemp("bot")
    running = RunningBot(model, f"sqlite:///{folder / 'tracker.db'}", folder / "bot.log")
    yield running
    running.stop()


@pytest.fixture
def start(model: Path, tmp_path: Path) -> Iterator[Callable[[str], RunningBot]]:
    """Starts a bot of the test's own on a store; whatever is left running afterwards is stopped."""
    started: list[RunningBot] = []

    def starting(store: str) -> RunningBot:
        started.append(RunningBot(model, store, tmp_path / "bot.log"))
        return started[-1]

    yield starting
    for running in started:
        running.kill()


@pytest.fixture
def talk(bot: RunningBot) -> Talk:
    return Talk(bot, uuid.uuid4().hex)


@pytest.fixture
def parents_talk(bot: RunningBot) -> Talk:
    return Talk(bot, uuid.uuid4().hex, guide="parent")


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    with TemporaryDirectory(prefix="pupil-voice-postgres-") as folder:  # tmp_path is closed to other users
        server = Postgres(Path(folder))
        yield server
        server.stop()
