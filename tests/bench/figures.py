"""Numbers about turns. Times are milliseconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median


def percentile(values: Sequence[float], percent: float) -> float:
    """Linear between the two nearest values."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True)
class Load:
    """One round of turns; cpu counts every process of the measured side."""

    p50: float
    p95: float
    turns_per_second: float
    cpu: float


def load(times: Sequence[float], wall_seconds: float, cpu_seconds: float) -> Load:
    count = len(times)
    return Load(percentile(times, 50), percentile(times, 95), count / wall_seconds, cpu_seconds * 1000 / count)


def middle(rounds: Sequence[Load]) -> Load:
    """The median of each figure: a noisy machine spoils single rounds, not most of them."""
    names = ("p50", "p95", "turns_per_second", "cpu")
    return Load(*(median(getattr(one, name) for one in rounds) for name in names))


def cost_around(talks: Sequence[Sequence[float]], turn: int, period: int) -> float:
    """Milliseconds of a turn near `turn`: the mean over one whole period of the exercise, so that every figure holds
    the same mixture of turns, each place in it the median over the conversations."""
    start = max(0, turn - period // 2 - 1)
    return fmean(median(talk[place] for talk in talks) for place in range(start, start + period))
