"""What scripts, letters and everyday words say about the language of a message (bot/data/lexicon/*.tsv)."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from understanding.lexicon import split_patterns
from understanding.text import folded

LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicon"
# Which languages a script may stand for; the first when nothing else speaks.
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "LATIN": ("en", "cy", "pl", "ro", "so", "pt", "es", "fr", "tr", "ar", "ur", "pa", "bn", "uk"),
    "ARABIC": ("ar", "ur"),
    "CYRILLIC": ("uk",),
    "BENGALI": ("bn",),
    "GURMUKHI": ("pa",),
}
ONE_LANGUAGE_SCRIPT = 3.0
LETTER = 0.8  # a word with a letter that only few languages have
AGAINST = -3.0
MOST = 1.0  # a word that one language alone has


@dataclass(frozen=True)
class Evidence:
    words: Mapping[str, Mapping[str, float]]  # folded word → language → weight
    letters_for: Mapping[str, str]
    letters_against: Mapping[str, str]

    def scores(self, words: Sequence[str]) -> dict[str, float]:
        """Points per language of the script that most letters are in; empty without letters of a known script."""
        script = main_script("".join(words))
        if script is None:
            return {}
        languages = SCRIPTS[script]
        points = dict.fromkeys(languages, ONE_LANGUAGE_SCRIPT if len(languages) == 1 else 0.0)
        for word in words:
            for language, weight in self._points_of(word):
                if language in points:
                    points[language] += weight
        return points

    def _points_of(self, word: str) -> Iterable[tuple[str, float]]:
        yield from self.words.get(folded(word), {}).items()
        for language, letters in self.letters_for.items():
            if any(letter in letters for letter in word):
                yield language, LETTER
        for language, letters in self.letters_against.items():
            if any(letter in letters for letter in word):
                yield language, AGAINST


def main_script(text: str) -> str | None:
    counts = Counter(_script(letter) for letter in text)
    del counts[None]
    return max(counts, key=lambda script: (counts[script], script or "")) if counts else None


@lru_cache(5000)
def _script(letter: str) -> str | None:
    name = unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""
    return name if name in SCRIPTS else None


def load_evidence(folder: Path = LEXICONS) -> Evidence:
    owners: dict[str, set[str]] = defaultdict(set)
    for name in ("function-words.tsv", "script-words.tsv"):
        for language, words, *_ in _rows(folder / name):
            for word in split_patterns(words):
                owners[folded(word)].add(language)
    weights = {word: {code: MOST / len(codes) ** 1.5 for code in codes} for word, codes in owners.items()}
    letters = [(*row, "") for row in _rows(folder / "letters.tsv")]
    return Evidence(weights, {row[0]: row[1] for row in letters}, {row[0]: row[2] for row in letters if row[2]})


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
