"""The sentences of the interview: English from the domain, other languages from the catalogs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

SOURCE_LANGUAGE = "en"


@dataclass(frozen=True)
class Wording:
    """One way to say a response. `id` is the response's name and the number of the wording."""

    id: str
    response: str
    text: str


def read_wordings(domain: Path) -> dict[str, tuple[Wording, ...]]:
    """Every response of the domain folder with its English wordings."""
    responses: dict[str, tuple[Wording, ...]] = {}
    for file in sorted(domain.rglob("*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        for name, entries in (content.get("responses") or {}).items():
            responses[name] = tuple(Wording(entry["id"], name, entry["text"]) for entry in entries)
    return responses


def languages_in(translations: Path) -> Iterator[str]:
    yield SOURCE_LANGUAGE
    for catalog in sorted(translations.glob("*/LC_MESSAGES/interview.po")):
        if catalog.parts[-3] != SOURCE_LANGUAGE:
            yield catalog.parts[-3]


def read_translations(translations: Path, language: str) -> Mapping[tuple[str, str], str]:
    """(response, English) to the translation, without doubtful ones. Empty where babel is not installed."""
    try:
        from babel.messages.pofile import read_po  # noqa: PLC0415  # English needs no babel
    except ImportError:
        return {}
    with (translations / language / "LC_MESSAGES" / "interview.po").open("rb") as file:
        catalog = read_po(file)
    return {(str(m.context), str(m.id)): str(m.string) for m in catalog if m.id and m.string and not m.fuzzy}
