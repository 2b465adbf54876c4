"""The training messages as rows of features, made once for all models that learn from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.concepts import Concepts, load_concepts
from understanding.examples import Example, read_examples
from understanding.features import FeatureReader
from understanding.linear import Vocabulary, matrix_of, weighed
from understanding.text import folded

SEEN_AT_LEAST = 2  # messages, for a feature to count
LIKE_EDGE = 5  # words
ENGLISH = "en"  # mixed into every other language that families speak in Britain


@dataclass(frozen=True, eq=False)  # one corpus is equal to itself alone, so that what was learnt from it can be kept
class Corpus:
    """`matrix`: messages × features, sparse. `kin`: messages of one number are variants of one another."""

    examples: list[Example]
    vocabulary: Vocabulary
    matrix: Any
    kin: NDArray[np.int64]
    concepts: Concepts

    def labels(self, codes: list[str]) -> NDArray[np.bool_]:
        return np.array([[code in message.codes for code in codes] for message in self.examples])

    def only(self, wanted: Sequence[bool]) -> Corpus:
        chosen = np.flatnonzero(wanted)
        examples = [self.examples[row] for row in chosen]
        return Corpus(examples, self.vocabulary, self.matrix[chosen], _renumbered(self.kin[chosen]), self.concepts)


def corpus(examples: Iterable[Example], concepts: Concepts | None = None) -> Corpus:
    messages, concepts = list(examples), concepts or load_concepts()
    reader = FeatureReader(concepts)
    read = (reader.read(m.text, lexicons_for(m.language), m.speaker) for m in messages)
    seen: Counter[str] = Counter()
    entries: list[tuple[int, float, tuple[str, ...]]] = []
    for row, features in enumerate(read):
        seen.update({name for piece in features.meanings + features.letters for name in piece.names})
        entries += [(row, value, names) for names, value in weighed(features)]
    vocabulary = Vocabulary(sorted(name for name, count in seen.items() if count >= SEEN_AT_LEAST))
    matrix = matrix_of(entries, vocabulary, len(messages))
    return Corpus(messages, vocabulary, matrix, families([message.text for message in messages]), concepts)


@lru_cache(1)
def corpus_of(folder: Path) -> Corpus:
    """Of the messages below the folder."""
    return corpus(read_examples(folder))


def lexicons_for(language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((language, ENGLISH)))


def _renumbered(kin: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same families, numbered from nought."""
    return np.unique(kin, return_inverse=True)[1].astype(np.int64)


def families(texts: Iterable[str]) -> NDArray[np.int64]:
    """Per message the number of its family: those that begin or end with the same words are taken for one."""
    return np.fromiter(_families(texts), np.int64)


def _families(texts: Iterable[str]) -> Iterator[int]:
    firsts: dict[tuple[str, ...], int] = {}
    for number, text in enumerate(texts):
        words = tuple(folded(text).split())
        edges = {words[:LIKE_EDGE], words[-LIKE_EDGE:]}
        family = min(firsts.get(edge, number) for edge in edges)
        firsts.update((edge, family) for edge in edges if edge not in firsts)
        yield family
