"""Ways of writing the same word: case, accents, apostrophes, stretched letters, vowel marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'\u2019\u02bc\u02b9\u0060\u00b4\u2018\u05f3"
# Without its apostrophe each of these is another word.
KEPT_APOSTROPHE = frozenset({"i'll", "we'll", "she'll", "he'll", "we're", "i'd", "she'd", "we'd", "who're"})

# Accents; Hebrew and Arabic vowel signs; tatweel; joiners.
_SILENT_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d]"
)
# Letters that people swap when typing and that do not decompose.
_SWAPPED = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك"}
)
_STRETCHED = re.compile(r"(.)\1{2,}")
_CURLY = str.maketrans(dict.fromkeys(APOSTROPHES[1:], "'"))
_VARIATION = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
_CACHED = 8_000


@lru_cache(_CACHED)
def lowered(word: str) -> str:
    return unicodedata.normalize("NFC", word.lower().replace("i\u0307", "i")).translate(_CURLY)


@lru_cache(_CACHED)
def without_accents(word: str) -> str:
    bare = _SILENT_MARKS.sub("", unicodedata.normalize("NFD", word.translate(_SWAPPED)))
    return unicodedata.normalize("NFC", bare)


def without_apostrophes(word: str) -> str:
    return word if word in KEPT_APOSTROPHE else word.replace("'", "")


def plain_emoji(symbol: str) -> str:
    """The emoji without skin tone and presentation marks."""
    return _VARIATION.sub("", symbol)


def unstretched(word: str) -> set[str]:
    """`soooo` as `so` and as `soo`; nothing when no letter is stretched."""
    if not _STRETCHED.search(word):
        return set()
    return {_STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word)}


@lru_cache(_CACHED)
def folded(word: str) -> str:
    """One form for all ways of writing a word: for n-grams and for comparing whole messages."""
    return without_accents(_STRETCHED.sub(r"\1\1", without_apostrophes(lowered(word))))
