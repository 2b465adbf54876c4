from __future__ import annotations

from pathlib import Path

import pytest
from understanding.concepts import load_concepts
from understanding.errors import ModelError
from understanding.tags import Tagger


def codes(tagger: Tagger, text: str, language: str) -> set[str]:
    return {span.code for span in tagger.tag(text, languages=[language])}


@pytest.mark.parametrize(
    ("code", "text", "language"),
    [
        ("people.bullying", "they bully me and call me names", "en"),
        ("people.bullying", "przezywają mnie i wyśmiewają", "pl"),
        ("people.bullying", "بيتنمروا علي وبيسبوني", "ar"),
        ("school.sensory", "the dinner hall is too loud", "en"),
        ("self.sleep", "i cant sleep at night", "en"),
        ("life.money", "nie stać nas na mundurek", "pl"),
        ("home.loss", "جدي مات واشتقتله", "ar"),
        ("sad", "i feel so sad", "en"),
        ("wish", "i wish there was a quiet room", "en"),
    ],
)
def test_a_plain_message_gets_its_code(tagger: Tagger, code: str, text: str, language: str) -> None:
    assert code in codes(tagger, text, language)


def test_several_things_said_are_several_codes(tagger: Tagger) -> None:
    found = codes(tagger, "they bully me and call me names. i cant sleep at night", "en")
    assert {"people.bullying", "self.sleep"} <= found


@pytest.mark.parametrize("text", ["", " ", "🙂", "ok", "???"])
def test_a_message_without_matter_gets_no_code(tagger: Tagger, text: str) -> None:
    assert tagger.tag(text, languages=["en"]) == []


def test_a_span_points_at_the_words_that_carry_the_code(tagger: Tagger) -> None:
    text = "I like art. I cant sleep at night. Lunch is fine."
    span = next(span for span in tagger.tag(text, languages=["en"]) if span.code == "self.sleep")
    assert "sleep" in text[span.start : span.end]
    assert span.end - span.start < len(text) / 2
    assert 0 < span.confidence < 1


def test_the_topic_asked_makes_its_codes_a_little_likelier(model: Path) -> None:
    leaning = Tagger.load(model / "FactorTagger", leanings={"mornings": ["school.transitions"]})
    plain = {span.code: span.confidence for span in leaning.tag("i am late every morning", languages=["en"])}
    hinted = {
        span.code: span.confidence
        for span in leaning.tag("i am late every morning", languages=["en"], topic="mornings")
    }
    assert hinted["school.transitions"] > plain.get("school.transitions", 0)


def test_a_model_of_other_lexicons_is_refused(model: Path) -> None:
    concepts = load_concepts()
    other = type(concepts)({}, concepts.groups, "another")
    with pytest.raises(ModelError):
        Tagger.load(model / "FactorTagger", concepts=other)


def test_a_missing_model_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Tagger.load(tmp_path)
