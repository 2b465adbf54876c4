"""The words of a message that carry it: without "um", "please", "tbh" and their like, folded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from understanding.lexicon import split_patterns
from understanding.text import folded
from understanding.tokens import tokenize

FILLERS = Path(__file__).resolve().parent.parent / "data" / "lexicon" / "fillers.tsv"
_SPEAKING = ("word", "character", "emoji")


@lru_cache(1)
def _fillers(path: Path = FILLERS) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t")[2] for line in lines if not line.startswith("#"))
    return frozenset(folded(word) for row in rows for word in split_patterns(row))


def spoken_words(text: str) -> list[str]:
    """Folded, with the fillers."""
    return [folded(token.forms[0]) for token in tokenize(text) if token.kind in _SPEAKING]


def core_words(text: str) -> list[str]:
    """All words when there is nothing but fillers."""
    words = spoken_words(text)
    return [word for word in words if word not in _fillers()] or words
