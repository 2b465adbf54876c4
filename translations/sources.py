"""Where the English source of each sentence stands, and what a translator is told about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel.messages.extract import extract_from_file

ROOT = Path(__file__).parent.parent
RESPONSES = "bot/domain/responses"
INTERVIEW = "bot/data/interview"
TEMPLATES = "api/templates"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA_OPTIONS = {"newstyle_gettext": "true", "trimmed": "true"}
READERS = {"pupil": "Said to a pupil.", "parent": "Said to a parent or carer."}
SAFETY = "Fixed words after something unsafe was told. A safeguarding lead must agree to the translation."
PATTERN = "A time of the school week. It stands by itself, after a colon or in a list."
CARD = "Under a drawn picture of a part of school life; it also stands in a list after a colon."
REACH = "How a parent or carer wishes to be reached by the school: to pick, and in a list after a colon."
GIST = "For staff who cannot read the words, after: The computer thinks this is about. It must not read as a quotation."
PROMISE = "After: We promised. The name is that of an adult at school. Read before and after the promise was kept."
OUTCOME = "What became of a promise. The name is that of the adult who made it."
MANNERS = {
    "question": "A question: it must stay open, so that neither yes nor no nor one offered word can answer it.",
    "scaffold": "Asks to pick something from a list below it.",
    "readback": "Stands above the speaker's own words.",
}


@dataclass(frozen=True)
class Source:
    text: str | tuple[str, str]
    context: str | None
    file: str
    comments: tuple[str, ...] = ()


def page_sources() -> Iterator[Source]:
    """Templates in order of path, then what staff read from the shared truth."""
    for kind in ("*.html", "*.txt"):  # pages, then e-mails
        for path in sorted((ROOT / TEMPLATES).rglob(kind)):
            yield from _template_sources(path)
    yield from _taxonomy_labels("domains", "domain", "Where in life a difficulty lies. For staff.")
    yield from _taxonomy_labels("factors", "factor", "What makes school hard. For staff.")
    yield from _taxonomy_labels("voice", "voice", "What kind of thing was said. For staff.")
    yield from _taxonomy_labels("safeguarding", "safeguarding", "Why an alert was made. For staff.")
    yield from _gists()
    yield from _signposts()
    yield from _guide_names()
    yield from _promises()


def interview_sources() -> Iterator[Source]:
    questions = _read(f"{INTERVIEW}/questions.yml")["questions"]
    for path in sorted((ROOT / RESPONSES).rglob("*.yml")):
        yield from _responses(path.relative_to(ROOT).as_posix(), questions)
    yield from _taxonomy_labels("feelings", "feeling", "How somebody feels; stands under a drawn face.")
    yield from _guide_labels()
    yield from _reaching_labels()


def _template_sources(path: Path) -> Iterator[Source]:
    file = path.relative_to(ROOT).as_posix()
    found = extract_from_file("jinja2", path, KEYWORDS, ["TRANSLATORS:"], JINJA_OPTIONS)
    for _, message, comments, context in found:
        text = message if isinstance(message, str) else (message[0], message[1])
        yield Source(text, context, file, tuple(comment.removeprefix("TRANSLATORS:").strip() for comment in comments))


def _responses(file: str, questions: Mapping[str, Mapping[str, str]]) -> Iterator[Source]:
    for response, wordings in _read(file)["responses"].items():
        comments = tuple(_about(response, file, questions.get(response, {})))
        for context, reader in _contexts(response, file):
            for wording in wordings:
                yield Source(wording["text"], context, file, (*reader, *comments))


def _contexts(response: str, file: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A sentence that both hear is translated for each: many languages address a child and a parent differently."""
    is_for_one = Path(file).parent.name in READERS or response.endswith(tuple(READERS))
    if is_for_one:
        yield response, ()
    else:
        yield from ((f"{response}/{audience}", (reader,)) for audience, reader in READERS.items())


def _about(response: str, file: str, question: Mapping[str, str]) -> Iterator[str]:
    reader = next((reader for reader in READERS if reader in Path(file).parts or response.endswith(reader)), None)
    if reader:
        yield READERS[reader]
    if "safety" in file:
        yield SAFETY
    if question:
        yield MANNERS[question["kind"]]


def _taxonomy_labels(kind: str, context: str, comment: str) -> Iterator[Source]:
    file = f"{INTERVIEW}/taxonomy.yml"
    return _labels(_read(file)[kind], context, file, comment)


def _gists() -> Iterator[Source]:
    file = f"{INTERVIEW}/taxonomy.yml"
    content = _read(file)
    for kind in ("factors", "feelings", "voice"):
        for entry in content[kind]:
            yield Source(entry["gist"], "gist", file, (GIST,))


def _guide_labels() -> Iterator[Source]:
    file = f"{INTERVIEW}/guides.yml"
    content = _read(file)
    for guide in content["guides"].values():
        yield from _labels(guide["topics"], "topic", file, READERS[guide["audience"]])
    yield from _labels(content["choices"], "choice", file, "A button, in the speaker's own voice.")
    yield from _labels(content["patterns"], "pattern", file, PATTERN)
    yield from _card_labels()


def _card_labels() -> Iterator[Source]:
    file = f"{INTERVIEW}/cards.yml"
    content = _read(file)
    yield from _labels(content["cards"], "card", file, CARD)
    yield from _labels(content["places"], "place", file, "Where a picture is put: how it is for the pupil.")


def _reaching_labels() -> Iterator[Source]:
    file = f"{INTERVIEW}/reaching.yml"
    for entries in _read(file).values():
        yield from _labels(entries, "reach", file, REACH)


def _guide_names() -> Iterator[Source]:
    """What staff choose from when they start a conversation."""
    file = f"{INTERVIEW}/guides.yml"
    content = _read(file)
    for guide in content["guides"].values():
        yield Source(guide["for_staff"], "guide", file, ("A kind of conversation. For staff.",))


def _promises() -> Iterator[Source]:
    """What staff choose from, and the sentences that a pupil and a parent read: each is translated for each of them."""
    file = f"{INTERVIEW}/promises.yml"
    content = _read(file)
    for entry in content["promises"]:
        yield Source(entry["staff"], "promise", file, ("Something to promise, in a list. For staff.",))
    for kind, entries, comment in (
        ("promise", content["promises"], PROMISE),
        ("outcome", content["outcomes"], OUTCOME),
    ):
        for entry in entries:
            for audience, reader in READERS.items():
                yield Source(entry[audience], f"{kind}/{audience}", file, (reader, comment))


def _signposts() -> Iterator[Source]:
    file = f"{INTERVIEW}/signposts.yml"
    for country in _read(file)["countries"].values():
        for sign in country.get("also", ()):
            yield Source(sign["for"], "signpost", file, ("Whom a telephone number is for.",))


def _labels(entries: Iterable[Mapping[str, Any]], context: str, file: str, comment: str) -> Iterator[Source]:
    for entry in entries:
        yield Source(entry["label"], context, file, (comment,))


def _read(file: str) -> Any:
    return yaml.safe_load((ROOT / file).read_text("utf-8"))
