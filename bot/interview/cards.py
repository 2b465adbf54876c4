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


def fits(bands: frozenset[str], band: str | None) -> bool:
    """Whether what is meant for these age bands (none: all) is for this one. An age that is not known fits all."""
    return not bands or band is None or band in bands
