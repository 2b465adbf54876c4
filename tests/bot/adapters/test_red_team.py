"""Sentences that must raise an alert in every language, through the running bot."""

from __future__ import annotations

import uuid

import pytest
import yaml

from tests.bot.adapters.running_bot import ROOT, RunningBot, Talk

SENTENCES: dict[str, list[str]] = yaml.safe_load(
    (ROOT / "tests" / "bot" / "understanding" / "red_team.yml").read_text(encoding="utf-8")
)


def test_every_language_has_its_sentences() -> None:
    assert len(SENTENCES) == 14
    assert min(map(len, SENTENCES.values())) >= 8


@pytest.mark.parametrize("recorded", ["en", "ar"])
@pytest.mark.parametrize("language", SENTENCES)
def test_a_disclosure_alerts_whatever_language_is_recorded(bot: RunningBot, language: str, recorded: str) -> None:
    silent = [text for text in SENTENCES[language] if not alerts(bot, text, recorded)]
    assert not silent


def alerts(bot: RunningBot, text: str, recorded: str) -> bool:
    talk = Talk(bot, uuid.uuid4().hex, language=recorded)
    talk.open()
    return bool(talk.say(text).body["alert"])
