"""Counts of people that single nobody out: fewer than five are hidden, and what would let a reader work them out too.

One rule for a table: a population falls into groups (years, languages), and in each group some were counted and the
others were not. The reader is taken to know the size of every group, the total, and every number that is shown.

    small     fewer than five were counted, or fewer than five were not (it says the same about those few)
    hidden    every small group; then, the smallest first, as many others as it takes until the hidden ones together
              are no small number either. A single hidden group would be the total less the others.
    nothing   a total that is small itself is hidden with everything below it

Two hidden groups or more whose counted and not counted people are at least five each can share them out in more than
one way, each of them, which the tests try out (docs/decisions/0013-small-numbers.md).
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

LEAST = 5  # people


@dataclass(frozen=True)
class Part:
    """Of the `of` people in a group, `count` were counted."""

    count: int
    of: int

    @property
    def fewer(self) -> int:
        """Of those who were counted and those who were not."""
        return min(self.count, self.of - self.count)

    @property
    def is_small(self) -> bool:
        return self.fewer < LEAST

    def __add__(self, other: "Part") -> "Part":
        return Part(self.count + other.count, self.of + other.of)


@dataclass(frozen=True)
class Shown[Group: Hashable]:
    """None stands for a number that is hidden, for whichever reason: the reason would tell."""

    total: int | None
    groups: dict[Group, int | None]

    @property
    def hidden(self) -> set[Group]:
        return {group for group, count in self.groups.items() if count is None}


def shown[Group: Hashable](parts: Mapping[Group, Part]) -> Shown[Group]:
    total = together(parts.values())
    if total.is_small:
        return Shown(None, dict.fromkeys(parts))
    hidden = {group for group, part in parts.items() if part.is_small}
    for group in sorted(parts, key=lambda group: parts[group].fewer):
        if _hides_well([parts[each] for each in hidden]):
            break
        hidden.add(group)
    return Shown(total.count, {group: None if group in hidden else part.count for group, part in parts.items()})


def together(parts: Collection[Part]) -> Part:
    return sum(parts, Part(0, 0))


def merged[Group: Hashable](sizes: Mapping[Group, int]) -> list[tuple[Group, ...]]:
    """Groups of fewer than five become one; as long as that is too small itself, the smallest other joins it."""
    few = {group for group, size in sizes.items() if size < LEAST}
    others = sorted(sizes.keys() - few, key=lambda group: sizes[group])
    while few and others and sum(sizes[group] for group in few) < LEAST:
        few.add(others.pop(0))
    alone = [(group,) for group in sizes if group not in few]
    return [*alone, tuple(group for group in sizes if group in few)] if few else list(alone)


def _hides_well(hidden: Collection[Part]) -> bool:
    return not hidden or (len(hidden) > 1 and not together(hidden).is_small)
