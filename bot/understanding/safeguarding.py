"""The screen: does a message say that somebody is not safe? Independent of the tagger and of the detected language.

Readable patterns of all languages speak first. A small linear model adds what no pattern foresaw. The screen is
tuned to miss little: a person reads every alert, nobody reads what was missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np

from understanding.concepts import Concepts, load_concepts
from understanding.evidence import place_of
from understanding.examples import Example
from understanding.features import FeatureReader
from understanding.harm_patterns import HarmPatterns, load_harm_patterns
from understanding.linear import LinearModel, probability
from understanding.spans import Span
from understanding.taxonomy import Taxonomy, load_taxonomy
from understanding.thresholds import at_false_alarms

ALLOWED_FALSE_ALARMS = 0.02  # of harmless training messages, which are chosen to look alarming


class Screen:
    """Without a model (`Screen(patterns)`) it still screens by its patterns."""

    def __init__(
        self, patterns: HarmPatterns, model: LinearModel | None = None, concepts: Concepts | None = None
    ) -> None:
        self._patterns = patterns
        self._model = model
        self._concepts = concepts or load_concepts()
        self._features = FeatureReader(self._concepts)

    def screen(self, text: str) -> list[Span]:
        """Every code that is said, once, with the words that say it; in the order of the text."""
        found: dict[str, Span] = {}
        said = self._patterns.read(text)
        guessed = [span for span in self._by_model(text) if not any(h.overlaps(span.extent) for h in said.harmless)]
        for span in [*said.hits, *guessed]:
            if span.code not in found or found[span.code].confidence < span.confidence:
                found[span.code] = span
        return sorted(found.values(), key=lambda span: (span.start, span.end, span.code))

    def _by_model(self, text: str) -> list[Span]:
        if self._model is None:
            return []
        scores = self._model.scores(self._features.read(text))
        said = np.flatnonzero(scores.totals > self._model.thresholds)
        excess = scores.totals - self._model.thresholds
        return [
            Span(self._model.codes[k], *place_of(text, scores, int(k)), round(probability(float(excess[k])), 3))
            for k in said
        ]

    @classmethod
    def train(
        cls, examples: Iterable[Example], concepts: Concepts | None = None, taxonomy: Taxonomy | None = None
    ) -> Screen:
        # scikit-learn is needed to train, not to run.
        from understanding.training import fit  # noqa: PLC0415

        concepts, codes = concepts or load_concepts(), (taxonomy or load_taxonomy()).codes("safeguarding")
        messages = list(examples)
        reader = FeatureReader(concepts)
        features = [reader.read(message.text) for message in messages]
        labels = np.array([[code in message.codes for code in codes] for message in messages])
        model, _ = fit(features, labels, codes, partial(at_false_alarms, allowed=ALLOWED_FALSE_ALARMS))
        return cls(load_harm_patterns(), model, concepts)

    def save(self, folder: Path) -> None:
        if self._model is not None:
            self._model.save(folder, {"lexicon": self._concepts.digest})

    @classmethod
    def load(cls, folder: Path, patterns: HarmPatterns | None = None, concepts: Concepts | None = None) -> Screen:
        concepts = concepts or load_concepts()
        model, about = LinearModel.load(folder)
        concepts.require(about.get("lexicon"))
        return cls(patterns or load_harm_patterns(), model, concepts)
