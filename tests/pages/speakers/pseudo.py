"""Catalogs that a machine can make: every sentence in other letters, with its places intact.

With them pages are tested in all languages, right-to-left ones too, whether or not a person has translated them yet.
"""

import re
import shutil
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from api.catalogs import DOMAINS, catalog_path, read_catalog, template_path
from api.i18n import Language

MARK = "※"  # begins every pseudo-translated sentence
ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابثدهفجحيزكلمنوقرستعغطخشضص")
PLACE = re.compile(r"(%\(\w+\)s|%%|\{\w+\})")


def translate(text: str, direction: str) -> str:
    pieces = PLACE.split(text)
    if direction == "rtl":
        pieces = [piece if PLACE.fullmatch(piece) else piece.lower().translate(ARABIC) for piece in pieces]
    return MARK + "".join(pieces)


def write_catalogs(source: Path, folder: Path, languages: list[Language]) -> None:
    for domain in DOMAINS:
        shutil.copy(template_path(source, domain), template_path(folder, domain))
        for language in languages:
            _write(read_catalog(template_path(source, domain)), language, catalog_path(folder, language.code, domain))


def _write(template: Catalog, language: Language, path: Path) -> None:
    catalog = Catalog(locale=language.code, fuzzy=False)
    for message in template:
        if message.id:
            catalog.add(message.id, _string(message, language, catalog.num_plurals), context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog)


def _string(message: Message, language: Language, plurals: int) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return translate(message.id, language.direction)
    return (translate(message.id[1], language.direction),) * plurals
