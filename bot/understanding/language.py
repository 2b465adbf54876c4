"""In which language a message is written. Short and unclear texts keep the recorded language: unsure is an answer.

Own evidence (script, letters, everyday words) decides most messages. What it leaves open is put to langdetect,
restricted to the same languages and seeded, and counts as one voice among the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from understanding.language_evidence import Evidence, load_evidence
from understanding.ngram_detector import NgramDetector
from understanding.tokens import tokenize

LANGUAGES = ("en", "cy", "pl", "ro", "uk", "ar", "ur", "pa", "bn", "so", "pt", "es", "fr", "tr")
FALLBACK = "en"
RECORDED = 0.5  # head start of the recorded language, in words
DECIDED = 2.0  # lead over the next language at which nobody else is asked
WEIGHT_OF_NGRAMS = 2.0
SURE = 0.85  # from here on another language may be proposed
WORDS_TO_PROPOSE = 3


@dataclass(frozen=True)
class LanguageGuess:
    code: str
    confidence: float
    proposed: str | None = None


class LanguageIdentifier:
    def __init__(self, evidence: Evidence, ngrams: NgramDetector | None) -> None:
        self._evidence = evidence
        self._ngrams = ngrams

    def identify(self, text: str, recorded: str | None = None) -> LanguageGuess:
        words = [token.forms[0] for token in tokenize(text) if token.kind == "word"]
        scores = self._evidence.scores(words)
        known = recorded if recorded in LANGUAGES else None
        if not scores:
            return LanguageGuess(known or FALLBACK, 0.0)
        if known and known in scores:
            scores[known] += RECORDED
        if _lead(scores) < DECIDED:
            self._ask_ngrams(text, scores)
        return _guess(scores, len(words), known)

    def _ask_ngrams(self, text: str, scores: dict[str, float]) -> None:
        if self._ngrams is None:
            return
        for code, share in self._ngrams.shares(text).items():
            if code in scores:
                scores[code] += WEIGHT_OF_NGRAMS * share


def identify(text: str, recorded: str | None = None) -> LanguageGuess:
    """The same answer for the same text in every run."""
    return _identifier().identify(text, recorded)


@lru_cache(1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier(load_evidence(), NgramDetector(LANGUAGES))


def _lead(scores: Mapping[str, float]) -> float:
    ranked = sorted(scores.values(), reverse=True)
    return ranked[0] - (ranked[1] if len(ranked) > 1 else 0.0)


def _guess(scores: Mapping[str, float], words: int, recorded: str | None) -> LanguageGuess:
    best, _ = max(scores.items(), key=lambda item: (item[1], item[0] == recorded, item[0]))
    confidence = round(1 - math.exp(-_lead(scores)), 3)
    if recorded is None or best == recorded:
        return LanguageGuess(best, confidence)
    if confidence < SURE or words < WORDS_TO_PROPOSE:
        return LanguageGuess(recorded, 0.0)
    return LanguageGuess(best, confidence, proposed=best)
