"""Training of linear models, one against the rest; thresholds from messages the model had not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from understanding.features import Features
from understanding.linear import Floats, LinearModel, rows_of
from understanding.text import folded

Labels = NDArray[np.bool_]  # messages × codes
Thresholds = Callable[[Floats, Labels], Floats]  # held-out log-odds and labels → one threshold per code
HELD_OUT_PARTS = 3
LIKE_EDGE = 5  # words
SEEN_AT_LEAST = 2  # messages, for a feature to count
WEIGHT_OF_A_CODE = 3.0  # a code is rare: its messages count thrice
STRENGTH = 1.0  # inverse of the regularisation


def fit(
    features: Sequence[Features],
    labels: Labels,
    codes: list[str],
    choose: Thresholds,
    strength: float = STRENGTH,
    kin: Sequence[int] | None = None,
) -> tuple[LinearModel, Floats]:
    """The model, and the log-odds of every message by a model that had seen neither it nor its kin."""
    held_out = _held_out(features, labels, strength, kin or range(len(features)))
    vocabulary = _vocabulary(features)
    weights, bias = _weights(_matrix(features, vocabulary), labels, strength)
    return LinearModel(codes, vocabulary, weights, bias, choose(held_out, labels)), held_out


def families(texts: Sequence[str]) -> list[int]:
    """Per message the number of its family: those that begin or end with the same words are taken for one."""
    firsts: dict[tuple[str, ...], int] = {}
    numbers = []
    for number, text in enumerate(texts):
        words = tuple(folded(text).split())
        edges = {words[:LIKE_EDGE], words[-LIKE_EDGE:]}
        family = min(firsts.get(edge, number) for edge in edges)
        firsts.update((edge, family) for edge in edges if edge not in firsts)
        numbers.append(family)
    return numbers


def _held_out(features: Sequence[Features], labels: Labels, strength: float, kin: Sequence[int]) -> Floats:
    parts = np.random.default_rng(0).integers(0, HELD_OUT_PARTS, len(features))[np.asarray(kin)]
    log_odds = np.zeros(labels.shape, np.float32)
    for part in range(HELD_OUT_PARTS):
        seen = [row for row, where in zip(features, parts, strict=True) if where != part]
        unseen = [row for row, where in zip(features, parts, strict=True) if where == part]
        vocabulary = _vocabulary(seen)
        weights, bias = _weights(_matrix(seen, vocabulary), labels[parts != part], strength)
        log_odds[parts == part] = _matrix(unseen, vocabulary) @ weights + bias
    return log_odds


def _vocabulary(features: Sequence[Features]) -> dict[str, int]:
    seen: Counter[str] = Counter()
    for message in features:
        seen.update({name for piece in message.meanings + message.letters for name in piece.names})
    return {name: row for row, name in enumerate(sorted(n for n, count in seen.items() if count >= SEEN_AT_LEAST))}


def _matrix(features: Sequence[Features], vocabulary: dict[str, int]) -> Any:
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, message in enumerate(features):
        _, pieces, weights = rows_of(message, vocabulary)
        for piece, weight in zip(pieces, weights, strict=True):
            rows += [row] * len(piece)
            columns += piece
            values += [weight] * len(piece)
    shape = (len(features), len(vocabulary))
    return sparse.csr_matrix((values, (rows, columns)), shape, dtype=np.float32)


def _weights(matrix: Any, labels: Labels, strength: float) -> tuple[Floats, Floats]:
    weights = np.zeros((matrix.shape[1], labels.shape[1]), np.float32)
    bias = np.full(labels.shape[1], -10.0, np.float32)  # a code without examples is never said
    for code in range(labels.shape[1]):
        if not labels[:, code].any():
            continue
        model = LogisticRegression(
            C=strength, solver="liblinear", dual=True, tol=0.01, random_state=0, class_weight={True: WEIGHT_OF_A_CODE}
        )
        model.fit(matrix, labels[:, code])
        weights[:, code], bias[code] = model.coef_[0], model.intercept_[0]
    return weights, bias


def calibration(log_odds: Floats, labels: Labels) -> tuple[float, float]:
    """Slope and offset that turn log-odds into log-odds that mean what they say (Platt)."""
    model = LogisticRegression(C=1e6).fit(log_odds.reshape(-1, 1), labels.reshape(-1))
    return float(model.coef_[0][0]), float(model.intercept_[0])
