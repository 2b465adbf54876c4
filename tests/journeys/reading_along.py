"""Reads every screen of a journey along: whether all of it is in the speaker's language, and all of it can be seen."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from babel.messages.catalog import Catalog
from playwright.sync_api import Locator, Page

from api.catalogs import DOMAINS, catalog_path, read_catalog, template_path
from api.i18n import Language
from api.settings import ROOT

from .drivers.eyes import Eyes, grave_faults, place
from .drivers.parent import Parent
from .drivers.pupil import Pupil
from .drivers.speaker import Speaker

FOLDER = ROOT / "translations"
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
LETTERS = 8  # a sentence with places is known again by the letters around them
GAP = re.compile(r"[{}]|%\(|\b(?:None|undefined|utter_\w+)\b")

# Words as they stand on the screen, each with the language that the page says it is in; and what does not fit.
SEEN = r"""() => {
  const tidy = text => text.replace(/\s+/g, " ").trim();
  const words = root => {
    const found = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (tidy(walker.currentNode.data)) found.push(walker.currentNode);
    return found.filter(each => each.parentElement.checkVisibility({ visibilityProperty: true })
      || each.parentElement.matches("option"));
  };
  const spills = (text, box) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].some(each => each.left < box.left - 1 || each.right > box.right + 1);
  };
  const isCut = each => {
    const box = each.getBoundingClientRect();
    const texts = words(each).filter(text => !text.parentElement.closest(".visually-hidden, option"));
    return each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 2 || texts.some(text => spills(text, box));
  };
  const pressed = [...document.querySelectorAll("button, .button, summary, label, legend, h1")];
  const shown = pressed.filter(each => each.checkVisibility() && !each.closest(".visually-hidden"));
  const named = [...document.querySelectorAll("[aria-label], [alt], [title], [placeholder]")];
  const labels = named.flatMap(each => ["aria-label", "alt", "title", "placeholder"].map(it => each.getAttribute(it)));
  const page = document.documentElement;
  return {
    asked: document.querySelector("#question")?.dataset.response,
    marked: [page.lang, page.dir],
    texts: [...words(document.body).map(each => each.data), ...labels, ...document.title.split(" – ")]
      .filter(Boolean).map(tidy),
    others: [...document.querySelectorAll("#screen [lang]")]
      .filter(each => each.lang !== page.lang && each.checkVisibility()).map(each => each.outerHTML.slice(0, 160)),
    sideways: document.scrollingElement.scrollWidth > innerWidth,
    cut: shown.filter(isCut).map(each => each.outerHTML.slice(0, 160)),
  };
}"""

ANSWERED = """after => document.querySelector("#screen").dataset.after !== after
  && !document.querySelector("#now .waiting")"""


class Brisk(Speaker):
    """Sees an answer in the frame in which it comes: some four hundred turns are waited for here."""

    def _answered_after(self, press: Locator) -> None:
        before = self.page.locator("#screen").get_attribute("data-after")
        press.click()
        self.page.wait_for_function(ANSWERED, arg=before)
        self._look()


class BriskPupil(Brisk, Pupil):
    """At a tablet, or at something narrower."""


class BriskParent(Brisk, Parent):
    """At a phone."""


class ReadingAlong(Eyes):
    """In place of axe. What staff and speakers wrote themselves must not be a sentence of the catalogs."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def look(self, page: Page) -> None:
        seen: dict[str, Any] = page.evaluate(SEEN)
        self.faults += [f"{place(page)} {seen['asked']}: {fault}" for fault in self._faults(seen)]

    def _faults(self, seen: dict[str, Any]) -> Iterator[str]:
        wanted = [self._language.tag, self._language.direction]
        if seen["marked"] != wanted:
            yield f"marked as {seen['marked']}"
        if seen["sideways"]:
            yield "wider than the screen"
        yield from (f"cut off: {control}" for control in seen["cut"])
        yield from (f"in another language: {piece}" for piece in seen["others"])
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
