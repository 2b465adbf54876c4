"""The structured summary: only pointers at what was said, never a word of it (practice 34)."""

from __future__ import annotations

from typing import Any

from interview.conversation import Conversation
from interview.guide import Topic
from interview.record import LEFT_OUT, NOT_REACHED, SAID, Item, Record

VERSION = 2


def summary(talk: Conversation) -> dict[str, Any]:
    told = talk.record.topics_told()
    return {
        "version": VERSION,
        "topics": [{"topic": topic.code, "status": status(talk.record, topic, told)} for topic in talk.guide.topics],
        "items": [as_item(item) for item in talk.record.items],
    }


def status(record: Record, topic: Topic, told: set[str]) -> str:
    """How a topic ended. It is said only as long as words about it stand, here or elsewhere.

    One that was never asked, because it was told elsewhere, is not reached when those words are taken back.
    """
    outcome = record.outcomes.get(topic.code, NOT_REACHED)
    if outcome not in (SAID, NOT_REACHED):
        return outcome
    if topic.code in told or record.was_told_outside(topic.code, topic.covers):
        return SAID
    return LEFT_OUT if outcome == SAID and topic.code in record.topics_with_words() else NOT_REACHED


def as_item(item: Item) -> dict[str, Any]:
    return {
        "topic": item.topic,
        "section": item.section,
        "codes": list(item.codes),
        "turn": item.line.turn,
        "start": item.line.start,
        "end": item.line.end,
        "status": item.status,
        "shown_to": item.shown_to,
    }
