"""A tagged PDF by the rules of PDF/UA-1, which also refuse any letter that no font can show: no empty boxes."""

import json
import re
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import typst

from api.documents.model import Block, Document
from api.errors import NoFont, NotMade

TEMPLATE = Path(__file__).with_name("document.typ")
LONGEST = 20.0  # seconds
ROUNDS = 3  # symbols that no font has may hide others
_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_AT_ONCE = threading.BoundedSemaphore(2)  # pages wait rather than take the machine from the conversations


def pdf_of(document: Document, fonts: typst.Fonts | None = None) -> bytes:
    """`fonts`: those of the machine unless told.

    Raises NoFont where letters of a language have none, and NotMade where it takes too long.
    """
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(_set, document, fonts or _fonts_of_the_machine()).result(LONGEST)
    except TimeoutError:
        raise NotMade from None
    finally:
        pool.shutdown(wait=False)


def _set(document: Document, fonts: typst.Fonts) -> bytes:
    with _AT_ONCE:
        for _ in range(ROUNDS):
            try:
                return _compiled(document, fonts)
            except typst.TypstError as error:
                unshown = _letters_without_font(error)
            document = _naming(document, unshown)
    raise NoFont


def _compiled(document: Document, fonts: typst.Fonts) -> bytes:
    data = {"document": json.dumps(asdict(document), ensure_ascii=False)}
    return typst.compile(TEMPLATE.read_bytes(), font_paths=fonts, pdf_standards=["ua-1"], sys_inputs=data)


def _letters_without_font(error: typst.TypstError) -> set[str]:
    """The error itself is never passed on: it quotes what a person wrote."""
    found = {letter for text in _UNSHOWN.findall(error.diagnostic) for letter in _ESCAPED.sub(_unescaped, text)}
    if not found:
        raise NotMade from None
    if any(unicodedata.category(letter)[0] in "LN" for letter in found):
        raise NoFont from None
    return found


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]


def _naming(document: Document, symbols: set[str]) -> Document:
    """A picture that no font has is called by its name; what only joins or colours pictures goes with them."""
    names = str.maketrans({symbol: _name(symbol) for symbol in symbols})

    def named(block: Block) -> Block:
        return replace(block, runs=tuple(replace(run, text=run.text.translate(names)) for run in block.runs))

    header, footer = document.header.translate(names), document.footer.translate(names)
    return replace(document, header=header, footer=footer, blocks=tuple(named(block) for block in document.blocks))


def _name(symbol: str) -> str:
    if unicodedata.category(symbol) in {"Cf", "Mn", "Me"}:
        return ""
    return f"[{unicodedata.name(symbol, f'U+{ord(symbol):04X}').lower()}]"


@cache
def _fonts_of_the_machine() -> typst.Fonts:
    return typst.Fonts()
