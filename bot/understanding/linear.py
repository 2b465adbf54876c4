"""A linear model over named features; it knows which stretch of the text spoke for which code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.errors import ModelError
from understanding.features import Features, Piece
from understanding.spans import Extent

Floats = NDArray[np.float32]
WEIGHT_OF_MEANINGS = 0.7
WEIGHT_OF_LETTERS = 1.0


@dataclass(frozen=True)
class Scores:
    """Log-odds per code, and how much each piece added to them (pieces × codes)."""

    totals: Floats
    pieces: list[Extent]
    shares: Floats


@dataclass
class LinearModel:
    codes: list[str]
    vocabulary: dict[str, int]
    weights: Floats  # features × codes
    bias: Floats
    thresholds: Floats  # log-odds from which a code counts as said

    def scores(self, features: Features) -> Scores:
        places, rows, values = rows_of(features, self.vocabulary)
        if not rows:
            return Scores(self.bias, [], np.zeros((0, len(self.codes)), np.float32))
        sizes = [len(row) for row in rows]
        index = np.fromiter((i for row in rows for i in row), np.int64, sum(sizes))
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        shares = np.add.reduceat(self.weights[index], starts, axis=0) * np.asarray(values, np.float32)[:, None]
        return Scores(self.bias + shares.sum(axis=0), places, shares)

    def save(self, folder: Path, about: dict[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        weights = self.weights.astype(np.float16)
        np.savez(folder / "model.npz", weights=weights, bias=self.bias, thresholds=self.thresholds)
        words = {"codes": self.codes, "vocabulary": list(self.vocabulary), **about}
        (folder / "model.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> tuple[LinearModel, dict[str, Any]]:
        """The model and what was said about it when it was saved."""
        try:
            about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            with np.load(folder / "model.npz", allow_pickle=False) as arrays:
                weights, bias, thresholds = (arrays[name] for name in ("weights", "bias", "thresholds"))
        except (OSError, ValueError, KeyError) as problem:
            raise ModelError(f"No readable model in {folder}: train first.") from problem
        vocabulary = {name: row for row, name in enumerate(about.pop("vocabulary"))}
        return cls(about.pop("codes"), vocabulary, weights.astype(np.float32), bias, thresholds), about


def rows_of(features: Features, vocabulary: dict[str, int]) -> tuple[list[Extent], list[list[int]], list[float]]:
    """The known features of each piece, and the weight that its kind has in this message."""
    letters = _known(features.letters, vocabulary)
    meanings = _known(features.meanings, vocabulary)
    of_letters = WEIGHT_OF_LETTERS / max(1, sum(len(row) for _, row in letters)) ** 0.5
    pieces = letters + meanings
    values = [of_letters] * len(letters) + [WEIGHT_OF_MEANINGS] * len(meanings)
    return [extent for extent, _ in pieces], [row for _, row in pieces], values


def _known(pieces: Iterable[Piece], vocabulary: dict[str, int]) -> list[tuple[Extent, list[int]]]:
    known = ((piece.extent, [vocabulary[n] for n in piece.names if n in vocabulary]) for piece in pieces)
    return [(extent, row) for extent, row in known if row]


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
