"""The `interview` object of the exchange: where the conversation stands."""

from __future__ import annotations

from typing import Any

from interview.conversation import ASKING, READING_BACK, Conversation


def state(talk: Conversation) -> dict[str, Any]:
    is_waiting = talk.standing is not None and talk.phase in (ASKING, READING_BACK)
    return {
        "state": "paused" if talk.paused else talk.phase,
        "topic": talk.standing.topic if is_waiting and talk.standing else None,
        "asked": talk.standing.response if is_waiting and talk.standing else None,
        "done": sum(talk.record.is_settled(topic.code) for topic in talk.guide.topics),
        "of": len(talk.guide.topics),
        "wants_person": talk.wants_person,
    }
