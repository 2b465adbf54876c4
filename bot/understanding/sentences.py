"""Sentences of a message in any script, as code points. Every word is in exactly one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from understanding.spans import Extent
from understanding.tokens import is_inner_stop

_CLOSING = r"[\"'\u2019\u201d\u00bb)\]]*"
_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\u200d]"
_MARK = re.compile(
    rf"(?:[.!?\u2026\u061f\u06d4\u0964\u0965\u3002\uff01\uff1f]+{_CLOSING}(?:\s*{_EMOJI}+)?|\s*\n\s*|{_EMOJI}+)"
)
_INITIALS = re.compile(r"(\w\.)+\w")
_WORD = re.compile(r"\w+")
_TELLS = re.compile(rf"\w|{_EMOJI}")
_PAUSE = re.compile(r"[,;:\u060c\u061b]\s|\s[-\u2013\u2014]\s")
# After these a full stop ends nothing.
ABBREVIATIONS = frozenset("mr mrs ms dr st prof np tj itd itp ul godz eg ie vs sr sra dna".split())
LONGEST_SHORTENED = 20  # code points
LONGEST = 40  # words without an end mark, then a comma or a gap between words serves
WORDS_AROUND_EMOJI = 2  # on either side, for an emoji to end a sentence


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """None in a message that holds neither a word nor a sign that tells something: "..." is silence."""
    if not _TELLS.search(text):
        return []
    spans = []
    for start, end in _between_marks(text):
        for part in _not_too_long(text, start, end):
            trimmed = _trimmed(text, *part)
            if trimmed:
                spans.append(trimmed)
    return _without_wordless(text, spans)


@lru_cache(4)
def _extents(text: str) -> list[Extent]:
    """Remembered for a moment: several codes of one message ask."""
    return [Extent(*span) for span in sentence_spans(text)]


def sentence_around(text: str, place: Extent) -> Extent:
    """From the beginning of the first sentence that the place touches to the end of the last."""
    touched = [sentence for sentence in _extents(text) if sentence.overlaps(place)]
    return Extent(touched[0].start, touched[-1].end) if touched else place


def _between_marks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _MARK.finditer(text):
        if _ends_a_sentence(text, start, mark):
            yield start, mark.end()
            start = mark.end()
    yield start, len(text)


def _ends_a_sentence(text: str, start: int, mark: re.Match[str]) -> bool:
    first, end = mark.start(), mark.end()
    if text[first] == ".":
        one = end - first == 1
        return not is_inner_stop(text, first, first + 1) and not (one and _is_shortened(text, start, first))
    if re.fullmatch(f"{_EMOJI}+", mark.group()):
        sides = (_WORD.finditer(text, start, first), _WORD.finditer(text, end))
        return all(len(list(islice(words, WORDS_AROUND_EMOJI))) == WORDS_AROUND_EMOJI for words in sides)
    return True


def _is_shortened(text: str, start: int, end: int) -> bool:
    """Looks back over the longest abbreviation only: a message of thousands of stops must not cost their square."""
    word = re.split(r"\s", text[max(start, end - LONGEST_SHORTENED) : end])[-1].lower()
    return word in ABBREVIATIONS or _INITIALS.fullmatch(word) is not None


def _not_too_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = [(match.start() + start, match.end() + start) for match in _WORD.finditer(text[start:end])]
    while len(words) > LONGEST:
        cut = _cut(text, words)
        yield start, cut
        start = cut
        words = [word for word in words if word[0] >= cut]
    yield start, end


def _cut(text: str, words: list[tuple[int, int]]) -> int:
    """After the last comma within reach that leaves a good beginning, else before the next word."""
    low, high = words[LONGEST // 4][0], words[LONGEST][0]
    pauses = [match.end() for match in _PAUSE.finditer(text, low, high)]
    return pauses[-1] if pauses else high


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    stripped = part.strip()
    return (start + left, start + left + len(stripped)) if stripped else None


def _without_wordless(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Signs standing alone join the sentence before them; a message of signs alone is one sentence."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not _WORD.search(text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
