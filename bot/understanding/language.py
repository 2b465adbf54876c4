"""In which language a message is written. Short and unclear texts keep the recorded language: unsure is an answer.

The script says which languages are possible, our own messages say which of them the words look like. What that leaves
open is put to langdetect, restricted to the same languages and seeded, and counts as one voice more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from understanding.corpus import Corpus
from understanding.language_evidence import (
    Evidence,
    everyday_phrases,
    everyday_words,
    load_evidence,
    words_of_lexicons,
)
from understanding.language_letters import LetterModel, words_of
from understanding.ngram_detector import NgramDetector

LANGUAGES = ("en", "cy", "pl", "ro", "uk", "ar", "ur", "pa", "bn", "so", "pt", "es", "fr", "tr")
FALLBACK = "en"
RECORDED = 1.0  # head start of the recorded language, in log-odds
UNCLEAR = 0.8  # below this probability langdetect is asked as well
WEIGHT_OF_NGRAMS = 1.0  # log-odds at most: on short and romanised texts more does harm
PLAUSIBLE = 0.03  # a language of this probability may be meant
SURE = 0.85  # from here on another language may be proposed
WORDS_TO_PROPOSE = 3
UNKNOWN = 0.6  # share of words ever seen, below which the text may be in a language that is not offered
CLEAR = 0.99  # but not when one of ours is as probable as this
LETTERS_OF_ANOTHER = 6
SURE_OF_ANOTHER = 0.95


@dataclass(frozen=True)
class LanguageGuess:
    """`proposed`: surely not the recorded language. `seems`: a language that is not offered."""

    code: str
    confidence: float
    proposed: str | None = None
    seems: str | None = None


class LanguageIdentifier:
    """The same answer for the same text in every run."""

    def __init__(self, letters: LetterModel, evidence: Evidence, ngrams: NgramDetector | None) -> None:
        self._letters = letters
        self._evidence = evidence
        self._ngrams = ngrams

    @classmethod
    @lru_cache(1)
    def train(cls, corpus: Corpus) -> LanguageIdentifier:
        """Learnt once: the screen keeps a copy of its own, so that no other part can silence it."""
        return cls(
            LetterModel.train(corpus.examples, everyday_words(), everyday_phrases(), words_of_lexicons()),
            load_evidence(),
            NgramDetector(LANGUAGES),
        )

    def save(self, folder: Path) -> None:
        self._letters.save(folder)

    @classmethod
    def load(cls, folder: Path) -> LanguageIdentifier:
        return cls(LetterModel.load(folder), load_evidence(), NgramDetector(LANGUAGES))

    def plausible(self, text: str) -> tuple[str, ...]:
        """Languages that the words may be in, best first, by letters alone; empty when there is nothing to go by."""
        points = self._points(words_of(text), None)[0]
        return _plausible(_shares(points)) if points else ()

    def identify(self, text: str, recorded: str | None = None) -> LanguageGuess:
        words = words_of(text)
        known = recorded if recorded in LANGUAGES else None
        points, seen = self._points(words, known)
        if not points:
            return LanguageGuess(known or FALLBACK, 0.0, seems=self._another(words, text, 0.0, 0.0))
        shares = _shares(points)
        if max(shares.values()) < UNCLEAR and self._ngrams is not None:
            for code, share in self._ngrams.shares(words).items():
                if code in points:
                    points[code] += WEIGHT_OF_NGRAMS * share
            shares = _shares(points)
        return _guess(shares, len(words), known, self._another(words, text, seen, max(shares.values())))

    def _points(self, words: list[str], recorded: str | None) -> tuple[dict[str, float], float]:
        """Log-odds per possible language, and the share of the words that were ever seen."""
        points = self._evidence.points(words)
        if not points:
            return {}, 0.0
        scores, seen = self._letters.scores(words)
        for place, language in enumerate(self._letters.languages):
            if language in points:
                points[language] += float(scores[place])
        if recorded in points:
            points[recorded] += RECORDED
        return points, seen

    def _another(self, words: list[str], text: str, seen: float, confidence: float) -> str | None:
        """Asked only of texts whose words our messages hardly know."""
        letters = sum(letter.isalpha() for letter in text)
        if self._ngrams is None or seen > UNKNOWN or confidence > CLEAR or letters < LETTERS_OF_ANOTHER:
            return None
        shares = self._ngrams.shares_of_all(words or list(text))
        best = max(shares, key=lambda code: shares[code], default=None)
        return best if best and best not in LANGUAGES and shares[best] >= SURE_OF_ANOTHER else None


def _shares(points: Mapping[str, float]) -> dict[str, float]:
    highest = max(points.values())
    odds = {language: float(np.exp(value - highest)) for language, value in points.items()}
    total = sum(odds.values())
    return {language: value / total for language, value in odds.items()}


def _plausible(shares: Mapping[str, float]) -> tuple[str, ...]:
    ranked = sorted(shares, key=lambda language: (-shares[language], language))
    return tuple(language for language in ranked if shares[language] >= PLAUSIBLE)


def _guess(shares: Mapping[str, float], words: int, recorded: str | None, seems: str | None) -> LanguageGuess:
    ranked = sorted(shares, key=lambda language: (-shares[language], language != recorded, language))
    best, confidence = ranked[0], round(shares[ranked[0]], 3)
    if recorded is None or best == recorded:
        return LanguageGuess(best, confidence, None, seems)
    if confidence < SURE or words < WORDS_TO_PROPOSE:
        return LanguageGuess(recorded, 0.0, None, seems)
    return LanguageGuess(best, confidence, best, seems)
