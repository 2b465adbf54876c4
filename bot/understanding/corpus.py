"""The training messages as rows of features, made once for all models that learn from them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from understanding.concepts import Concepts, load_concepts
from understanding.examples import Example, read_examples
from understanding.features import FeatureReader
from understanding.linear import Vocabulary, matrix_of, sparse_rows, weighed
from understanding.text import folded

SEEN_AT_LEAST = 2  # messages, for a feature to count
LIKE_EDGE = 5  # words
WORTH_A_PROCESS = 2000  # messages
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
    parts = _on_all_cores(partial(_part, concepts), messages)
    seen: Counter[str] = Counter()
    for part in parts:
        seen.update(part.seen)
    vocabulary = Vocabulary(sorted(name for name, count in seen.items() if count >= SEEN_AT_LEAST))
    matrix = sparse_rows([_in_vocabulary(part, vocabulary) for part in parts])
    return Corpus(messages, vocabulary, matrix, families([message.text for message in messages]), concepts)


class Part(NamedTuple):
    """Some of the messages, with columns of their own: `seen` names them, with the number of messages of each."""

    seen: dict[str, int]
    matrix: Any


def _part(concepts: Concepts, messages: Sequence[Example]) -> Part:
    reader = FeatureReader(concepts)
    seen: Counter[str] = Counter()
    entries: list[tuple[int, float, tuple[str, ...]]] = []
    for row, message in enumerate(messages):
        features = reader.read(message.text, lexicons_for(message.language), message.speaker)
        seen.update({name for piece in features.meanings + features.letters for name in piece.names})
        entries += [(row, value, names) for names, value in weighed(features)]
    return Part(dict(seen), matrix_of(entries, Vocabulary(seen), len(messages)))


def _in_vocabulary(part: Part, vocabulary: Vocabulary) -> Any:
    """The rows of the part in the columns of the whole."""
    import scipy.sparse as sparse  # noqa: PLC0415 - needed to train, not to run

    columns = np.array([vocabulary.get(name, -1) for name in part.seen])
    cells = part.matrix.tocoo()
    kept = columns[cells.col] >= 0
    places = (cells.row[kept], columns[cells.col[kept]])
    return sparse.csr_matrix((cells.data[kept], places), (part.matrix.shape[0], len(vocabulary)))


def _on_all_cores(read: Callable[[Sequence[Example]], Part], messages: Sequence[Example]) -> list[Part]:
    """A process for each core where processes can be forked; each language's lexicon is then read by one of them."""
    cores = os.cpu_count() or 1
    size = -(-len(messages) // cores)
    pieces = [messages[start : start + size] for start in range(0, len(messages), size)]
    if len(messages) < WORTH_A_PROCESS or "fork" not in get_all_start_methods():
        return [read(piece) for piece in pieces]
    with ProcessPoolExecutor(cores, get_context("fork")) as workers:
        return list(workers.map(read, pieces))


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
