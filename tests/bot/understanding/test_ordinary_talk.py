"""An alert ends the interview, and a control reading swallows an answer: ordinary talk must get neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from understanding.control import ControlReader
from understanding.evaluation import UNSAFE, Row, read_rows
from understanding.safeguarding import Screen

REGRESSION = Path(__file__).parent / "regression"  # sets whose gaps were closed once: no measure any more
FALSE_ALARMS = 0.03  # the aim is .02 over all languages; here two messages of eighty-five are .024
OF_UNSAFE = 0.95  # of messages whose gaps were closed after the first look; see decision 6 for the first look


@pytest.fixture(params=["en", "pl", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rows(name: str, language: str, *, unsafe: bool) -> list[Row]:
    found = [row for row in read_rows(REGRESSION / f"{name}.jsonl") if row["language"] == language]
    return [row for row in found if (row["kind"] == UNSAFE) == unsafe]


def alerting(screen: Screen, messages: list[Row]) -> list[str]:
    return [row["id"] for row in messages if screen.screen(row["text"])]


def test_ordinary_talk_alerts_nobody(screen: Screen, language: str) -> None:
    messages = rows("ordinary", language, unsafe=False)
    assert len(alerting(screen, messages)) <= FALSE_ALARMS * len(messages)


def test_ordinary_talk_is_no_request(control: ControlReader, language: str) -> None:
    messages = rows("ordinary", language, unsafe=False)
    taken = [row["id"] for row in messages if control.read(row["text"], [language]).code]
    assert len(taken) <= FALSE_ALARMS * len(messages)


@pytest.mark.parametrize("name", ["unsafe_second", "fresh"])
def test_what_is_unsafe_alerts_in_plain_and_in_veiled_words(screen: Screen, language: str, name: str) -> None:
    messages = rows(name, language, unsafe=True)
    assert len(alerting(screen, messages)) >= OF_UNSAFE * len(messages)


@pytest.mark.parametrize(
    "text",
    [
        "Sometimes I stay up late because my brother cries at night and then I can't wake up.",
        "Mornings are the worst, my tummy hurts before school and then I am late and everyone looks at me",
        "I am tired when I come home and I help mum with the little ones.",
    ],
)
def test_tiredness_and_helping_at_home_end_no_interview(screen: Screen, text: str) -> None:
    assert screen.screen(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I don't get it in maths", "en"),
        ("maths, I don't get it and it goes too fast", "en"),
        ("nie rozumiem matematyki", "pl"),
        ("ما أفهم الرياضيات", "ar"),
    ],
)
def test_not_following_a_lesson_is_no_request_to_explain(control: ControlReader, text: str, language: str) -> None:
    assert control.read(text, [language]).code is None


@pytest.mark.parametrize("text", ["i dont understand the question", "nie rozumiem pytania", "ما فهمت السؤال"])
def test_not_following_the_question_is_one(control: ControlReader, text: str) -> None:
    assert control.read(text).code == "explain"
