"""Factors, feelings and voice of a message, with hints of harm: several at once, each with its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from understanding.concepts import Concepts, load_concepts
from understanding.evidence import place_of
from understanding.examples import Example
from understanding.features import FeatureReader
from understanding.linear import LinearModel, probability
from understanding.spans import Span
from understanding.taxonomy import Taxonomy, load_taxonomy
from understanding.thresholds import best_f1

LEANING = 0.4  # log-odds that a code gains when the question asked, or who speaks, makes it likelier
KINDS = ("factors", "feelings", "voice", "safeguarding")


class Tagger:
    """`leanings`: a topic of the interview, or a speaker → codes that it makes a little likelier."""

    def __init__(
        self,
        model: LinearModel,
        calibration: tuple[float, float],
        concepts: Concepts,
        leanings: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._model = model
        self._slope, self._offset = calibration
        self._concepts = concepts
        self._features = FeatureReader(concepts)
        self._leanings = leanings or {}

    def tag(
        self, text: str, *, language: str | None = None, speaker: str | None = None, topic: str | None = None
    ) -> list[Span]:
        """In the order of the text. Without a language every lexicon is asked."""
        scores = self._model.scores(self._features.read(text, language))
        totals = scores.totals + self._leaning(speaker, topic)
        said = np.flatnonzero(totals > self._model.thresholds)
        spans = [self._span(place_of(text, scores, int(k)), int(k), float(totals[k])) for k in said]
        return sorted(spans, key=lambda span: (span.start, span.end, span.code))

    def _span(self, place: tuple[int, int], code: int, log_odds: float) -> Span:
        confidence = probability(self._slope * log_odds + self._offset)
        return Span(self._model.codes[code], *place, round(confidence, 3))

    def _leaning(self, *hints: str | None) -> np.ndarray:
        likelier = {code for hint in hints if hint for code in self._leanings.get(hint, ())}
        return np.asarray([LEANING if code in likelier else 0.0 for code in self._model.codes], np.float32)

    @classmethod
    def train(
        cls, examples: Iterable[Example], concepts: Concepts | None = None, taxonomy: Taxonomy | None = None
    ) -> Tagger:
        # scikit-learn is needed to train, not to run.
        from understanding.training import calibration, fit  # noqa: PLC0415

        concepts, taxonomy = concepts or load_concepts(), taxonomy or load_taxonomy()
        codes = [code for kind in KINDS for code in taxonomy.codes(kind)]
        groups = [taxonomy.kind_of(code) for code in codes]
        messages = [message for message in examples if message.tagged]
        reader = FeatureReader(concepts)
        features = [reader.read(message.text, message.language) for message in messages]
        labels = np.array([[code in message.codes for code in codes] for message in messages])
        model, held_out = fit(features, labels, codes, partial(best_f1, groups=groups))
        return cls(model, calibration(held_out, labels), concepts)

    def save(self, folder: Path) -> None:
        self._model.save(folder, {"lexicon": self._concepts.digest, "calibration": [self._slope, self._offset]})

    @classmethod
    def load(
        cls, folder: Path, concepts: Concepts | None = None, leanings: Mapping[str, Collection[str]] | None = None
    ) -> Tagger:
        concepts = concepts or load_concepts()
        model, about = LinearModel.load(folder)
        concepts.require(about.get("lexicon"))
        slope, offset = about["calibration"]
        return cls(model, (slope, offset), concepts, leanings)
