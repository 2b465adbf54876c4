"""Which concepts a text holds, where, and whether they are denied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from understanding.lexicon import Lexicon, Node, edges
from understanding.spans import Extent
from understanding.tokens import Token, tokenize

REACH_OF_NEGATION = 3  # words
NEVER_DENIED = frozenset({"negation", "intensity", "hedge", "person", "time", "control", "disarm"})
# A negation does not reach across these.
TURNING_POINTS = frozenset({"contrast_but", "cause_because", "condition_when"})
NEGATION = "neg"
WIDER_NEGATION = "neg_"
HARM = "sg_"


class Found(NamedTuple):
    """A pattern's meaning between two tokens, both included."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True)
class Concept:
    name: str
    start: int
    end: int
    denied: bool = False

    @property
    def mark(self) -> str:
        return f"not:{self.name}" if self.denied else self.name

    @property
    def extent(self) -> Extent:
        return Extent(self.start, self.end)


def find(tokens: Sequence[Token], lexicon: Lexicon) -> list[Found]:
    """Every longest match of every concept, in order."""
    forms = [lexicon.lookup_forms(token.forms) for token in tokens]
    places: dict[str, set[tuple[int, int]]] = {}
    for first in range(len(tokens)):
        for concept, last in _matches_from(first, tokens, forms, lexicon):
            places.setdefault(concept, set()).add((first, last))
    return sorted(found for concept, spots in places.items() for found in _longest(concept, spots))


def _matches_from(
    first: int, tokens: Sequence[Token], forms: Sequence[tuple[str, ...]], lexicon: Lexicon
) -> Iterator[tuple[str, int]]:
    final = len(tokens) - 1
    reached = [(node, first) for node in lexicon.openings(forms[first])]
    while reached:
        node, here = reached.pop()
        for meaning in node.meanings:
            if not (meaning.at_start and first) and not (meaning.at_end and here != final):
                yield meaning.concept, here
        for place, roots in _next_places(node, here, tokens):
            reached.extend((child, place) for child in edges(roots, forms[place]))


def _next_places(node: Node, here: int, tokens: Sequence[Token]) -> Iterator[tuple[int, Node]]:
    """The tokens that the pattern may go on with; it never goes on across a break."""
    widest = max(node.gaps, default=0)
    for place in range(here + 1, min(here + widest + 2, len(tokens))):
        if tokens[place].after_break:
            return
        if place == here + 1:
            yield place, node
        for width, after_gap in node.gaps.items():
            if place <= here + width + 1:
                yield place, after_gap


def _longest(concept: str, spots: set[tuple[int, int]]) -> Iterator[Found]:
    furthest = -1
    for first, last in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if last > furthest:
            yield Found(concept, first, last)
            furthest = last


class ConceptMatcher:
    """Concepts of one language's lexicon. Concepts of harm that are denied come out both ways,
    so that a negation read wrongly cannot hide them."""

    def __init__(self, lexicon: Lexicon, groups: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._groups = groups

    def concepts(self, text: str, tokens: Sequence[Token] | None = None) -> list[Concept]:
        tokens = tokenize(text) if tokens is None else tokens
        found = _without_shadowed_negations(find(tokens, self._lexicon))
        scope = _Scope(tokens, found, self._lexicon.negation)
        return sorted(self._marked(found, tokens, scope), key=lambda c: (c.start, c.end, c.mark))

    def _marked(self, found: list[Found], tokens: Sequence[Token], scope: _Scope) -> Iterator[Concept]:
        for hit in found:
            start, end = tokens[hit.first].start, tokens[hit.last].end
            group = self._groups.get(hit.concept, "")
            denied = group not in NEVER_DENIED and scope.denies(hit)
            if denied:
                yield Concept(hit.concept, start, end, denied=True)
            if not denied or group.startswith(HARM):
                yield Concept(hit.concept, start, end)


def _without_shadowed_negations(found: list[Found]) -> list[Found]:
    wide = [(hit.first, hit.last) for hit in found if hit.concept.startswith(WIDER_NEGATION)]
    return [
        hit
        for hit in found
        if hit.concept != NEGATION or not any(first <= hit.first and hit.last <= last for first, last in wide)
    ]


class _Scope:
    def __init__(self, tokens: Sequence[Token], found: list[Found], direction: str) -> None:
        self._tokens = tokens
        self._negations = [
            (hit.first, hit.last) for hit in found if hit.concept == NEGATION or hit.concept.startswith(WIDER_NEGATION)
        ]
        self._turns = [hit.first for hit in found if hit.concept in TURNING_POINTS]
        self._after = direction in ("after", "both")
        self._before = direction in ("before", "both")

    def denies(self, hit: Found) -> bool:
        return any(self._reaches(first, last, hit) for first, last in self._negations)

    def _reaches(self, first: int, last: int, hit: Found) -> bool:
        inside = hit.first <= first and last <= hit.last
        if inside or first <= hit.first <= last:
            return False
        if self._after and hit.first > last:
            return self._close(last, hit.first)
        return self._before and hit.last < first and self._close(hit.last, first)

    def _close(self, left: int, right: int) -> bool:
        if self._tokens[right].position - self._tokens[left].position > REACH_OF_NEGATION:
            return False
        if any(self._tokens[place].after_pause for place in range(left + 1, right + 1)):
            return False
        return not any(left < turn <= right for turn in self._turns)
