from __future__ import annotations

import pickle

import pytest
from understanding.concepts import load_concepts
from understanding.lexicon import Lexicon, LexiconError
from understanding.matching import ConceptMatcher
from understanding.tokens import tokenize

GROUPS = {"sad": "feeling", "harm": "sg_self_harm", "neg": "negation", "contrast_but": "hedge"}
PATTERNS = {
    "sad": ["sad", "feel* blue", "😢", "smutn*"],
    "harm": ["hurt * myself"],
    "neg": ["not", "dont"],
    "contrast_but": ["but"],
    "whole": ["^skip$"],
    "place": ["szkoła"],
    "kin": ["<parent> shouts"],
    "lesson": ["w-f * jutro"],
}


@pytest.fixture
def matcher() -> ConceptMatcher:
    lexicon = Lexicon(prefixes=("wa",))
    lexicon.add_set("parent", ["mum", "dad*"])
    for concept, patterns in PATTERNS.items():
        for pattern in patterns:
            lexicon.add(concept, pattern)
    return ConceptMatcher(lexicon, GROUPS)


def marks(matcher: ConceptMatcher, text: str) -> set[str]:
    return {concept.mark for concept in matcher.concepts(text)}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("i am SAD", "sad"),
        ("saaaad", "sad"),
        ("feeling blue", "sad"),
        ("😢", "sad"),
        ("hurt all of myself", "harm"),
        ("szkola", "place"),
        ("daddy shouts", "kin"),
        ("wasad", "sad"),
        ("skip", "whole"),
        ("w-f mam jutro", "lesson"),
    ],
)
def test_a_concept_is_found_however_it_is_typed(matcher: ConceptMatcher, text: str, mark: str) -> None:
    assert mark in marks(matcher, text)


@pytest.mark.parametrize("text", ["sadly", "feel. blue", "please skip", "hurt one two three myself"])
def test_other_words_are_not_the_concept(matcher: ConceptMatcher, text: str) -> None:
    assert not marks(matcher, text) & {"sad", "whole", "harm"}


def test_what_is_denied_is_marked_so(matcher: ConceptMatcher) -> None:
    assert marks(matcher, "i am not sad") == {"neg", "not:sad"}


@pytest.mark.parametrize("text", ["not now, sad", "not that but sad", "not one two three four sad"])
def test_a_denial_reaches_no_further_than_its_clause(matcher: ConceptMatcher, text: str) -> None:
    assert "sad" in marks(matcher, text)


def test_harm_that_is_denied_is_still_seen(matcher: ConceptMatcher) -> None:
    assert marks(matcher, "dont hurt myself") >= {"harm", "not:harm"}


def test_places_are_code_points(matcher: ConceptMatcher) -> None:
    text = "👩🏽‍🏫 said sad"
    found = next(c for c in matcher.concepts(text) if c.name == "sad")
    assert text[found.start : found.end] == "sad"


def test_a_pattern_without_words_is_refused() -> None:
    with pytest.raises(LexiconError):
        Lexicon().add("empty", "*")


def test_another_process_reads_the_lexicons_itself() -> None:
    concepts = load_concepts()
    text = "the canteen is too loud"
    found = concepts.find(text, tokenize(text), ["en"])
    sent = pickle.loads(pickle.dumps(concepts))  # noqa: S301 - our own bytes
    assert found
    assert sent.find(text, tokenize(text), ["en"]) == found
