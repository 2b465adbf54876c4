"""A told conversation in each language, through the running bot: what was meant is understood, by codes."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bot.adapters.running_bot import RunningBot, Talk

TOLD: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("told_in_every_language.yml").read_text(encoding="utf-8")
)
NUMBERS = count()


@pytest.fixture(params=list(TOLD))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def talk(bot: RunningBot, language: str) -> Talk:
    return Talk(bot, f"told-{language}-{next(NUMBERS)}", language=language)


def control(body: dict[str, Any]) -> str | None:
    found: str | None = body["reading"]["control"]
    return found


def test_there_is_one_in_every_language() -> None:
    assert len(TOLD) == 14


def test_a_pupil_tells_and_is_followed_up_in_their_own_words(talk: Talk, language: str) -> None:
    said = TOLD[language]
    talk.open()
    assert talk.say(said["likes"]).ids()[-1] == "utter_choose_start"
    talk.choose("topic:hard_day")
    answer = talk.say(said["hard"])
    assert {"school.sensory", "school.unstructured"} & set(answer.body["reading"]["factors"])
    assert answer.ids()[-1] == "utter_follow_up"


def test_what_is_wanted_of_the_conversation_is_understood(talk: Talk, language: str) -> None:
    said = TOLD[language]
    talk.open()
    assert control(talk.say(said["dont_know"]).body) == "dont_know"
    assert talk.say(said["person"]).body["interview"]["wants_person"]


def test_a_wish_is_kept_as_a_wish_and_read_back(talk: Talk, language: str) -> None:
    talk.open()
    talk.choose("control:skip")
    talk.choose("topic:wishes")
    talk.say(TOLD[language]["wish"])
    assert talk.choose("control:finish").ids()[-1] == "utter_read_back_pupil"
    closed = talk.choose("readback:done").body
    assert {item["section"] for item in closed["summary"]["items"]} == {"wishes"}
    assert {message["language"] for message in closed["messages"]} == {language}


def test_nothing_of_it_alerts(talk: Talk, language: str) -> None:
    talk.open()
    alerts = [talk.say(words).body["alert"] for words in TOLD[language].values()]
    assert alerts == [None] * len(alerts)
