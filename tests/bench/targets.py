"""What the figures should reach, each as a ratio."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    name: str
    at_most: float
    ours: tuple[str, ...]  # path of our figure in the report
    against: tuple[str, ...]


TARGETS = (
    Target("CPU per turn: our bot / stock", 1 / 3, ("bot", "1_at_a_time", "cpu"), ("stock", "1_at_a_time", "cpu")),
    Target("p50: api and both stores / stock's bare turn", 0.8,
           ("product", "1_at_a_time", "p50"), ("stock", "1_at_a_time", "p50")),
    Target("memory of all processes (PSS)", 0.45, ("product", "memory", "pss"), ("stock", "memory", "pss")),
    Target("start to healthy", 0.35, ("product", "seconds_to_healthy"), ("stock", "seconds_to_healthy")),
    Target("bot: turn 200 / turn 5", 2.0, ("bot", "ms_at_turn", "200"), ("bot", "ms_at_turn", "5")),
    Target("api and both stores: turn 200 / turn 5", 2.0,
           ("product", "ms_at_turn", "200"), ("product", "ms_at_turn", "5")),
)  # fmt: skip


def figure(sides: Mapping[str, Any], path: tuple[str, ...]) -> float | None:
    place: Any = sides
    for name in path:
        place = place.get(name) if isinstance(place, Mapping) else None
    return place if isinstance(place, int | float) else None


def reached(sides: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row for each target; without a peer its ratios are null."""
    rows = []
    for target in TARGETS:
        ours, against = figure(sides, target.ours), figure(sides, target.against)
        ratio = ours / against if ours is not None and against else None
        met = None if ratio is None else ratio <= target.at_most
        rows.append({"target": target.name, "ratio": ratio, "at_most": target.at_most, "met": met})
    return rows
