"""What can be checked of the training messages without reading them."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from understanding.examples import ANSWER, Example
from understanding.language import LANGUAGES
from understanding.taxonomy import load_taxonomy
from understanding.text import folded

MESSAGES = 1000
OF_A_CODE = {"factors": 20, "feelings": 20, "voice": 20, "safeguarding": 30, "control": 20}
SCRIPTS = {"uk": "CYRILLIC", "ar": "ARABIC", "ur": "ARABIC", "pa": "GURMUKHI", "bn": "BENGALI"}
FOREIGN_LETTERS = 0.02  # of all letters: names, and words of a neighbour's script


@pytest.fixture(params=LANGUAGES)
def said(request: pytest.FixtureRequest, examples: list[Example]) -> list[Example]:
    return [example for example in examples if example.language == request.param]


def test_every_language_has_a_thousand_messages(said: list[Example]) -> None:
    assert len(said) >= MESSAGES


@pytest.mark.parametrize("kind", OF_A_CODE)
def test_every_code_is_said_often_enough_to_be_learnt(said: list[Example], kind: str) -> None:
    counts = Counter(code for example in said for code in (*example.codes, example.intent))
    few = {code: counts[code] for code in load_taxonomy().codes(kind) if counts[code] < OF_A_CODE[kind]}
    assert not few


def test_half_of_the_answers_say_nothing_unsafe_and_some_say_nothing_at_all(said: list[Example]) -> None:
    harm = set(load_taxonomy().codes("safeguarding"))
    answers = [example for example in said if example.intent == ANSWER]
    assert sum(not example.codes & harm for example in answers) >= len(answers) / 2
    assert sum(not example.codes for example in answers) >= len(answers) / 20


def test_no_message_stands_twice_with_different_codes(said: list[Example]) -> None:
    seen: dict[str, Example] = {}
    answers = [example for example in said if example.intent == ANSWER and example.tagged]
    differing = [
        example.text for example in answers if seen.setdefault(folded(example.text), example).codes != example.codes
    ]
    assert not differing


def test_hardly_any_answer_stands_twice(said: list[Example]) -> None:
    answers = [folded(example.text) for example in said if example.intent == ANSWER]
    assert len(set(answers)) >= 0.98 * len(answers)


def test_messages_are_in_the_scripts_of_their_language(said: list[Example]) -> None:
    allowed = {"LATIN", SCRIPTS.get(said[0].language, "LATIN")}
    letters = Counter(
        unicodedata.name(letter, "").split(" ")[0] for example in said for letter in example.text if letter.isalpha()
    )
    foreign = sum(count for script, count in letters.items() if script not in allowed)
    assert foreign <= FOREIGN_LETTERS * letters.total()
