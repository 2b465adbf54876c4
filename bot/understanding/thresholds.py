"""From which log-odds a code counts as said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from understanding.linear import Floats

Labels = NDArray[np.bool_]
PULL_OF_THE_GROUP = 40.0  # messages: a code with fewer leans on the threshold of its group
GRID = np.arange(-3.0, 2.01, 0.1)


def best_f1(log_odds: Floats, labels: Labels, groups: Sequence[str]) -> Floats:
    """Per code, drawn towards the best of its group (factors, feelings, ...)."""
    kinds = np.asarray(groups)
    chosen = np.zeros(len(kinds), np.float32)
    for kind in set(groups):
        mine = kinds == kind
        chosen[mine] = _best(log_odds[:, mine].ravel(), labels[:, mine].ravel())
    for code in range(len(kinds)):
        count = float(labels[:, code].sum())
        own = _best(log_odds[:, code], labels[:, code])
        chosen[code] = (count * own + PULL_OF_THE_GROUP * chosen[code]) / (count + PULL_OF_THE_GROUP)
    return chosen


def _best(log_odds: Floats, labels: Labels) -> float:
    scores = [_f1(log_odds > threshold, labels) for threshold in GRID]
    return float(GRID[int(np.argmax(scores))])


def _f1(said: Labels, labels: Labels) -> float:
    right = float((said & labels).sum())
    return 2 * right / max(1.0, float(said.sum()) + float(labels.sum()))


def at_false_alarms(log_odds: Floats, labels: Labels, allowed: float) -> Floats:
    """One threshold for all codes: that share of the messages without any code may pass it."""
    quiet = log_odds[~labels.any(axis=1)].max(axis=1)
    return np.full(labels.shape[1], np.quantile(quiet, 1 - allowed), np.float32)
