"""What a person typed, made safe to store and to count in code points. Done once; offsets refer to the result."""

import re

from api.errors import EmptyTurn, TooLong

LONGEST = 8000  # code points, as the bot's
# controls but tab and new line; marks that turn the reading order of everything after them
_REMOVED = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    lines = text.replace("\r\n", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _REMOVED.sub("", lines)).strip()


def clean_and_check(text: str) -> str:
    words = clean(text)
    if not words:
        raise EmptyTurn
    if len(words) > LONGEST:
        raise TooLong
    return words
