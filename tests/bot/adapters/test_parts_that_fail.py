"""A part of the bot may fail; an alert, an answer and silence about the words must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from adapters.tracker_store import WordlessTrackerStore

from tests.bot.adapters.in_process import Broken, OwnAgent

UNSAFE = "I am not safe at home, dad hits me"
READERS = ("FactorTagger", "ControlReader")


@pytest.fixture
def agent(model: Path, tmp_path: Path) -> OwnAgent:
    return OwnAgent(model, WordlessTrackerStore(host=f"sqlite:///{tmp_path / 'tracker.db'}"))


def test_unsafe_words_alert_and_nothing_is_asked(agent: OwnAgent) -> None:
    agent.turn("open")
    reply = agent.turn("say", UNSAFE)
    assert "physical_abuse" in reply["alert"]["codes"]
    assert reply["interview"]["state"] == "alerted"
    assert {message["kind"] for message in reply["messages"]} == {"notice"}


@pytest.mark.parametrize("reader", READERS)
def test_the_alert_survives_the_failure_of_a_reader(agent: OwnAgent, reader: str) -> None:
    agent.turn("open")
    agent.component(reader)._reader = Broken()
    assert agent.turn("say", UNSAFE)["alert"]["codes"]


@pytest.mark.parametrize("reader", READERS)
def test_an_answer_that_a_reader_cannot_read_is_still_answered(agent: OwnAgent, reader: str) -> None:
    agent.turn("open")
    agent.component(reader)._reader = Broken()
    assert agent.turn("say", "I like drawing at home")["messages"]


def test_a_failing_reader_is_logged_without_the_words(agent: OwnAgent, caplog: pytest.LogCaptureFixture) -> None:
    agent.turn("open")
    agent.component("FactorTagger")._reader = Broken()
    agent.turn("say", "I like drawing at home")
    assert "FactorTagger" in caplog.text
    assert "drawing" not in caplog.text


def test_what_cannot_be_screened_is_not_answered_and_can_be_sent_again(agent: OwnAgent) -> None:
    agent.turn("open")
    screen = agent.component("SafeguardingScreen")
    working, screen._reader = screen._reader, Broken()
    with pytest.raises(Exception, match="SafeguardingScreen"):
        agent.turn("say", UNSAFE)
    screen._reader = working
    assert agent.turn("say", UNSAFE)["alert"]


def test_a_voice_that_fails_leaves_nothing_half_said(agent: OwnAgent, restore: Callable[[], None]) -> None:
    agent.turn("open")
    agent.agent.processor.nlg = Broken()
    with pytest.raises(RuntimeError):
        agent.turn("say", "I like drawing at home")
    restore()
    assert agent.turn("say", "I like drawing at home")["messages"]


@pytest.fixture
def restore(agent: OwnAgent) -> Callable[[], None]:
    voice = agent.agent.nlg

    def restoring() -> None:
        agent.agent.processor.nlg = voice

    return restoring
