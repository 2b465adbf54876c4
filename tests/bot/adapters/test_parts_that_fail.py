"""A part of the bot may fail; an alert, an answer and silence about the words must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from adapters.tracker_store import WordlessTrackerStore

from tests.bot.adapters.in_process import Broken, OwnAgent

UNSAFE = "I am not safe at home, dad hits me"
READERS = ("FactorTagger", "ControlReader")


Breaks = Callable[[str], None]


@pytest.fixture(scope="module")
def loaded(model: Path, tmp_path_factory: pytest.TempPathFactory) -> OwnAgent:
    """To load it takes longer than all that is asked of it."""
    place = tmp_path_factory.mktemp("own-agent") / "tracker.db"
    return OwnAgent(model, WordlessTrackerStore(host=f"sqlite:///{place}"))


@pytest.fixture
def agent(loaded: OwnAgent) -> OwnAgent:
    loaded.begin()
    return loaded


@pytest.fixture
def breaks(agent: OwnAgent, monkeypatch: pytest.MonkeyPatch) -> Breaks:
    """For this test."""
    return lambda reader: monkeypatch.setattr(agent.component(reader), "_reader", Broken())


def test_unsafe_words_alert_and_nothing_is_asked(agent: OwnAgent) -> None:
    agent.turn("open")
    reply = agent.turn("say", UNSAFE)
    assert "physical_abuse" in reply["alert"]["codes"]
    assert reply["interview"]["state"] == "alerted"
    assert {message["kind"] for message in reply["messages"]} == {"notice"}


@pytest.mark.parametrize("reader", READERS)
def test_the_alert_survives_the_failure_of_a_reader(agent: OwnAgent, breaks: Breaks, reader: str) -> None:
    agent.turn("open")
    breaks(reader)
    assert agent.turn("say", UNSAFE)["alert"]["codes"]


@pytest.mark.parametrize("reader", READERS)
def test_an_answer_that_a_reader_cannot_read_is_still_answered(agent: OwnAgent, breaks: Breaks, reader: str) -> None:
    agent.turn("open")
    breaks(reader)
    assert agent.turn("say", "I like drawing at home")["messages"]


def test_a_failing_reader_is_logged_without_the_words(
    agent: OwnAgent, breaks: Breaks, caplog: pytest.LogCaptureFixture
) -> None:
    agent.turn("open")
    breaks("FactorTagger")
    agent.turn("say", "I like drawing at home")
    assert "FactorTagger" in caplog.text
    assert "drawing" not in caplog.text


def test_what_cannot_be_screened_is_not_answered_and_can_be_sent_again(
    agent: OwnAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent.turn("open")
    with monkeypatch.context() as for_once:
        for_once.setattr(agent.component("SafeguardingScreen"), "_reader", Broken())
        with pytest.raises(Exception, match="SafeguardingScreen"):
            agent.turn("say", UNSAFE)
    assert agent.turn("say", UNSAFE)["alert"]


def test_a_voice_that_fails_leaves_nothing_half_said(agent: OwnAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    agent.turn("open")
    with monkeypatch.context() as for_once:
        for_once.setattr(agent.agent.processor, "nlg", Broken())
        with pytest.raises(RuntimeError):
            agent.turn("say", "I like drawing at home")
    assert agent.turn("say", "I like drawing at home")["messages"]
