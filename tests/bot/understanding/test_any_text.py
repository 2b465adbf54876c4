"""Whatever is typed is answered: no text is an error, and every span lies in it."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from understanding.__main__ import LONGEST_TEXT, tagged
from understanding.reading import Reader
from understanding.taxonomy import load_taxonomy
from understanding.tokens import tokenize

SCRIPTS = "abc żółw école dźień це так привет أنا لا میں نہیں ਮੈਨੂੰ ਨਹੀਂ আমি না 我不 नहीं 😢👩‍👧 ไม่ 123 !?…"
patient = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_sound(out: dict[str, Any], text: str) -> bool:
    known = load_taxonomy()
    inside = all(0 <= span["start"] < span["end"] <= len(text) for span in out["spans"])
    return inside and all(known.knows(span["code"]) and 0 <= span["confidence"] <= 1 for span in out["spans"])


@given(text=st.text(max_size=300))
@patient
def test_any_text_is_answered(reader: Reader, text: str) -> None:
    assert is_sound(reader.tags(text), text)


@given(text=st.text(alphabet=SCRIPTS, min_size=1, max_size=400))
@patient
def test_any_mixture_of_scripts_is_answered(reader: Reader, text: str) -> None:
    assert is_sound(reader.tags(text), text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "😢" * 5_000,
        "7" * 5_000,
        " ".join(SCRIPTS.split() * 60),
        "(a+)+$" * 1_000,
        "((((((((((" * 500,
        "no " * 2_600,
        "." * 8_000,
        "Ich möchte heute nicht in die Schule gehen",
        "\ufeff\u200d\u0301\ud83d",
        "\U0001f3fb \U0001f3fb\u200d\U0001f3fb",
        "\u0640 \u200c'\u200c",
    ],
    ids=[
        "one letter",
        "emoji",
        "digits",
        "scripts",
        "nested repeats",
        "brackets",
        "denials",
        "stops",
        "German",
        "signs",
        "tones of skin alone",
        "marks alone",
    ],
)
def test_a_hostile_text_is_answered(reader: Reader, text: str) -> None:
    out = tagged(_line(text), reader)
    assert "error" not in out
    assert is_sound(out, text[:LONGEST_TEXT])


def _line(text: str) -> bytes:
    return json.dumps({"id": 1, "text": text}).encode()


@pytest.mark.parametrize("word", ["ਨਹੀਂ", "স্কুলে", "مُدَرِّسَة", "naïve", "👩🏽‍🏫"])
def test_vowel_signs_and_joined_emoji_stay_in_their_word(word: str) -> None:
    tokens = tokenize(word)
    assert [(token.start, token.end) for token in tokens] == [(0, len(word))]


def test_a_word_is_the_same_composed_and_decomposed() -> None:
    composed, decomposed = (unicodedata.normalize(form, "Łódź é") for form in ("NFC", "NFD"))
    assert [t.forms for t in tokenize(composed)] == [t.forms for t in tokenize(decomposed)]
