"""The screen: does a message say that somebody is not safe? Independent of the tagger and of the detected language.

Readable patterns of all languages speak first. A small linear model adds what no pattern foresaw, above a threshold
that few harmless messages pass: tiredness, tummy aches and helping at home must not end an interview.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from understanding.concepts import Concepts, load_concepts
from understanding.corpus import ENGLISH, Corpus
from understanding.evidence import place_of
from understanding.examples import ANSWER
from understanding.features import FeatureReader
from understanding.harm_patterns import HarmPatterns, load_harm_patterns
from understanding.language import LanguageIdentifier
from understanding.linear import Floats, LinearModel, probability
from understanding.spans import Span
from understanding.taxonomy import Taxonomy, load_taxonomy
from understanding.thresholds import Labels, at_false_alarms, best_f1

ALLOWED_FALSE_ALARMS = 0.025  # of the held-out training answers that say nothing unsafe; every sixth looks as if
STRENGTH = 3.0
UNSAFE, ANYTHING = "unsafe", -1  # the model's last column: some code, whichever
MOST_LANGUAGES = 3  # whose lexicons are asked about one message, besides English


class Screen:
    """Without a model (`Screen(patterns)`) it still screens by its patterns."""

    def __init__(
        self,
        patterns: HarmPatterns,
        model: LinearModel | None = None,
        language: LanguageIdentifier | None = None,
        concepts: Concepts | None = None,
    ) -> None:
        self._patterns = patterns
        self._model = model
        self._language = language
        self._features = FeatureReader(concepts or load_concepts())

    def screen(self, text: str, speaker: str | None = None) -> list[Span]:
        """Every code that is said, once, with the words that say it; in the order of the text."""
        found: dict[str, Span] = {}
        said = self._patterns.read(text)
        guessed = [
            span for span in self._by_model(text, speaker) if not any(h.overlaps(span.extent) for h in said.harmless)
        ]
        for span in [*said.hits, *guessed]:
            if span.code not in found or found[span.code].confidence < span.confidence:
                found[span.code] = span
        return sorted(found.values(), key=lambda span: (span.start, span.end, span.code))

    def _by_model(self, text: str, speaker: str | None) -> list[Span]:
        """Whether anything unsafe is said is one question, and the surest; which code it is, another."""
        if self._model is None:
            return []
        scores = self._model.scores(self._features.read(text, self._lexicons(text), speaker))
        excess = scores.totals - self._model.thresholds
        if excess[ANYTHING] <= 0:
            return []
        likely = np.flatnonzero(excess[:ANYTHING] > 0)
        codes = likely if len(likely) else [np.argmax(excess[:ANYTHING])]
        confidence = round(probability(float(excess[ANYTHING])), 3)
        return [Span(self._model.codes[k], *place_of(text, scores, int(k)), confidence) for k in codes]

    def _lexicons(self, text: str) -> Sequence[str] | None:
        """Of every language that the text may be in, whatever was recorded; English is mixed into all."""
        if self._language is None:
            return None
        return tuple(dict.fromkeys((*self._language.plausible(text)[:MOST_LANGUAGES], ENGLISH)))

    @classmethod
    def train(cls, corpus: Corpus, taxonomy: Taxonomy | None = None) -> Screen:
        # scikit-learn is needed to train, not to run.
        from understanding.training import fit  # noqa: PLC0415

        codes = (taxonomy or load_taxonomy()).codes("safeguarding")
        labels = corpus.labels(codes)
        labels = np.column_stack([labels, labels.any(axis=1)])
        answers = np.array([message.intent == ANSWER for message in corpus.examples])
        choose = partial(_thresholds, answers=answers)
        model, _, _ = fit(corpus, labels, [*codes, UNSAFE], choose, STRENGTH, exact={UNSAFE})
        return cls(load_harm_patterns(), model, LanguageIdentifier.train(corpus), corpus.concepts)

    def save(self, folder: Path) -> None:
        if self._model is not None:
            self._model.save(folder, {"lexicon": self._features.concepts.digest})
        if self._language is not None:
            self._language.save(folder)

    @classmethod
    def load(cls, folder: Path, patterns: HarmPatterns | None = None, concepts: Concepts | None = None) -> Screen:
        concepts = concepts or load_concepts()
        model, about = LinearModel.load(folder)
        concepts.require(about.get("lexicon"))
        return cls(patterns or load_harm_patterns(), model, LanguageIdentifier.load(folder), concepts)


def _thresholds(log_odds: Floats, labels: Labels, held_out: Labels, *, answers: Labels) -> Floats:
    """The last column, whether anything is unsafe, by false alarms; the codes by what names them best."""
    of_codes = best_f1(log_odds[:, :ANYTHING], labels[:, :ANYTHING], ["safeguarding"] * (labels.shape[1] - 1))
    answered = answers[held_out]
    anything = at_false_alarms(log_odds[answered, ANYTHING:], labels[answered, ANYTHING:], ALLOWED_FALSE_ALARMS)
    return np.concatenate([of_codes, anything])
