"""Reads a page as a browser without scripts does: its elements in order, each with its text."""

from dataclasses import dataclass
from html.parser import HTMLParser

NEVER_CLOSED = {"input", "link", "meta", "br", "hr", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def matches(self, tag: str, wanted: dict[str, str]) -> bool:
        return tag == self.tag and all(self._has(name, value) for name, value in wanted.items())

    def _has(self, name: str, value: str) -> bool:
        """`data_turn` stands for data-turn, `class_` for one of the classes."""
        held = self.attributes.get(name.strip("_").replace("_", "-"))
        return value in (held or "").split() if name == "class_" else value == held


class Markup(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def find(self, tag: str, **wanted: str) -> list[Element]:
        return [element for element in self.elements if element.matches(tag, wanted)]

    def one(self, tag: str, **wanted: str) -> Element:
        (found,) = self.find(tag, **wanted)
        return found

    def links(self) -> list[str]:
        return [element["href"] for element in self.find("a")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in NEVER_CLOSED:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
