"""A small drawing of what changed: three bars for each conversation, told apart by pattern and place, not by colour.

Only numbers; the template draws them as SVG. Where the reader's language runs from right to left, so does time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from api.services.insight.changes import Course

Kind = Literal["good", "hard", "barriers"]
KINDS: tuple[Kind, ...] = ("good", "hard", "barriers")
# of the drawing's own units, which a browser stretches to the room there is
BAR, GAP, BETWEEN = 24, 6, 30
TALL, ABOVE, BELOW = 110, 18, 26


@dataclass(frozen=True)
class Bar:
    kind: Kind
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + BAR // 2


@dataclass(frozen=True)
class Slot:
    """One conversation."""

    place: int
    middle: int
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Chart:
    width: int
    slots: Sequence[Slot]
    bar: int = BAR
    ground: int = ABOVE + TALL
    height: int = ABOVE + TALL + BELOW


def chart_of(course: Course, direction: str) -> Chart:
    sums = course.sums
    most = max((count for counts in sums for count in counts), default=0) or 1
    wide = 3 * BAR + 2 * GAP + BETWEEN
    order = range(len(sums)) if direction == "ltr" else range(len(sums) - 1, -1, -1)
    lefts = [column * wide + BETWEEN // 2 for column in range(len(sums))]
    slots = [_slot(place, left, sums[place], most, direction) for left, place in zip(lefts, order, strict=True)]
    return Chart(wide * len(sums), slots)


def _slot(place: int, left: int, counts: Sequence[int], most: int, direction: str) -> Slot:
    named = list(zip(KINDS, counts, strict=True))
    row = named if direction == "ltr" else named[::-1]
    bars = [_bar(kind, count, left + number * (BAR + GAP), most) for number, (kind, count) in enumerate(row)]
    return Slot(place, left + (3 * BAR + 2 * GAP) // 2, bars)


def _bar(kind: Kind, count: int, x: int, most: int) -> Bar:
    height = round(TALL * count / most)
    return Bar(kind, count, x, ABOVE + TALL - height, height)
