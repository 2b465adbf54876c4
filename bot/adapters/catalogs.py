"""The bot's sentences in other languages: translations/<language>/LC_MESSAGES/interview.po, read when first needed."""

from __future__ import annotations

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
SOURCE_LANGUAGE = "en"


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "interview.po"


@lru_cache(32)
def catalog(language: str) -> gettext.NullTranslations:
    """Without a catalog the English source is spoken, rather than nothing."""
    if language == SOURCE_LANGUAGE or not path_of(language).is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _read(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(32)
def is_complete(language: str) -> bool:
    """Whether every sentence is translated and none is marked as doubtful."""
    if language == SOURCE_LANGUAGE:
        return True
    if not path_of(language).is_file():
        return False
    return all(message.string and not message.fuzzy for message in _read(language) if message.id)


def _read(language: str) -> Any:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=None)
