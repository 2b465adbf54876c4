"""What is wrong with the catalogs, one sentence for each fault."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from api.catalogs import DOMAINS, catalog_path, is_translated, missing, read_catalog, template_path
from translations.writing import HERE, as_bytes, template

PLACE = re.compile(r"%\((\w+)\)s|(?<!\{)\{(\w+)\}(?!\})")


def stale_templates(folder: Path = HERE) -> Iterator[str]:
    for domain in DOMAINS:
        path = template_path(folder, domain)
        if not path.exists() or path.read_bytes() != as_bytes(template(domain)):
            yield f"{path.name} does not hold the sentences of the source: run extract, then update."


def faults(code: str, folder: Path = HERE) -> Iterator[str]:
    for domain in DOMAINS:
        path = catalog_path(folder, code, domain)
        if not path.exists():
            yield f"{code}/{domain}.po is not there: run update."
            continue
        source, catalog = read_catalog(template_path(folder, domain)), read_catalog(path, code)
        yield from (f"{code}/{domain}.po: {fault}" for fault in catalog_faults(source, catalog))


def catalog_faults(source: Catalog, catalog: Catalog) -> Iterator[str]:
    yield from (f"{_name(entry)} is not translated." for entry in missing(source, catalog))
    yield from (f"{_name(entry)} is marked fuzzy." for entry in catalog if entry.id and entry.fuzzy)
    yield from (f"{_name(entry)} is obsolete: run update." for entry in catalog.obsolete.values())
    for entry in catalog:
        if entry.id and source.get(entry.id, entry.context) is None:
            yield f"{_name(entry)} is not a sentence of the source: run update."
        elif entry.id and is_translated(entry) and not _places_agree(entry):
            yield f"{_name(entry)} does not hold the same places as the source."


def _places_agree(entry: Message) -> bool:
    """A plural form may leave a place out (one child, two children), but none may invent one or lose it everywhere."""
    said, meant = _texts(entry.string), _texts(entry.id)
    if len(meant) == 1:
        return sorted(places(said[0])) == sorted(places(meant[0]))
    wanted = {place for text in meant for place in places(text)}
    return {place for text in said for place in places(text)} == wanted


def places(text: str) -> list[str]:
    return [percent or brace for percent, brace in PLACE.findall(text)]


def _texts(content: str | Iterable[str] | None) -> list[str]:
    return [content] if isinstance(content, str) else list(content or ())


def _name(entry: Message) -> str:
    text = _texts(entry.id)[0]
    return f"“{text[:60]}”" + (f" ({entry.context})" if entry.context else "")
