"""Reading ages 6, 8 and 10 for the three age bands (practice 43), by Flesch and Kincaid: grade + 5 years.

A formula made for pages says little of a single sentence, so it is the average of a band that must hold; one sentence
may only not be far off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.bot.interview.conftest import BOT

RESPONSES = BOT / "domain" / "responses"
READING_AGE = {"5-7": 6.0, "8-11": 8.0, "12-16": 10.0, "parent": 10.0}  # years; 8-11 is what has no band of its own
HARDEST = 13.0  # three long words in a short sentence weigh much: "Imagine tomorrow goes well."


def syllables(word: str) -> int:
    found = len(re.findall(r"[aeiouy]+", word))
    is_silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, found - is_silent)


def age(text: str) -> float:
    sentences = [part for part in re.split(r"[.!?:]\s*", text) if part.strip()]
    words = re.findall(r"[a-z’']+", text.lower())
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


def wordings(file: Path) -> Iterator[tuple[str, str]]:
    """Band and text."""
    unsaid = "5-7" if file.stem == "young" else "8-11"
    for name, ways in yaml.safe_load(file.read_text(encoding="utf-8"))["responses"].items():
        is_for_parents = file.parent.name == "parent" or name.endswith("_parent")
        for said in ways:
            band = said["condition"][0]["value"] if "condition" in said else "parent" if is_for_parents else unsaid
            yield band, re.sub(r"\{\w+\}", "Sam", said["text"])


SAID = [one for file in sorted(RESPONSES.rglob("*.yml")) for one in wordings(file)]


@pytest.mark.parametrize("band", READING_AGE)
def test_a_band_is_spoken_to_at_its_reading_age(band: str) -> None:
    ages = [age(text) for spoken_to, text in SAID if spoken_to == band]
    assert sum(ages) / len(ages) <= READING_AGE[band]


def test_no_sentence_is_far_off() -> None:
    assert not [text for _, text in SAID if age(text) > HARDEST]
