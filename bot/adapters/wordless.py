"""Which part of an event outlives its turn: what was asked and what was made of an answer, never the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, UserUttered

from adapters.exchange import KEPT

ABOUT_THE_TURN = frozenset(KEPT)
ABOUT_THE_ANSWER = frozenset({"intent", "entities", "language", "sentences", "words", "refusal"})
ABOUT_AN_ENTITY = frozenset({"entity", "value", "start", "end", "confidence"})
ABOUT_THE_MESSAGE = frozenset({"id", "kind", "topic", "language", "text", "quote", "choices", "multiple"})

# Slots, reminders and the like may carry words and nothing here needs them: what is not listed is not kept.
KINDS: Mapping[str, type[Event]] = {
    kind.type_name: kind for kind in (UserUttered, BotUttered, ActionExecuted, SessionStarted)
}


def hush(event: Event) -> None:
    """Takes the words out of an event in place, so that memory holds no more than the store."""
    if isinstance(event, UserUttered):
        _hush_answer(event)
    elif isinstance(event, BotUttered):
        custom = only(ABOUT_THE_MESSAGE, event.data.get("custom") or {})
        event.text, event.data, event.metadata = custom.get("text", ""), {"custom": custom}, {}
    else:
        event.metadata = {}


def _hush_answer(event: UserUttered) -> None:
    event.text = ""
    event.metadata = only(ABOUT_THE_TURN, event.metadata)
    event.intent = only({"name", "confidence"}, event.intent)
    event.entities = [only(ABOUT_AN_ENTITY, entity) for entity in event.entities]
    reading = only(ABOUT_THE_ANSWER, event.parse_data)
    event.parse_data = {**reading, "intent": event.intent, "entities": event.entities}


def only(names: frozenset[str] | set[str], given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in names}


def is_kept(event: Event) -> bool:
    return event.type_name in KINDS


def written(event: Event) -> dict[str, Any]:
    """A hushed event as it is stored."""
    return {name: value for name, value in event.as_dict().items() if value}


def read(stored: Mapping[str, Any]) -> Event:
    """The event again. The dict of kinds spares Rasa's walk over all event classes, 0.05 ms for each event."""
    return KINDS[stored["event"]]._from_parameters(dict(stored))  # noqa: SLF001 - as Rasa's own stores do
