"""langdetect's profiles, restricted to some languages. Its own detector draws n-grams at random and answers differently
in every run; here every n-gram counts once, so the answer is one and the same, in a fifth of the time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LONGEST = 3  # letters of an n-gram, as in the profiles
SMOOTHING = 0.5 / 10_000  # langdetect's own
OVERLAP = 3.0  # n-grams share letters and are no independent witnesses


class NgramDetector:
    """The profiles are read at the first question."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)

    def shares(self, words: Sequence[str]) -> Mapping[str, float]:
        """Language → probability; empty when the words have nothing to go by."""
        return _shares(words, self._languages)

    def shares_of_all(self, words: Sequence[str]) -> Mapping[str, float]:
        """Among all languages that langdetect knows."""
        return _shares(words, tuple(sorted(path.name for path in _folder().iterdir() if path.is_file())))


def _shares(words: Sequence[str], languages: tuple[str, ...]) -> Mapping[str, float]:
    places, table = _profiles(languages)
    rows = [places[gram] for word in words for gram in _grams(word) if gram in places]
    if not rows:
        return {}
    evidence = table[rows].astype(np.float32).sum(axis=0) / OVERLAP
    odds = np.exp(evidence - evidence.max())
    return dict(zip(languages, (odds / odds.sum()).tolist(), strict=True))


def _grams(word: str) -> list[str]:
    edged = f" {word} "
    return [edged[i : i + size] for size in range(1, LONGEST + 1) for i in range(len(edged) - size + 1)][1:]


@lru_cache(2)
def _profiles(languages: tuple[str, ...]) -> tuple[dict[str, int], NDArray[np.float16]]:
    """N-gram → row, and the logarithm of its frequency in each language."""
    read = [json.loads((_folder() / code).read_text(encoding="utf-8")) for code in languages]
    places: dict[str, int] = {}
    for profile in read:
        for gram in profile["freq"]:
            places.setdefault(gram, len(places))
    table = np.full((len(places), len(languages)), math.log(SMOOTHING), np.float16)
    for column, profile in enumerate(read):
        rows = [places[gram] for gram in profile["freq"]]
        totals = np.array([profile["n_words"][len(gram) - 1] for gram in profile["freq"]])
        table[rows, column] = np.log(SMOOTHING + np.array(list(profile["freq"].values())) / totals)
    return places, table


@lru_cache(1)
def _folder() -> Path:
    package = find_spec("langdetect")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("langdetect")
    return Path(package.origin).parent / "profiles"
