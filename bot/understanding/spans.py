from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Extent(NamedTuple):
    """A half-open stretch of a text, in code points."""

    start: int
    end: int

    def overlaps(self, other: Extent) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Extent) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Span:
    """A code of the taxonomy and the words that speak for it (code points of the text as given)."""

    code: str
    start: int
    end: int
    confidence: float = 1.0

    @property
    def extent(self) -> Extent:
        return Extent(self.start, self.end)
