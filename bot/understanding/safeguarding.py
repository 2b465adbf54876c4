"""The screen: does a message say that somebody is not safe? Independent of the tagger and of the detected language.

Readable patterns of all languages speak first. A small linear model adds what no pattern foresaw, and may speak alone
only where a matter of danger is named: tiredness, tummy aches and helping at home must never end an interview.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np

from understanding.concepts import Concepts, load_concepts
from understanding.evidence import place_of
from understanding.examples import ANSWER, Example
from understanding.features import FeatureReader, Features
from understanding.harm_patterns import HarmPatterns, HarmReading, load_harm_patterns
from understanding.linear import Floats, LinearModel, probability
from understanding.spans import Span
from understanding.taxonomy import Taxonomy, load_taxonomy
from understanding.thresholds import Labels, at_false_alarms

ALLOWED_FALSE_ALARMS = 0.003  # of the training answers that tell of some matter (carry a code), none unsafe
CONCEPT_OF_HARM = "g:sg_"  # beginning of a feature (features.py)
SILENT = -100.0  # log-odds of a message in which the model may not speak


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
        guessed = [
            span for span in self._by_model(text, said) if not any(h.overlaps(span.extent) for h in said.harmless)
        ]
        for span in [*said.hits, *guessed]:
            if span.code not in found or found[span.code].confidence < span.confidence:
                found[span.code] = span
        return sorted(found.values(), key=lambda span: (span.start, span.end, span.code))

    def _by_model(self, text: str, said: HarmReading) -> list[Span]:
        if self._model is None:
            return []
        features = self._features.read(text)
        if not _names_danger(features, said):
            return []
        scores = self._model.scores(features)
        excess = scores.totals - self._model.thresholds
        return [
            Span(self._model.codes[k], *place_of(text, scores, int(k)), round(probability(float(excess[k])), 3))
            for k in np.flatnonzero(excess > 0)
        ]

    @classmethod
    def train(
        cls, examples: Iterable[Example], concepts: Concepts | None = None, taxonomy: Taxonomy | None = None
    ) -> Screen:
        # scikit-learn is needed to train, not to run.
        from understanding.training import families, fit  # noqa: PLC0415

        concepts, codes = concepts or load_concepts(), (taxonomy or load_taxonomy()).codes("safeguarding")
        messages = list(examples)
        reader = FeatureReader(concepts)
        features = [reader.read(message.text) for message in messages]
        labels = np.array([[code in message.codes for code in codes] for message in messages])
        patterns = load_harm_patterns()
        answers = np.array([message.intent == ANSWER and bool(message.codes) for message in messages])
        named = np.array(
            [_names_danger(read, patterns.read(m.text)) for read, m in zip(features, messages, strict=True)]
        )
        choose = partial(_threshold, answers=answers, named=named)
        model, _ = fit(features, labels, codes, choose, kin=families([message.text for message in messages]))
        return cls(patterns, model, concepts)

    def save(self, folder: Path) -> None:
        if self._model is not None:
            self._model.save(folder, {"lexicon": self._concepts.digest})

    @classmethod
    def load(cls, folder: Path, patterns: HarmPatterns | None = None, concepts: Concepts | None = None) -> Screen:
        concepts = concepts or load_concepts()
        model, about = LinearModel.load(folder)
        concepts.require(about.get("lexicon"))
        return cls(patterns or load_harm_patterns(), model, concepts)


def _names_danger(features: Features, said: HarmReading) -> bool:
    """By a hint of the patterns or a concept of harm of the lexicons, not denied."""
    return said.hinted or any(name.startswith(CONCEPT_OF_HARM) for piece in features.meanings for name in piece.names)


def _threshold(held_out: Floats, labels: Labels, answers: Labels, named: Labels) -> Floats:
    heard = np.where(named[:, None], held_out, np.float32(SILENT))
    return at_false_alarms(heard[answers], labels[answers], ALLOWED_FALSE_ALARMS)
