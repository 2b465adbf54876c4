"""Words, emoji and signs of a text in any script, each with every form in which it may be looked up."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from understanding.text import (
    APOSTROPHES,
    KEPT_APOSTROPHE,
    lowered,
    plain_emoji,
    unstretched,
    without_accents,
    without_apostrophes,
)


@dataclass(frozen=True)
class Token:
    kind: str
    forms: tuple[str, ...]
    start: int
    end: int
    after_break: bool  # a full stop, question mark or new line stands before it
    after_pause: bool  # a comma, colon or dash (or a break) stands before it
    position: float  # distance from the beginning in words; unspaced scripts count less a character


def _character_ranges(wanted: Callable[[str], bool], blocks: list[tuple[int, int]]) -> str:
    chosen = [code for low, high in blocks for code in range(low, high) if wanted(chr(code))]
    return "".join(f"\\U{code:08x}" for code in chosen)


_MARKS = _character_ranges(
    lambda char: unicodedata.category(char)[0] == "M" and not 0xFE00 <= ord(char) <= 0xFE0F,
    [(0x300, 0x3100), (0xA66F, 0xAC00), (0xFB1E, 0xFB1F)],
)
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uaa60-\uaa7f\uf900-\ufaff\U00020000-\U0002ffff"
)
LETTER = rf"(?:(?![{_UNSPACED}])[^\W_]|[{_MARKS}\u200c\u200d\u0640])"
_SYMBOL = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_TONE = "(?:[\ufe0f\U0001f3fb-\U0001f3ff])*"
TOKEN = re.compile(
    r"(?P<smiley><3|</3|[:;=]['\u2019]?-?[()DPpOo|/\\<>\[\]3](?!\w)|[()]{2,})"
    rf"|(?P<emoji>{_SYMBOL}{_TONE}(?:\u200d{_SYMBOL}{_TONE})*)"
    rf"|(?P<word>{LETTER}+(?:[{APOSTROPHES}]{LETTER}+)*)"
    rf"|(?P<character>[{_UNSPACED}])"
    r"|(?P<question>[?\u061f\uff1f\u037e]+)|(?P<dots>\.{2,}|\u2026+)|(?P<shout>[!\uff01]{2,})|(?P<money>[\u00a3$\u20ac])"
    r"|(?P<stop>[.!\uff01;\n\r\u3002\uff0e\u06d4\u0964\u0965\u1362\u104b\u17d4]+)"
    r"|(?P<pause>[,:\u060c\u3001\uff0c\u061b\u2013\u2014]|\s-\s)"
)
MOST_REPEATS = 60  # of one word in one message
LONGEST_WORD = 48  # code points: what comes after them tells nothing
FIRST_LETTER_WITHOUT_CASE = "\u0590"  # Hebrew and what follows
_ENDINGS_OF_CONTRACTIONS = ("t", "ll", "re", "ve", "d", "m")
_SIGNS = {"question": ("?",), "dots": ("...",), "shout": ("!!",)}


@lru_cache(8_000)
def forms_of(kind: str, raw: str) -> tuple[str, ...]:
    """At least one, and none is empty: of a sign that only changes another, such as a tone of skin, it is the sign."""
    return tuple(form for form in _forms(kind, raw) if form) or (raw,)


def _forms(kind: str, raw: str) -> tuple[str, ...]:
    if kind == "word":
        return _forms_of_word(raw)
    if kind == "emoji":
        plain = plain_emoji(raw)
        return tuple(dict.fromkeys((plain, plain.split("\u200d")[0])))
    if kind == "question" and len(raw) > 1:
        return ("??", "?")
    if kind == "smiley":
        smiley = raw.lower().replace("\u2019", "'")
        return (smiley[0] * 2 if smiley[0] in "()" else smiley.replace("-", ""),)
    return _SIGNS.get(kind, (raw,))


def _forms_of_word(raw: str) -> tuple[str, ...]:
    word = lowered(raw)
    forms = {word}
    if "'" in word:
        forms |= _parts_around_apostrophe(word)
    for form in list(forms):
        forms |= unstretched(form)
    # An accent lost on a short Latin word makes another word ("są", "sa"); elsewhere it does not.
    forms |= {without_accents(form) for form in forms if len(form) >= 4 or form[:1] >= FIRST_LETTER_WITHOUT_CASE}
    return (word, *sorted(forms - {word}))


def _parts_around_apostrophe(word: str) -> set[str]:
    parts = {without_apostrophes(word)} if word not in KEPT_APOSTROPHE else set()
    first, *_, last = word.split("'")
    if last not in _ENDINGS_OF_CONTRACTIONS:
        parts |= {first} if len(first) >= 2 else set()
        parts |= {last} if len(last) >= 2 and len(first) <= 5 else set()
    elif first == "i":
        parts.add("i")
    return parts


def is_inner_stop(text: str, start: int, end: int) -> bool:
    """Whether the point belongs to `8.30`, `p.e` or `e.h.c.p` and ends nothing."""
    if text[start:end] != "." or not start > 0 or end >= len(text):
        return False
    if not (text[start - 1].isalnum() and text[end].isalnum()):
        return False
    return text[start - 1].isdigit() or start < 2 or not text[start - 2].isalnum()


@lru_cache(4)
def tokenize(text: str) -> tuple[Token, ...]:
    """Remembered for a moment: every reader of a message asks. What is said for the hundredth time tells nothing more
    and is left out, so that a key held down costs no time."""
    said: Counter[tuple[str, ...]] = Counter()
    kept: list[Token] = []
    for token in _tokens(text):
        said[token.forms] += 1
        if said[token.forms] <= MOST_REPEATS:
            kept.append(token)
    return tuple(kept)


def _tokens(text: str) -> Iterator[Token]:
    broken = paused = False
    position = 0.0
    for match in TOKEN.finditer(text):
        kind, (start, end) = match.lastgroup or "", match.span()
        if kind == "stop":
            broken = broken or not is_inner_stop(text, start, end)
        elif kind == "pause":
            paused = True
        else:
            forms = forms_of(kind, match.group()[:LONGEST_WORD])
            yield Token(kind, forms, start, end, broken, paused or broken, position)
            broken, paused = kind in _SIGNS, False
            position += _length_in_words(kind, match.group())


def _length_in_words(kind: str, raw: str) -> float:
    if kind != "character":
        return 1.0
    return 0.6 if raw >= "\u3000" else 0.25
