"""Where in a message the evidence for a code stands."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.linear import Scores, strongest
from understanding.sentences import sentence_around
from understanding.spans import Extent

SHARE_THAT_COUNTS = 0.5  # of what spoke for the code
MOST_PIECES = 4  # more than these, and the evidence is everywhere
NEIGHBOURS = 12  # code points between two pieces of one phrase


def place_of(text: str, scores: Scores, code: int) -> Extent:
    """The phrase that spoke loudest; the sentence around it when many words spoke a little each."""
    pieces = strongest(scores, code, SHARE_THAT_COUNTS)
    if not pieces:
        return Extent(0, len(text))
    phrase = _phrase(pieces[0], pieces[1:])
    return sentence_around(text, phrase) if len(pieces) > MOST_PIECES else phrase


def _phrase(core: Extent, others: Sequence[Extent]) -> Extent:
    start, end = core
    for other in sorted(others, key=lambda extent: abs(extent.start - core.start)):
        if other.start <= end + NEIGHBOURS and start <= other.end + NEIGHBOURS:
            start, end = min(start, other.start), max(end, other.end)
    return Extent(start, end)
