"""Factors, feelings and voice of a message: several at once, each with its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from understanding.concepts import Concepts, load_concepts
from understanding.corpus import Corpus
from understanding.evidence import place_of
from understanding.features import FeatureReader
from understanding.linear import Floats, LinearModel, probability
from understanding.spans import Span
from understanding.taxonomy import Taxonomy, load_taxonomy
from understanding.thresholds import Labels, best_f1

RESERVE = 0.4  # log-odds above the best F1: a tag that is wrong costs an adult more than one that is missing
LEANING = 0.4  # log-odds that a code gains when the question asked, or who speaks, makes it likelier
KINDS = ("factors", "feelings", "voice")


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
        self,
        text: str,
        *,
        languages: Sequence[str] | None = None,
        speaker: str | None = None,
        topic: str | None = None,
    ) -> list[Span]:
        """In the order of the text. `languages`: whose lexicons are asked; all of them when none is given."""
        scores = self._model.scores(self._features.read(text, languages, speaker))
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
    def train(cls, corpus: Corpus, taxonomy: Taxonomy | None = None) -> Tagger:
        # scikit-learn is needed to train, not to run.
        from understanding.training import calibration, fit  # noqa: PLC0415

        taxonomy = taxonomy or load_taxonomy()
        codes = [code for kind in KINDS for code in taxonomy.codes(kind)]
        groups = [taxonomy.kind_of(code) for code in codes]
        tagged = corpus.only([message.tagged for message in corpus.examples])
        labels = tagged.labels(codes)
        model, log_odds, held_out = fit(tagged, labels, codes, partial(_thresholds, groups=groups))
        return cls(model, calibration(log_odds, labels[held_out]), corpus.concepts)

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


def _thresholds(log_odds: Floats, labels: Labels, _: Labels, *, groups: Sequence[str]) -> Floats:
    return best_f1(log_odds, labels, groups) + np.float32(RESERVE)
