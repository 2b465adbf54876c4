"""What the speaker wants of the conversation itself. An ordinary answer must hardly ever be taken for this."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from understanding.concepts import Concepts, load_concepts
from understanding.corpus import Corpus
from understanding.errors import ModelError
from understanding.examples import ANSWER, Example
from understanding.features import FeatureReader, Features
from understanding.fillers import core_words, spoken_words
from understanding.linear import Floats, LinearModel, probability
from understanding.text import folded
from understanding.thresholds import Labels, at_false_alarms
from understanding.tokens import tokenize

ALLOWED_FALSE_ALARMS = 0.01  # of the held-out training answers
STRENGTH = 8.0  # requests are short and few words decide: less smoothing than for tags
LONGEST_KNOWN = 8  # words: a longer message is never known by heart
REFUSAL = "refusal"  # the class of a skip that says no to the matter itself
SKIP = "skip"
KNOWN = "known.json"
ABOUT_THE_QUESTION = frozenset({"explain", "repeat"})
LESSONS = frozenset({"g:lesson", "g:learning", "g:staff"})  # features of the lexicons' groups (features.py)
QUESTION = "c:this_question"


@dataclass(frozen=True)
class ControlReading:
    code: str | None
    refusal: bool = False
    confidence: float = 0.0


NOTHING = ControlReading(None)


class ControlReader:
    """Short messages are known by heart; for the rest there is a linear model with a high threshold.

    `known`: by language, then by words.
    """

    def __init__(self, known: Mapping[str, Mapping[str, str]], model: LinearModel, concepts: Concepts) -> None:
        self._known = known
        self._model = model
        self._concepts = concepts
        self._features = FeatureReader(concepts)

    def read(self, text: str, languages: Sequence[str] | None = None, speaker: str | None = None) -> ControlReading:
        """`languages`: in which it may be said, and whose lexicons are asked; all of them when none is given."""
        words = core_words(text)
        if not words:
            return NOTHING
        known = self._by_heart(text, languages)
        if known is not None:
            return NOTHING if known == ANSWER else _reading(known, 1.0)
        if all(word.isnumeric() for word in words):  # "4" by text message is a pick, a step or a number of something
            return NOTHING
        if _is_one_word(text):  # a name, a thing, a key that was pressed: one word that asks for something is known
            return NOTHING
        return self._by_model(text, languages, speaker)

    def _by_heart(self, text: str, languages: Sequence[str] | None) -> str | None:
        """One word of another language may well be an answer: "papa" is a farewell or a father. More words are not."""
        here = [code for code in languages or () if code in self._known]
        for phrase in _phrases(text):
            codes = here if languages and " " not in phrase else dict.fromkeys((*here, *self._known))
            known = next((table[phrase] for code in codes if phrase in (table := self._known[code])), None)
            if known is not None:
                return known
        return None

    def _by_model(self, text: str, languages: Sequence[str] | None, speaker: str | None) -> ControlReading:
        features = self._features.read(text, languages, speaker)
        totals = self._model.scores(features).totals
        best = int(np.argmax(totals))
        excess = float(totals[best] - self._model.thresholds[best])
        if self._model.codes[best] in ABOUT_THE_QUESTION and _is_about_lessons(features):
            return NOTHING
        return _reading(self._model.codes[best], round(probability(excess), 3)) if excess > 0 else NOTHING

    @classmethod
    def train(cls, corpus: Corpus) -> ControlReader:
        # scikit-learn is needed to train, not to run.
        from understanding.training import fit  # noqa: PLC0415

        wanted = [_class_of(message) for message in corpus.examples]
        codes = sorted(set(wanted) - {ANSWER})
        labels = np.array([[code == wish for code in codes] for wish in wanted])
        model, _, _ = fit(corpus, labels, codes, _threshold, STRENGTH)
        return cls(_known_by_heart(corpus.examples, wanted), model, corpus.concepts)

    def save(self, folder: Path) -> None:
        self._model.save(folder, {"lexicon": self._concepts.digest})
        (folder / KNOWN).write_text(json.dumps(self._known, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, concepts: Concepts | None = None) -> ControlReader:
        concepts = concepts or load_concepts()
        model, about = LinearModel.load(folder)
        concepts.require(about.get("lexicon"))
        try:
            known = json.loads((folder / KNOWN).read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise ModelError(f"No readable {KNOWN} in {folder}: train first.") from problem
        return cls(known, model, concepts)


def _threshold(log_odds: Floats, labels: Labels, _: Labels) -> Floats:
    return at_false_alarms(log_odds, labels, ALLOWED_FALSE_ALARMS)


def _reading(wish: str, confidence: float) -> ControlReading:
    return ControlReading(SKIP if wish == REFUSAL else wish, wish == REFUSAL, confidence)


def _is_about_lessons(features: Features) -> bool:
    """ "I don't get it in maths" is an answer; "I don't get the question about maths" is not."""
    named = {name.replace("not:", "") for piece in features.meanings for name in piece.names}
    return bool(named & LESSONS) and QUESTION not in named


def _class_of(message: Example) -> str:
    return REFUSAL if message.intent == SKIP and message.refusal else message.intent


def _known_by_heart(messages: Sequence[Example], wanted: Sequence[str]) -> dict[str, dict[str, str]]:
    """Short messages, answers too: "no" and "ok" are learnt as answers. Of "break please" the one word alone is not: it
    may be when somebody is lonely.
    """
    known: dict[str, dict[str, str]] = {}
    for message, wish in zip(messages, wanted, strict=True):
        words = core_words(message.text)
        if len(words) == 1:
            words = spoken_words(message.text)
        if 0 < len(words) <= LONGEST_KNOWN:
            known.setdefault(message.language, {})[" ".join(words)] = wish
    return known


def _phrases(text: str) -> Iterator[str]:
    """In which it may be known: as it was said, without fillers, one word also without what stretches it."""
    yield " ".join(spoken_words(text))
    yield " ".join(core_words(text))
    if _is_one_word(text):
        yield from (folded(form) for token in tokenize(text) for form in token.forms)


def _is_one_word(text: str) -> bool:
    """Of "what?" the sign tells that something is asked."""
    return len(spoken_words(text)) < 2 and not any(token.kind == "question" for token in tokenize(text))
