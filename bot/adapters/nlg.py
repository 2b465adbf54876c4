"""The bot's voice: wordings from the domain, in the speaker's language from the catalogs (endpoints.yml: nlg)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from interview.moves import NOTICE, Choice, Label, Move
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from adapters.catalogs import SOURCE_LANGUAGE, catalog
from adapters.planning import plans

CHANNEL = "interview"
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


class CatalogVoice(NaturalLanguageGenerator):
    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Rasa makes the voice before the model is loaded: the domain is empty here and comes with each call."""

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """The message as the exchange has it, under `custom`; `text` is a template there and filled elsewhere."""
        move, listener = _move(utter_action, tracker)
        wordings = kwargs["domain_responses"][utter_action]
        source = wording(move, listener, wordings)
        message = in_words(move, listener, source)
        if output_channel == CHANNEL:
            return {"text": message["text"], "custom": message}
        return {"text": filled(message["text"], move, tracker), "buttons": _buttons(message)}


def wording(move: Move, listener: Listener, wordings: Sequence[Mapping[str, Any]]) -> str:
    """Each further conversation of a person begins one wording on, and takes them in turn; a question that stands again
    keeps its own."""
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
    return comma.join(f"{ISOLATE}{spoken(label, language)}{END_ISOLATE}" for label in labels)


def named(choice: Choice, language: str) -> str:
    return spoken(choice.label, language)


def spoken(label: Label, language: str) -> str:
    return catalog(language).pgettext(label.context, label.text) if label.context else label.text


def filled(template: str, move: Move, tracker: DialogueStateTracker) -> str:
    """For a developer's shell: the words just typed; other named places show their names."""
    latest, quote = tracker.latest_message, move.quote
    known = {}
    if quote and latest and quote.turn == latest.message_id:
        known["quote"] = (latest.text or "")[quote.start : quote.end]
    return NAMED_PLACE.sub(lambda place: known.get(place[1], f"[{place[1]}]"), template)


def _move(utter_action: str, tracker: DialogueStateTracker) -> tuple[Move, Listener]:
    standing = plans().standing(tracker)
    if standing is None:
        return Move(utter_action, NOTICE), Listener()
    progress, said = standing
    planned = progress.moves[said : said + 1]
    move = planned[0] if planned and planned[0].response == utter_action else Move(utter_action, NOTICE)
    occasion = progress.occasion
    return move, Listener(progress.language, progress.audience, occasion.age_band, occasion.conversations)


def _buttons(message: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"title": choice["text"], "payload": f'/choose{{"choice": "{choice["code"]}"}}'}
        for choice in message["choices"]
    ]
