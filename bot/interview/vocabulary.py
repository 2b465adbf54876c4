"""The closed vocabulary of bot/data/interview/taxonomy.yml, as far as an interview needs it."""

from __future__ import annotations

from dataclasses import dataclass

from interview.moves import Label

WISH = "wish"
HELPS = "helps"


@dataclass(frozen=True)
class Vocabulary:
    factors: frozenset[str]
    feelings: dict[str, Label]
    """Code to what a face is called, in the order in which faces are shown."""
    voice: frozenset[str]
    safeguarding: frozenset[str]
    controls: frozenset[str]

    def is_barrier(self, code: str) -> bool:
        return code in self.factors

    def is_feeling(self, code: str) -> bool:
        return code in self.feelings
