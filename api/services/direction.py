from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def direction(language: str) -> str:
    """`ltr` or `rtl`; what is unknown reads from left to right."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"
