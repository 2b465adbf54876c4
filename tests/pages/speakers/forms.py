"""A page as a browser without scripts uses it: its forms, filled in and sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx


@dataclass
class Form:
    action: str
    id: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Seen:
    """What a test asks about a page; texts are not among it."""

    forms: list[Form] = field(default_factory=list)
    html: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)
    screen: dict[str, str] = field(default_factory=dict)
    responses: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    boxes: dict[str, str] = field(default_factory=dict)
    turns: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def form(self, action: str) -> Form:
        return next(form for form in self.forms if form.action.endswith(action))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._box: str | None = None

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in given}
        seen = self.seen
        if "id" in told:
            seen.ids.append(told["id"])
        for name, kept in (("now", seen.now), ("screen", seen.screen)):
            kept.update(told if told.get("id") == name else {})
        if "data-response" in told:
            seen.responses.append(told["data-response"])
        if told.get("id", "").startswith("turn-"):
            seen.turns.append(told["id"])
        self._read(tag, told)

    def _read(self, tag: str, told: dict[str, str]) -> None:
        seen = self.seen
        if tag == "html":
            seen.html = told
        elif tag == "form":
            seen.forms.append(Form(told.get("action", ""), told.get("id", "")))
        elif tag == "input" and told.get("type") == "hidden":
            seen.forms[-1].fields[told["name"]] = told["value"]
        elif tag == "a":
            seen.links.append(told["href"])
        elif tag == "button" and "value" in told:
            seen.buttons.append(told["value"])
        elif tag == "textarea":
            self._box = told["id"]
            seen.boxes[self._box] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._box = None

    def handle_data(self, data: str) -> None:
        if self._box:
            self.seen.boxes[self._box] += data


def read(response: httpx.Response) -> Seen:
    reader = _Reader()
    reader.feed(response.text)
    return reader.seen


def look(client: httpx.Client, path: str = "/pupil/talk") -> Seen:
    return read(client.get(path, follow_redirects=True))


def send(client: httpx.Client, path: str = "/pupil/talk", /, **more: str | list[str]) -> httpx.Response:
    """Fills in the form of a conversation and sends it; a redirect is not followed."""
    form = look(client, path).form("/turn")
    return client.post(form.action, data={**form.fields, **more})


def say(client: httpx.Client, words: str, path: str = "/pupil/talk") -> httpx.Response:
    return send(client, path, text=words)


def texts_without(html: str, *attributes: str) -> Iterator[str]:
    """Every text on a page that is not inside an element with one of these attributes."""
    reader = _Texts(attributes)
    reader.feed(html)
    return iter(reader.texts)


class _Texts(HTMLParser):
    VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})

    def __init__(self, attributes: tuple[str, ...]) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._attributes = set(attributes)
        self._outside = [True]

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            named = self._attributes.intersection(name for name, _ in given)
            self._outside.append(self._outside[-1] and (tag == "html" or not named))

    def handle_endtag(self, _tag: str) -> None:
        self._outside.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._outside[-1]:
            self.texts.append(data.strip())
