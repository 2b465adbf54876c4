"""How often the checker is right. `measured` was written by other hands than the rules and never looked at line by
line; `learnt_from` was, when rules were mended: it guards, and measures nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from interview.openness.checking import CLOSED, OPEN, check

SETS = Path(__file__).parent
LANGUAGES = ("en", "cy", "pl", "ro", "uk", "ar", "ur", "pa", "bn", "so", "pt", "es", "fr", "tr")
PROMPTS_OF_A_LANGUAGE = 60
KINDS = {
    "invitation", "how", "what", "tricky_open", "yes_no", "either_or", "tag", "disguised", "one_word", "why", "recast",
    "double", "leading", "tricky_closed",
}  # fmt: skip


class Prompt(NamedTuple):
    id: str
    lang: str
    kind: str
    form: str
    text: str

    @property
    def judged(self) -> str:
        return check(self.text, self.lang).form


def prompts(name: str) -> list[Prompt]:
    return [
        Prompt(**json.loads(line))
        for file in sorted((SETS / name).glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


MEASURED, LEARNT_FROM = prompts("measured"), prompts("learnt_from")


def accuracy(said: list[Prompt]) -> float:
    return sum(prompt.judged == prompt.form for prompt in said) / len(said)


def passed_as_open(said: list[Prompt]) -> float:
    closed = [prompt for prompt in said if prompt.form == CLOSED]
    return sum(prompt.judged == OPEN for prompt in closed) / len(closed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_measured_with_all_kinds(language: str) -> None:
    own = [prompt for prompt in MEASURED if prompt.lang == language]
    assert len(own) >= PROMPTS_OF_A_LANGUAGE
    assert {prompt.kind for prompt in own} == KINDS


def test_the_checker_is_right_nearly_always() -> None:
    assert accuracy(MEASURED) >= 0.97
    assert accuracy(LEARNT_FROM) >= 0.985


def test_hardly_a_closed_question_passes_as_open() -> None:
    assert passed_as_open(MEASURED) <= 0.01


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_left_behind(language: str) -> None:
    assert accuracy([prompt for prompt in MEASURED if prompt.lang == language]) >= 0.93
