"""Reads .po files as they are: no compiled file on disk, so a corrected sentence is live after a restart."""

from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"
DOMAINS = ("interview", "pages")


def template_path(folder: Path, domain: str) -> Path:
    return folder / f"{domain}.pot"


def catalog_path(folder: Path, code: str, domain: str) -> Path:
    return folder / code / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(path: Path, code: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code)


def read_translations(folder: Path, code: str, domain: str) -> NullTranslations:
    """The English source needs no catalog; a language without a file speaks English."""
    path = catalog_path(folder, code, domain)
    if code == SOURCE_LANGUAGE or not path.exists():
        return NullTranslations()
    return copy(_compiled(path, code, path.stat().st_mtime_ns))  # whoever asks may give it a fallback


@lru_cache(maxsize=64)
def _compiled(path: Path, code: str, _changed: int) -> GNUTranslations:
    """Once a process for each state of the file."""
    compiled = BytesIO()
    write_mo(compiled, read_catalog(path, code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(texts) and all(text.strip() for text in texts)


def missing(template: Catalog, catalog: Catalog) -> list[Message]:
    """The source messages that `catalog` cannot say yet."""
    return [entry for entry in template if entry.id and not is_translated(catalog.get(entry.id, entry.context))]


def complete(folder: Path, codes: Iterable[str]) -> list[str]:
    """Those of the languages that can say everything, in order."""
    return [code for code in codes if code == SOURCE_LANGUAGE or _can_say(folder, code)]


def _can_say(folder: Path, code: str) -> bool:
    for domain in DOMAINS:
        source, path = template_path(folder, domain), catalog_path(folder, code, domain)
        if not (source.exists() and path.exists()):
            return False
        if not _is_complete(source, path, code, source.stat().st_mtime_ns, path.stat().st_mtime_ns):
            return False
    return True


@lru_cache(maxsize=128)
def _is_complete(source: Path, path: Path, code: str, _source_changed: int, _changed: int) -> bool:
    return not missing(_source(source, _source_changed), read_catalog(path, code))


@lru_cache(maxsize=4)
def _source(path: Path, _changed: int) -> Catalog:
    return read_catalog(path)
