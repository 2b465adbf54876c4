"""Reads the HTML of a document's template. It knows a few tags; all others are transparent.

    title header footer       of the document, plain text; a title of the class "large" makes all letters large
    h1 h2 h3 p li blockquote  a block; `class` may make a `p` a fact, asked, picked, soft or notice; `lang` and `dir`
    strong bdi span[lang]     inside a block

Spaces are kept in a blockquote alone: it holds the words as they were written.
"""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import get_args

from api.documents.model import Block, BlockKind, Document, Run
from api.services.direction import direction
from api.services.talk.filling import END_ISOLATE, ISOLATE

KINDS: dict[str, BlockKind] = {"h1": "title", "h2": "heading", "h3": "subheading", "li": "item", "blockquote": "words"}
PLAIN = ("title", "header", "footer")
_SPACES = re.compile(r"[ \t\r\n]+")
# beside what words are cleaned of (api.services.talk.words): neither format can hold them
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"[a-z]{2,3}(?![a-z])")


def read(page: str, language: str) -> Document:
    """`language` of what carries none of its own."""
    reader = _Reader(language)
    reader.feed(_IMPOSSIBLE.sub("", page))
    reader.close()
    plain = {name: _SPACES.sub(" ", "".join(parts)).strip() for name, parts in reader.plain.items()}
    return Document(
        language_of(language), direction(language), **plain, blocks=tuple(reader.blocks), large=reader.large
    )


def language_of(code: str) -> str:
    """Two or three letters; `und` where it is not known."""
    found = _TAG.match(code.lower())
    return found.group() if found else "und"


@dataclass(frozen=True)
class _Style:
    tag: str
    run: Run  # how its text is set
    isolates: bool


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.large = False
        self.plain: dict[str, list[str]] = {name: [] for name in PLAIN}
        self._language = language
        self._open: Block | None = None
        self._styles: list[_Style] = []  # those that are open
        self._within: str | None = None  # of PLAIN

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in PLAIN:
            self._within = tag
            self.large |= given.get("class") == "large"
        elif tag in KINDS or tag == "p":
            self._start_block(tag, given)
        else:
            self._style(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in PLAIN:
            self._within = None
        elif tag in KINDS or tag == "p":
            self._end_block()
        elif self._styles and self._styles[-1].tag == tag and self._styles.pop().isolates:
            self.handle_data(END_ISOLATE)

    def handle_data(self, data: str) -> None:
        if self._within:
            self.plain[self._within].append(data)
        elif self._open:
            run = replace(self._styles[-1].run, text=data)
            self._open = replace(self._open, runs=(*self._open.runs, run))

    def _start_block(self, tag: str, given: dict[str, str]) -> None:
        self._end_block()
        language = given.get("lang") or self._language
        way = given.get("dir") or direction(language)
        kind = KINDS.get(tag) or _kind(given.get("class", ""))
        self._open = Block(kind, language_of(language), way, ())
        self._styles = [_Style(tag, Run("", language_of(language), way), False)]

    def _style(self, tag: str, given: dict[str, str]) -> None:
        around = self._styles[-1].run if self._styles else Run("", "und", "ltr")
        style = _Style(tag, _styled(around, tag, given), tag == "bdi" or "lang" in given)
        if style.isolates:
            self.handle_data(ISOLATE)
        self._styles.append(style)

    def _end_block(self) -> None:
        if self._open:
            runs = self._open.runs if self._open.kind == "words" else _trimmed(self._open.runs)
            if any(run.text.strip() for run in runs):
                self.blocks.append(replace(self._open, runs=runs))
        self._open, self._styles = None, []


def _kind(name: str) -> BlockKind:
    return next((kind for kind in get_args(BlockKind) if kind == name), "text")


def _styled(around: Run, tag: str, given: dict[str, str]) -> Run:
    if language := given.get("lang"):
        return replace(around, language=language_of(language), direction=direction(language))
    return replace(around, strong=True) if tag == "strong" else around


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """One space wherever the template has any, none at either end."""
    kept: list[Run] = []
    for run in runs:
        text = _SPACES.sub(" ", run.text)
        if not kept or kept[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            kept.append(replace(run, text=text))
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(run for run in kept if run.text)
