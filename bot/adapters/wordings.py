"""Which words a move is said in: the wording for the age and the conversation, in the language of the listener."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from interview.interview import Progress
from interview.moves import Choice, Label, Move

from adapters.catalogs import SOURCE_LANGUAGE, catalog

ISOLATE, END_ISOLATE = "\u2068", "\u2069"
ARABIC_COMMA = ("ar", "ur")
NAMED_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Listener:
    """Who is spoken to, and in which language."""

    language: str = SOURCE_LANGUAGE
    audience: str = ""
    age_band: str | None = None
    conversations: int = 0

    @classmethod
    def of(cls, progress: Progress) -> Listener:
        occasion = progress.occasion
        return cls(progress.language, progress.audience, occasion.age_band, occasion.conversations)


def wording(move: Move, listener: Listener, wordings: Sequence[Mapping[str, Any]]) -> str:
    """Each further conversation of a person begins one wording on, and takes them in turn; a question that stands again
    keeps its own.
    """
    fitting = for_band(listener.age_band, wordings)
    return str(fitting[(listener.conversations + move.variation) % len(fitting)]["text"])


def for_band(band: str | None, wordings: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Those with a condition (Rasa's own, on the slot age_band) for this band; else those without any."""
    own = [one for one in wordings if any(band == condition["value"] for condition in one.get("condition") or ())]
    return own or [one for one in wordings if not one.get("condition")]


def said_to(listener: Listener, response: str, source: str) -> str:
    """What both audiences hear may be said to each in its own way: `<response>/<audience>` in the catalog."""
    spoken = catalog(listener.language)
    own = spoken.pgettext(f"{response}/{listener.audience}", source)
    return own if own != source else spoken.pgettext(response, source)


def in_words(move: Move, listener: Listener, source: str) -> dict[str, Any]:
    """One message of the reply (tests/contract/reply.schema.json)."""
    return {
        "id": move.response,
        "kind": move.kind,
        "topic": move.topic,
        "language": listener.language,
        "text": with_names(said_to(listener, move.response, source), move, listener.language),
        "quote": asdict(move.quote) if move.quote else None,
        "choices": [{"code": choice.code, "text": named(choice, listener.language)} for choice in move.choices],
        "multiple": move.multiple,
    }


def with_names(template: str, move: Move, language: str) -> str:
    """Labels in their places, each isolated so that it cannot turn the sentence around; the api fills the rest."""
    places = {place: listed(labels, language) for place, labels in move.named}
    return NAMED_PLACE.sub(lambda place: places.get(place[1], place[0]), template)


def listed(labels: Sequence[Label], language: str) -> str:
    """Commas alone: no language has to bend anything around them."""
    comma = "، " if language in ARABIC_COMMA else ", "
    return comma.join(isolated(spoken(label, language)) for label in labels)


def isolated(words: str) -> str:
    return f"{ISOLATE}{words}{END_ISOLATE}"


def named(choice: Choice, language: str) -> str:
    return spoken(choice.label, language)


def spoken(label: Label, language: str) -> str:
    return catalog(language).pgettext(label.context, label.text) if label.context else label.text
