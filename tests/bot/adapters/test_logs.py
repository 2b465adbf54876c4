"""Logs hold events, places in the code and ids; never a word that a person said."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import structlog
from adapters import logs
from understanding.errors import ModelError

from tests.bot.adapters.running_bot import RunningBot, Talk

WORDS = "xylophone"


@pytest.fixture
def keep_structlog():
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as caught:
        return caught


def test_the_log_of_a_whole_conversation_holds_none_of_its_words(bot: RunningBot, talk: Talk) -> None:
    talk.open()
    talk.say(f"I am not safe, dad hits me with a {WORDS}")
    talk.say(f"/{WORDS}")
    bot.post(f'{{"text": "{WORDS}"'.encode())
    bot.send({**talk.turn("say", WORDS), "extra": WORDS})
    assert WORDS not in bot.log.read_text(encoding="utf-8")


def test_a_rasa_event_is_logged_without_what_is_attached(
    keep_structlog: None, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logs.configure_structlog(logging.DEBUG)
    structlog.get_logger().warning("message.parsing.failed", user_text=WORDS, slot_values=WORDS)
    assert "message.parsing.failed" in caplog.text
    assert WORDS not in caplog.text + capsys.readouterr().out


def test_a_traceback_names_types_and_places_but_not_the_message() -> None:
    text = logs.trace(raised(KeyError(WORDS), ValueError(WORDS)))
    assert "KeyError" in text
    assert "ValueError" in text
    assert Path(__file__).name in text
    assert WORDS not in text


def test_an_error_about_a_file_keeps_its_sentence() -> None:
    assert "train first" in logs.trace(raised(RuntimeError(), ModelError("train first")))


def test_every_logged_exception_passes_the_gate(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("anything").exception("it failed")
    assert "ValueError" in caplog.text
    assert WORDS not in caplog.text
