"""What a linear model sees of a message: concepts, words, pairs of words, letters of words; each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from understanding.concepts import Concepts
from understanding.spans import Extent
from understanding.text import folded
from understanding.tokens import LONGEST_WORD, Token, tokenize

SIZES_OF_LETTER_GROUPS = (4,)
SHORT, MIDDLING = 3, 12  # words


class Piece(NamedTuple):
    """Features that stand or fall with one stretch of the text."""

    extent: Extent
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)  # equal to itself alone, so that what was made of it can be remembered
class Features:
    meanings: list[Piece]
    letters: list[Piece]


class FeatureReader:
    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts

    def read(self, text: str, languages: Sequence[str] | None = None, speaker: str | None = None) -> Features:
        """`languages`: whose lexicons are asked; all of them when none is given."""
        return _read(self.concepts, text, None if languages is None else tuple(languages), speaker)


@lru_cache(4)
def _read(concepts: Concepts, text: str, languages: tuple[str, ...] | None, speaker: str | None) -> Features:
    """Remembered for a moment: the screen, the control reader and the tagger look at the same."""
    tokens = tokenize(text)
    words = [folded(text[token.start : min(token.end, token.start + LONGEST_WORD)]) for token in tokens]
    meanings = list(_meanings(concepts, text, tokens, languages))
    if speaker:
        meanings.append(Piece(Extent(0, len(text)), (f"said by:{speaker}",)))
    return Features(meanings, list(_letters(text, tokens, words)))


def _meanings(
    concepts: Concepts, text: str, tokens: Sequence[Token], languages: Sequence[str] | None
) -> Iterator[Piece]:
    for concept in concepts.find(text, tokens, languages):
        group = concepts.groups.get(concept.name, "")
        denied = "not:" if concept.denied else ""
        yield Piece(concept.extent, (f"c:{concept.mark}", f"g:{denied}{group}"))


def _letters(text: str, tokens: Sequence[Token], words: Sequence[str]) -> Iterator[Piece]:
    for token, word in zip(tokens, words, strict=True):
        yield Piece(Extent(token.start, token.end), names_of_word(word))
    for left, right, first, second in zip(tokens, tokens[1:], words, words[1:], strict=False):
        if not right.after_break:
            yield Piece(Extent(left.start, right.end), (f"p:{first} {second}",))
    yield Piece(Extent(0, len(text)), (_size(len(tokens)),))


def _size(words: int) -> str:
    return "size:short" if words <= SHORT else "size:middling" if words <= MIDDLING else "size:long"


@lru_cache(4_000)
def names_of_word(word: str) -> tuple[str, ...]:
    edged = f"<{word}>"
    groups = (edged[start : start + size] for size in SIZES_OF_LETTER_GROUPS for start in range(len(edged) - size + 1))
    return (f"w:{word}", *dict.fromkeys(groups))
