"""The reply to a turn, always built from the tracker: asked again, it is the same again."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from adapters.planning import plans
from adapters.turns import NOT_CONTROL, SAFEGUARDING

VERSION = 1
LISTS = {"factor": "factors", "feeling": "feelings", "voice": "voice", SAFEGUARDING: "safeguarding"}


def reply(tracker: DialogueStateTracker, message: UserUttered) -> dict[str, Any]:
    """The document of tests/contract/reply.schema.json."""
    progress = plans().progress(tracker, message)
    return {
        "version": VERSION,
        "conversation": tracker.sender_id,
        "turn": message.message_id,
        "messages": messages(tracker, message),
        "reading": reading(message),
        "summary": progress.summary(),
        "interview": progress.state(),
        "alert": progress.alert,
    }


def messages(tracker: DialogueStateTracker, message: UserUttered) -> list[dict[str, Any]]:
    """What was said between this message and the next."""
    answer: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event is message:
            return answer[::-1]
        if isinstance(event, UserUttered):
            answer = []
        elif isinstance(event, BotUttered):
            answer.append(event.data["custom"])
    return []


def reading(message: UserUttered) -> dict[str, Any]:
    language = message.parse_data.get("language") or {}
    tags = [entity for entity in message.entities if entity["entity"] in LISTS]
    codes = {name: sorted({tag["value"] for tag in tags if tag["entity"] == kind}) for kind, name in LISTS.items()}
    return {
        "language": {name: language.get(name) for name in ("code", "confidence", "proposed")},
        "control": None if message.intent_name in NOT_CONTROL else message.intent_name,
        **codes,
        "spans": [
            {"code": tag["value"], "start": tag["start"], "end": tag["end"], "confidence": tag["confidence"]}
            for tag in tags
        ],
    }
