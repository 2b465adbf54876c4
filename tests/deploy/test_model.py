"""When the bot is trained."""

import asyncio
import os
from pathlib import Path

import pytest

from deploy.local.model import content_key, prune, trained
from deploy.local.progress import Stop
from deploy.local.settings import Settings
from tests.deploy.programs import program

ARCHIVE = 'while [ "$1" != --out ]; do shift; done; echo model > "$2/$4"'


@pytest.fixture
def trainings(settings: Settings) -> Path:
    """A bot whose Python writes down each training, and makes the archive that it was told to make."""
    for source in ("config.yml", "data/nlu/en/control.yml", "interview/turns.py", "data/README.md"):
        (settings.bot / source).parent.mkdir(parents=True, exist_ok=True)
        (settings.bot / source).write_text("first\n")
    written = settings.root / "trainings"
    program(settings.root / ".venv-bot" / "bin" / "python", f"echo trained >> {written}\n{ARCHIVE}")
    return written


def train(settings: Settings) -> Path:
    return asyncio.run(trained(settings))


def test_unchanged_sources_are_trained_once(settings: Settings, trainings: Path) -> None:
    assert train(settings) == train(settings)
    assert trainings.read_text().count("trained") == 1


@pytest.mark.parametrize("source", ["config.yml", "data/nlu/en/control.yml", "interview/turns.py"])
def test_a_changed_source_is_trained_again(settings: Settings, trainings: Path, source: str) -> None:
    train(settings)
    (settings.bot / source).write_text("second\n")
    train(settings)
    assert trainings.read_text().count("trained") == 2


def test_a_new_source_is_trained_again(settings: Settings, trainings: Path) -> None:
    before = content_key(settings)
    (settings.bot / "data" / "nlu" / "pl.yml").write_text("")
    assert content_key(settings) != before


def test_words_for_people_do_not_train(settings: Settings, trainings: Path) -> None:
    before = content_key(settings)
    (settings.bot / "data" / "README.md").write_text("second\n")
    assert content_key(settings) == before


def test_a_training_that_fails_leaves_no_model(settings: Settings, trainings: Path) -> None:
    program(settings.root / ".venv-bot" / "bin" / "python", "exit 1")
    with pytest.raises(Stop):
        train(settings)
    assert list(settings.bot.rglob("*.tar.gz")) == []


def test_old_models_are_pruned_and_the_newest_stay(tmp_path: Path) -> None:
    for age, name in enumerate("abcd"):
        (tmp_path / f"{name}.tar.gz").touch()
        os.utime(tmp_path / f"{name}.tar.gz", (1000 - age, 1000 - age))
    prune(tmp_path, kept=2)
    assert sorted(model.name for model in tmp_path.iterdir()) == ["a.tar.gz", "b.tar.gz"]


def test_stdout_stays_free_for_data_while_the_bot_trains(
    settings: Settings, trainings: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program(settings.root / ".venv-bot" / "bin" / "python", f"echo noise; {ARCHIVE}")
    train(settings)
    assert capfd.readouterr().out == ""
