"""The bot stays an ordinary Rasa assistant: its commands work from the repository root without options."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.bot.adapters.running_bot import ROOT, run_rasa


def test_rasa_data_validate_passes() -> None:
    done = run_rasa("data", "validate")
    assert done.returncode == 0, done.stderr[-3000:]


def test_rasa_test_core_finds_every_conversation_right(model: Path, tmp_path: Path) -> None:
    done = run_rasa("test", "core", "--model", str(model), "--out", str(tmp_path), "--fail-on-prediction-errors")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "stories: []" in (tmp_path / "failed_test_stories.yml").read_text() or _is_empty(tmp_path)


def _is_empty(results: Path) -> bool:
    return not yaml.safe_load((results / "failed_test_stories.yml").read_text())


def test_rasa_test_nlu_reads_intents(model: Path, tmp_path: Path) -> None:
    examples = ROOT / "bot" / "data" / "nlu" / "en" / "control.yml"
    done = run_rasa("test", "nlu", "--model", str(model), "--nlu", str(examples), "--out", str(tmp_path), "--no-plot")
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "intent_report.json").exists()


@pytest.mark.parametrize(
    ("true", "false"), [("utter_privacy_pupil", "utter_paused"), ("utter_ask_warm_up", "utter_ask_home")]
)
def test_a_rule_that_the_interview_does_not_keep_stops_the_training(tmp_path: Path, true: str, false: str) -> None:
    rules = (ROOT / "bot" / "data" / "rasa" / "rules.yml").read_text(encoding="utf-8")
    (tmp_path / "rules.yml").write_text(rules.replace(f"action: {true}", f"action: {false}", 1), encoding="utf-8")
    done = run_rasa("train", "core", "--stories", str(tmp_path), "--out", str(tmp_path / "models"))
    assert done.returncode != 0
    assert "PlanDisagrees" in done.stdout + done.stderr


def test_a_neural_component_is_refused_before_training(tmp_path: Path) -> None:
    config = shutil.copy(ROOT / "bot" / "config.yml", tmp_path)
    parts = yaml.safe_load(Path(config).read_text(encoding="utf-8"))
    parts["pipeline"].append({"name": "DIETClassifier"})
    Path(config).write_text(yaml.safe_dump(parts), encoding="utf-8")
    done = run_rasa("train", "--config", str(config))
    assert done.returncode != 0
    assert "DIETClassifier" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bot_without_a_long_secret_does_not_start() -> None:
    done = run_rasa("run", PUPIL_VOICE_BOT_SECRET="short")
    assert done.returncode != 0
    assert "PUPIL_VOICE_BOT_SECRET" in done.stderr


@pytest.mark.parametrize("command", ["run", "shell"])
def test_debug_output_is_refused_where_people_speak(command: str) -> None:
    assert run_rasa(command, "--debug").returncode != 0
    assert run_rasa(command, LOG_LEVEL="debug").returncode != 0
