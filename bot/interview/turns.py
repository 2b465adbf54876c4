"""What came in: one turn of the speaker, already read but without its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Where a taxonomy code was heard; offsets are code points of the turn's text."""

    code: str
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True)
class Line:
    """A piece of what was said in a turn: what a quotation or a read-back points at."""

    turn: str
    start: int
    end: int


SURE = 0.5
"""A tag below it is a hint for adults; the interview itself neither asks nor leaves out anything because of it."""


@dataclass(frozen=True)
class Reading:
    """What the understanding made of the words of one turn."""

    control: str | None = None
    refusal: bool = False
    """With control `skip`: the speaker does not want to talk about it, which is kept apart from passing."""
    spans: tuple[Span, ...] = ()
    safeguarding: tuple[Span, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    words: int = 0
    proposed_language: str | None = None

    @property
    def sure(self) -> tuple[Span, ...]:
        """The tags that the interview acts on."""
        return tuple(span for span in self.spans if span.confidence >= SURE)


@dataclass(frozen=True)
class Turn:
    """One message of the exchange: `kind` is open, say or choose; `asked` is the question the speaker saw."""

    id: str
    kind: str
    language: str
    choices: tuple[str, ...] = ()
    target: Line | None = None
    asked: str | None = None
    reading: Reading = Reading()
