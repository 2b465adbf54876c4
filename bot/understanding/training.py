"""Training of linear models, one against the rest; thresholds from messages the model had not seen."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, SGDClassifier

from understanding.corpus import Corpus
from understanding.linear import Floats, LinearModel

Labels = NDArray[np.bool_]  # messages × codes
Thresholds = Callable[[Floats, Labels, Labels], Floats]  # held-out log-odds, labels, which messages → one per code
HELD_OUT_SHARE = 0.25
WEIGHT_OF_A_CODE = 3.0  # a code is rare: its messages count thrice
ROUNDS = 15  # over all messages
CARE = 0.2  # where the exact solver stops
STRENGTH = 1.0  # inverse of the regularisation


def fit(
    corpus: Corpus,
    labels: Labels,
    codes: list[str],
    choose: Thresholds,
    strength: float = STRENGTH,
    exact: Collection[str] = (),
) -> tuple[LinearModel, Floats, Labels]:
    """The model, and the log-odds of the held-out messages by a model that had seen neither them nor their kin.
    `exact`: codes that are worth the time of an exact solver."""
    exactly = [code in exact for code in codes]
    held_out = np.random.default_rng(0).random(len(labels))[corpus.kin] < HELD_OUT_SHARE
    weights, bias = _weights(corpus.matrix[~held_out], labels[~held_out], strength, exactly)
    log_odds = corpus.matrix[held_out] @ weights + bias
    thresholds = choose(log_odds, labels[held_out], held_out)
    weights, bias = _weights(corpus.matrix, labels, strength, exactly)
    return LinearModel(codes, corpus.vocabulary, weights.astype(np.float16), bias, thresholds), log_odds, held_out


def _weights(matrix: Any, labels: Labels, strength: float, exactly: Sequence[bool]) -> tuple[Floats, Floats]:
    weights = np.zeros((matrix.shape[1], labels.shape[1]), np.float32)
    bias = np.full(labels.shape[1], -10.0, np.float32)  # a code without examples is never said

    def learn(code: int) -> None:
        weight = {True: WEIGHT_OF_A_CODE}
        model = (
            LogisticRegression(C=strength, solver="liblinear", dual=True, tol=CARE, max_iter=1000, class_weight=weight)
            if exactly[code]
            else linear_classifier(matrix.shape[0], strength, class_weight=weight)
        )
        model.fit(matrix, labels[:, code])
        weights[:, code], bias[code] = model.coef_[0], model.intercept_[0]

    run_together(learn, np.flatnonzero(labels.any(axis=0)))
    return weights, bias


def linear_classifier(messages: int, strength: float, **more: Any) -> SGDClassifier:
    """Logistic regression by stochastic gradient descent, averaged over its later half: a fifth of the time of an exact
    solver for .005 of F1 (docs/decisions/0008)."""
    return SGDClassifier(
        loss="log_loss",
        alpha=1 / (strength * messages),
        max_iter=ROUNDS,
        tol=None,
        average=messages * ROUNDS // 2,
        random_state=0,
        **more,
    )


def run_together(learn: Callable[[int], None], places: Iterable[int]) -> None:
    """On all cores: the solver works outside Python's lock."""
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        list(workers.map(learn, places))


def calibration(log_odds: Floats, labels: Labels) -> tuple[float, float]:
    """Slope and offset that turn log-odds into log-odds that mean what they say (Platt)."""
    model = LogisticRegression(C=1e6).fit(log_odds.reshape(-1, 1), labels.reshape(-1))
    return float(model.coef_[0][0]), float(model.intercept_[0])
