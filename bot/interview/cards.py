"""Pictures of school life to sort (practice 12)."""

from __future__ import annotations

from dataclasses import dataclass

from interview.moves import Label

HARD, BETWEEN, GOOD = "hard", "between", "good"
PLACES = (HARD, BETWEEN, GOOD)


@dataclass(frozen=True)
class Card:
    code: str
    label: Label
    says: str
    """The factor that is kept when the card is put with hard."""
    bands: frozenset[str] = frozenset()
    """Age bands that see it; empty: all."""

    def fits(self, band: str | None) -> bool:
        return not self.bands or band is None or band in self.bands
