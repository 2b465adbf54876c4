from __future__ import annotations

import shutil
import uuid
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from adapters import launcher

from tests.bot.adapters.postgres import Postgres, missing
from tests.bot.adapters.running_bot import ROOT, RunningBot, Talk, run_rasa

NLU_OF_THE_TESTS = ("control.yml", "everyday.yml", "feelings.yml", "school.yml", "unsafe.yml")

launcher.prepare()
with warnings.catch_warnings():  # Rasa and what it brings along are old
    warnings.simplefilter("ignore")
    import_module("rasa.core.run")


@pytest.fixture(scope="session")
def training_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So much of the English messages that training takes seconds."""
    data = tmp_path_factory.mktemp("training") / "data"
    (data / "nlu").mkdir(parents=True)
    for name in NLU_OF_THE_TESTS:
        shutil.copy(ROOT / "bot" / "data" / "nlu" / "en" / name, data / "nlu")
    return data


@pytest.fixture(scope="session")
def model(training_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    config = yaml.safe_load((ROOT / "bot" / "config.yml").read_text(encoding="utf-8"))
    for part in config["pipeline"]:
        if "messages" in part:
            part["messages"] = str(training_data / "nlu")
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    done = run_rasa("train", "--config", str(folder / "config.yml"), "--out", str(folder))
    assert done.returncode == 0, done.stderr[-3000:]
    return next(folder.glob("*.tar.gz"))


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
