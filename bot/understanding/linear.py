"""A linear model over named features; it knows which stretch of the text spoke for which code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.errors import ModelError
from understanding.features import Features
from understanding.spans import Extent

Floats = NDArray[np.float32]
WEIGHT_OF_MEANINGS = 0.7
WEIGHT_OF_LETTERS = 1.0
REMEMBERED = 5_000  # words
WEIGHTS, NAMES, ABOUT = "model.npz", "names.txt", "model.json"


@dataclass(frozen=True)
class Scores:
    """Log-odds per code, and how much each piece added to them (pieces × codes)."""

    totals: Floats
    pieces: list[Extent]
    shares: Floats


class Vocabulary(Mapping[str, int]):
    """Names of features → rows of weights. Words come again and again, so their rows are remembered."""

    def __init__(self, names: Iterable[str]) -> None:
        self._rows = {name: row for row, name in enumerate(names)}
        self._known: dict[tuple[str, ...], list[int]] = {}

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __getitem__(self, name: str) -> int:
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, names: tuple[str, ...]) -> list[int]:
        """Of the names that are known."""
        found = self._known.get(names)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            rows = self._rows
            found = self._known[names] = [rows[name] for name in names if name in rows]
        return found

    def save(self, path: Path) -> None:
        path.write_text("\n".join(self), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        return _vocabulary(path.read_bytes())


@dataclass
class LinearModel:
    codes: list[str]
    vocabulary: Vocabulary
    weights: NDArray[np.float16]  # features × codes
    bias: Floats
    thresholds: Floats  # log-odds from which a code counts as said

    def scores(self, features: Features) -> Scores:
        places, rows, values = rows_of(features, self.vocabulary)
        if not rows:
            return Scores(self.bias, [], np.zeros((0, len(self.codes)), np.float32))
        sizes = [len(row) for row in rows]
        index = np.array(list(chain.from_iterable(rows)), np.int64)
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        weights = self.weights[index].astype(np.float32)
        shares = np.add.reduceat(weights, starts, axis=0) * np.asarray(values, np.float32)[:, None]
        return Scores(self.bias + shares.sum(axis=0), places, shares)

    def save(self, folder: Path, about: dict[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(folder / WEIGHTS, weights=self.weights.astype(np.float16), bias=self.bias, thresholds=self.thresholds)
        self.vocabulary.save(folder / NAMES)
        (folder / ABOUT).write_text(json.dumps({"codes": self.codes, **about}), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> tuple[LinearModel, dict[str, Any]]:
        """The model and what was said about it when it was saved."""
        try:
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
                weights, bias, thresholds = (arrays[name] for name in ("weights", "bias", "thresholds"))
            vocabulary = Vocabulary.load(folder / NAMES)
        except (OSError, ValueError, KeyError) as problem:
            raise ModelError(f"No readable model in {folder}: train first.") from problem
        return cls(about.pop("codes"), vocabulary, weights, bias, thresholds), about


@lru_cache(2)
def _vocabulary(names: bytes) -> Vocabulary:
    """Models that learnt from one corpus share it."""
    return Vocabulary(names.decode("utf-8").split("\n"))


@lru_cache(4)
def rows_of(features: Features, vocabulary: Vocabulary) -> tuple[list[Extent], list[list[int]], list[float]]:
    """The known features of each piece, and the weight that its kind has in this message. Models that share a
    vocabulary share the answer."""
    places: list[Extent] = []
    rows: list[list[int]] = []
    values: list[float] = []
    for piece, value in zip(features.letters + features.meanings, _values(features), strict=True):
        known = vocabulary.rows(piece.names)
        if known:
            places.append(piece.extent)
            rows.append(known)
            values.append(value)
    return places, rows, values


def weighed(features: Features) -> Iterator[tuple[tuple[str, ...], float]]:
    """The names of each piece, with their weight."""
    pieces = features.letters + features.meanings
    return zip((piece.names for piece in pieces), _values(features), strict=True)


def matrix_of(entries: Sequence[tuple[int, float, tuple[str, ...]]], vocabulary: Vocabulary, height: int) -> Any:
    """Sparse, height × features, from (row, weight, names)."""
    import scipy.sparse as sparse  # noqa: PLC0415 - needed to train, not to run

    found = [vocabulary.rows(names) for _, _, names in entries]
    sizes = np.fromiter(map(len, found), np.int64, len(found))
    rows = np.repeat(np.fromiter((row for row, _, _ in entries), np.int64, len(found)), sizes)
    values = np.repeat(np.fromiter((value for _, value, _ in entries), np.float32, len(found)), sizes)
    columns = np.fromiter(chain.from_iterable(found), np.int64, int(sizes.sum()))
    return sparse.csr_matrix((values, (rows, columns)), (height, len(vocabulary)), dtype=np.float32)


def sparse_rows(parts: Sequence[Any]) -> Any:
    """Matrices of the same columns, one below the other."""
    import scipy.sparse as sparse  # noqa: PLC0415 - needed to train, not to run

    return sparse.vstack(parts, format="csr")


def _values(features: Features) -> list[float]:
    """The letters of a long message count less each; its meanings do not."""
    of_letters = WEIGHT_OF_LETTERS / max(1, sum(len(piece.names) for piece in features.letters)) ** 0.5
    return [of_letters] * len(features.letters) + [WEIGHT_OF_MEANINGS] * len(features.meanings)


def probability(log_odds: float) -> float:
    return float(1.0 / (1.0 + np.exp(-log_odds)))


def strongest(scores: Scores, code: int, share: float) -> Sequence[Extent]:
    """The pieces that together gave `share` of what spoke for the code."""
    column = scores.shares[:, code]
    order = [int(i) for i in np.argsort(-column) if column[i] > 0]
    wanted = share * float(column[order].sum()) if order else 0.0
    chosen, sofar = [], 0.0
    for row in order:
        if sofar >= wanted:
            break
        chosen.append(scores.pieces[row])
        sofar += float(column[row])
    return chosen
