"""The bot's voice: wordings from the domain, in the speaker's language from the catalogs (endpoints.yml: nlg)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interview.moves import NOTICE, Move
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from adapters.planning import plans
from adapters.wordings import NAMED_PLACE, Listener, in_words, wording

CHANNEL = "interview"


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
    return move, Listener.of(progress)


def _buttons(message: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"title": choice["text"], "payload": f'/choose{{"choice": "{choice["code"]}"}}'}
        for choice in message["choices"]
    ]
