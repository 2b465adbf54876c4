"""What scripts and letters say about the language of a message, and its everyday words (bot/data/lexicon/*.tsv)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from understanding.lexicon import split_patterns

LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicon"
# Which languages a script may stand for; the first when nothing else speaks.
SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "LATIN": ("en", "cy", "pl", "ro", "so", "pt", "es", "fr", "tr", "ar", "ur", "pa", "bn", "uk"),
    "ARABIC": ("ar", "ur"),
    "CYRILLIC": ("uk",),
    "BENGALI": ("bn",),
    "GURMUKHI": ("pa",),
}
ONE_LANGUAGE_SCRIPT = 6.0  # log-odds
LENGTH_OF_A_CODE = 2  # letters: other files of the folder have longer names
SHORTEST_WORD = 3  # letters
WORDS_OF_A_LEXICON = 2000
AGAINST = -4.0  # log-odds of a word with a letter that the language does not have


@dataclass(frozen=True)
class Evidence:
    """`strange_in`: letter → languages of its script that do not have it."""

    strange_in: Mapping[str, Collection[str]]

    def points(self, words: Sequence[str]) -> dict[str, float]:
        """Log-odds per language of the script that most letters are in; empty without letters of a known script."""
        script = main_script("".join(words))
        if script is None:
            return {}
        languages = SCRIPTS[script]
        points = dict.fromkeys(languages, ONE_LANGUAGE_SCRIPT if len(languages) == 1 else 0.0)
        for word in words:
            if not word.isascii():
                for language in self._strangers(word) & points.keys():
                    points[language] += AGAINST
        return points

    def _strangers(self, word: str) -> Set[str]:
        """Languages that do not have some letter of the word."""
        return {language for letter in set(word) for language in self.strange_in.get(letter, ())}


def main_script(text: str) -> str | None:
    counts = Counter(_script(letter) for letter in text)
    del counts[None]
    return max(counts, key=lambda script: (counts[script], script or "")) if counts else None


@lru_cache(5000)
def _script(letter: str) -> str | None:
    name = unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""
    return name if name in SCRIPTS else None


def load_evidence(folder: Path = LEXICONS) -> Evidence:
    strange_in: dict[str, set[str]] = {}
    for language, letters in _rows(folder / "letters.tsv"):
        for letter in letters:
            strange_in.setdefault(letter, set()).add(language)
    return Evidence(strange_in)


def everyday_words(folder: Path = LEXICONS) -> dict[str, list[str]]:
    """Language → words that tell it from others, each in any of its scripts."""
    words: dict[str, list[str]] = {}
    for name in ("function-words.tsv", "script-words.tsv"):
        for language, listed, *_ in _rows(folder / name):
            words.setdefault(language, []).extend(split_patterns(listed))
    return words


def everyday_phrases(folder: Path = LEXICONS) -> dict[str, list[str]]:
    """Language → phrases of a few words."""
    phrases: dict[str, list[str]] = {}
    for language, listed in _rows(folder / "everyday-phrases.tsv"):
        phrases.setdefault(language, []).extend(split_patterns(listed))
    return phrases


def words_of_lexicons(folder: Path = LEXICONS) -> dict[str, list[str]]:
    """Language → words of its lexicon that are not English; so many of each that none outweighs the others."""
    words = {path.stem: _words(path) for path in sorted(folder.glob("*.tsv")) if len(path.stem) == LENGTH_OF_A_CODE}
    english = set(words.get("en", ()))
    own = {code: [w for w in listed if code == "en" or w not in english] for code, listed in words.items()}
    return {code: listed[:: max(1, len(listed) // WORDS_OF_A_LEXICON)] for code, listed in own.items()}


def _words(path: Path) -> list[str]:
    """Whole words, each once; the beginnings of words (`toilet*`) tell less and are left out."""
    lines = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    chunks = (chunk for head, _, rest in lines if not head.startswith("#") for chunk in rest.replace(",", " ").split())
    return list(dict.fromkeys(chunk.lower() for chunk in chunks if chunk.isalpha() and len(chunk) >= SHORTEST_WORD))


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
