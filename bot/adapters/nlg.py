"""The bot's voice: wordings from the domain, in the speaker's language from the catalogs (endpoints.yml: nlg)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from interview.moves import NOTICE, Choice, Move
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from adapters.catalogs import SOURCE_LANGUAGE, catalog
from adapters.planning import plans

CHANNEL = "interview"
NAMED_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Listener:
    """Who is spoken to, and in which language."""

    language: str = SOURCE_LANGUAGE
    audience: str = ""


class CatalogVoice(NaturalLanguageGenerator):
    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """Rasa makes the voice before the model is loaded: the domain is empty here and comes with each call."""

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """The message as the exchange has it, under `custom`; `text` is a template there and filled elsewhere."""
        move, listener = _move(utter_action, tracker)
        wordings = kwargs["domain_responses"][utter_action]
        source = wording(str(tracker.sender_id), move, wordings)
        message = in_words(move, listener, source)
        if output_channel == CHANNEL:
            return {"text": message["text"], "custom": message}
        return {"text": filled(message["text"], move, tracker), "buttons": _buttons(message)}


def wording(conversation: str, move: Move, wordings: Sequence[Mapping[str, Any]]) -> str:
    """Conversations begin at different wordings and take them in turn; the same question keeps its own."""
    first = zlib.crc32(f"{conversation} {move.response}".encode())
    return str(wordings[(first + move.variation) % len(wordings)]["text"])


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
        "text": said_to(listener, move.response, source),
        "quote": asdict(move.quote) if move.quote else None,
        "choices": [{"code": choice.code, "text": named(choice, listener.language)} for choice in move.choices],
        "multiple": move.multiple,
    }


def named(choice: Choice, language: str) -> str:
    label = choice.label
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
    return move, Listener(progress.language, progress.audience)


def _buttons(message: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"title": choice["text"], "payload": f'/choose{{"choice": "{choice["code"]}"}}'}
        for choice in message["choices"]
    ]
