"""Reads every screen of a journey along: whether all of it is in the speaker's language, and all of it can be seen."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from babel.messages.catalog import Catalog
from playwright.sync_api import Page

from api.catalogs import DOMAINS, catalog_path, read_catalog, template_path
from api.i18n import Language
from api.settings import ROOT

from .drivers.eyes import Eyes, grave_faults, place

FOLDER = ROOT / "translations"
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")
LETTERS = 8  # a sentence with places is known again by the letters around them
GAP = re.compile(r"[{}]|%\(")

# What is read, the pieces that the page marks as another language, and what does not fit.
SEEN = r"""() => {
  const words = root => {
    const found = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode);
    return found.filter(({ data, parentElement: it }) => data.trim() && (it.checkVisibility() || it.matches("option")));
  };
  const spills = (text, box) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].some(each => each.left < box.left - 1 || each.right > box.right + 1);
  };
  const isCut = each => each.clientWidth > 2 && each.scrollWidth > each.clientWidth + 1
    || words(each).some(text => !text.parentElement.closest(".visually-hidden, option")
      && spills(text, each.getBoundingClientRect()));
  const all = selector => [...document.querySelectorAll(selector)].filter(each => each.checkVisibility());
  const { lang, dir } = document.documentElement;
  return {
    asked: document.querySelector("#question")?.dataset.response,
    marked: [lang, dir],
    texts: [...words(document.body).map(each => each.data), ...document.title.split(" – "),
      ...all("[aria-label]").map(each => each.ariaLabel)].map(text => text.replace(/\s+/g, " ").trim()),
    others: all("#screen [lang]").filter(each => each.lang !== lang).map(each => each.outerHTML),
    sideways: document.scrollingElement.scrollWidth > innerWidth,
    cut: all("button, .button, summary, label, legend, h1").filter(isCut).map(each => each.outerHTML),
  };
}"""


class ReadingAlong(Eyes):
    """In place of axe. What people wrote themselves must not be a sentence of the catalogs."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def look(self, page: Page) -> None:
        seen: dict[str, Any] = page.evaluate(SEEN)
        self.faults += [f"{place(page)} {seen['asked']}: {fault}" for fault in self._faults(seen)]

    def _faults(self, seen: dict[str, Any]) -> Iterator[str]:
        if seen["marked"] != [self._language.tag, self._language.direction]:
            yield f"marked as {seen['marked']}"
        if seen["sideways"]:
            yield "wider than the screen"
        yield from (f"cut off: {control[:200]}" for control in seen["cut"])
        yield from (f"in another language: {piece[:200]}" for piece in seen["others"])
        yield from (f"a place not filled: {text}" for text in seen["texts"] if GAP.search(text))
        yield from (f"in English: {text}" for text in seen["texts"] if self._is_left_in_english(text))

    def _is_left_in_english(self, text: str) -> bool:
        return self._language.code != "en" and bool(english().fullmatch(text)) and text not in self._own

    @cached_property
    def _own(self) -> set[str]:
        """A translation may be the same word as some English source."""
        paths = [catalog_path(FOLDER, self._language.code, domain) for domain in DOMAINS]
        return {text for path in paths for text in texts_of(read_catalog(path), "string")}


class Picking(Eyes):
    """axe, for what neighbours do not reach: cards, a ladder, wishes."""

    def look(self, page: Page) -> None:
        kind = page.evaluate("document.querySelector('.cards, .ladder, .wishes')?.className")
        if kind and kind not in self._seen:
            self._seen.add(kind)
            self.faults += grave_faults(page)


def texts_of(catalog: Catalog, part: str) -> Iterator[str]:
    for entry in catalog:
        content = getattr(entry, part) if entry.id else ()
        yield from (" ".join(text.split()) for text in ([content] if isinstance(content, str) else content))


@cache
def english() -> re.Pattern[str]:
    """Every sentence of both templates, with anything at all in its places."""
    sources = {text for domain in DOMAINS for text in texts_of(read_catalog(template_path(FOLDER, domain)), "id")}
    known = [text for text in sources if not PLACE.search(text) or len(PLACE.sub("", text)) >= LETTERS]
    return re.compile("|".join(".+".join(map(re.escape, PLACE.split(text))) for text in known))
