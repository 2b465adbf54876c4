"""From what a service found to a file."""

from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment

from api.documents.model import Document
from api.documents.reading import read
from api.documents.writing_docx import docx_of
from api.documents.writing_pdf import pdf_of
from api.errors import NotMade
from api.i18n import Translator, build_environment
from api.models import now

TEMPLATES = Path(__file__).parent.parent / "templates"
# the templates of templates/documents
Kind = Literal["summary", "record", "copy", "chronology"]
LARGEST = 300_000  # code points: more than a hundred pages, and some seconds


def pdf(kind: Kind, content: object, translator: Translator, maker: str = "") -> bytes:
    """An accessible PDF (PDF/UA-1) in the translator's language.

    `content` is what the template `templates/documents/<kind>.html` calls `content`; `maker` is the name of who asked
    for it. Raises NotMade where it is too long, and what pdf_of raises. It takes up to a second: not for an event loop.
    """
    return pdf_of(document_of(kind, content, translator, maker))


def docx(kind: Kind, content: object, translator: Translator, maker: str = "") -> bytes:
    """The same to go on writing in."""
    return docx_of(document_of(kind, content, translator, maker))


def document_of(kind: Kind, content: object, translator: Translator, maker: str = "") -> Document:
    template = _environment().get_template(f"documents/{kind}.html")
    named = translator.language.locale.languages
    frame = {"maker": maker, "made_at": now(), "language_name": lambda code: named.get(code, code)}
    page = template.render(**translator.for_templates(), content=content, **frame)
    document = read(page, translator.language.tag)
    if document.size > LARGEST:
        raise NotMade
    return document


@cache
def _environment() -> Environment:
    return build_environment([TEMPLATES])
