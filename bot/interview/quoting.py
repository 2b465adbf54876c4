"""Which of the speaker's words to give back (practice 11)."""

from __future__ import annotations

from interview.turns import Line, Span, Turn

LONGEST_QUOTE = 140  # code points: about what fits on two lines of a phone


def overlaps(span: Span, start: int, end: int) -> bool:
    return span.start < end and span.end > start


def quotation(turn: Turn, span: Span) -> Line:
    """The sentence that holds the span, or the span alone when the sentence is long or not known."""
    for start, end in turn.reading.sentences:
        if overlaps(span, start, end) and end - start <= LONGEST_QUOTE:
            return Line(turn.id, start, end)
    return Line(turn.id, span.start, span.end)
