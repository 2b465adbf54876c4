"""Catalog files that come out the same on every machine: no dates, no line numbers, no guesses."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from api.catalogs import DOMAINS, catalog_path, read_catalog, template_path
from translations.sources import Source, interview_sources, page_sources

HERE = Path(__file__).parent
WIDTH = 110
UNTRUE_OR_VARYING = tuple(
    b'"' + field + b":"
    for field in (
        b"Project-Id-Version",
        b"Report-Msgid-Bugs-To",
        b"POT-Creation-Date",
        b"PO-Revision-Date",
        b"Last-Translator",
        b"Language-Team",
        b"Generated-By",
    )
)
HEADER = "# Pupil Voice: {domain}. How to translate, and in which tone: translations/README.md"


def template(domain: str) -> Catalog:
    sources = {"interview": interview_sources, "pages": page_sources}[domain]()
    return _collect(domain, sources)


def _collect(domain: str, sources: Iterable[Source]) -> Catalog:
    catalog = Catalog(header_comment=HEADER.format(domain=domain), fuzzy=False)
    for source in sources:
        catalog.add(source.text, context=source.context, locations=[(source.file, 0)], auto_comments=source.comments)
    return catalog


def as_bytes(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    return b"\n".join(line for line in file.getvalue().split(b"\n") if not line.startswith(UNTRUE_OR_VARYING))


def write_templates() -> None:
    for domain in DOMAINS:
        template_path(HERE, domain).write_bytes(as_bytes(template(domain)))


def write_catalogs(codes: Iterable[str]) -> None:
    """Brings each language up to the templates: new sentences empty, gone sentences gone, nothing guessed."""
    for code in codes:
        for domain in DOMAINS:
            path = catalog_path(HERE, code, domain)
            catalog = read_catalog(path, code) if path.exists() else Catalog(locale=code, fuzzy=False)
            catalog.header_comment = HEADER.format(domain=domain)
            catalog.update(template(domain), no_fuzzy_matching=True, update_header_comment=False)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(catalog))
