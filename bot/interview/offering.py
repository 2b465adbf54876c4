"""What a question offers to pick from."""

from __future__ import annotations

from interview.conversation import Conversation
from interview.guide import Topic
from interview.moves import Choice, Label
from interview.turns import Turn

TOPICS = "topics"
FEELINGS = "feelings"
LANGUAGES = "languages"
STOP = "stop"
LINES = "lines"
KINDS = (TOPICS, FEELINGS, LANGUAGES, STOP, LINES)

ANY_TOPIC = "topic:any"
STOP_CODES = ("control:resume", "control:finish")
LINE_CODES = ("readback:keep", "readback:leave_out", "readback:done")
SAFE_CODES = ("control:person", "control:pause", "control:finish")
CHOICE_CODES = (ANY_TOPIC, *STOP_CODES, *LINE_CODES, "control:person", "control:pause")


def choices(talk: Conversation, offers: str | None) -> tuple[Choice, ...]:
    if offers == TOPICS:
        picks = tuple(Choice(f"topic:{topic.code}", topic.label) for topic in startable(talk))
        return (*picks, talk.guide.choice(ANY_TOPIC))
    if offers == FEELINGS:
        return tuple(Choice(f"feeling:{code}", label) for code, label in talk.guide.vocabulary.feelings.items())
    if offers == LANGUAGES:
        return tuple(language(talk, code) for code in talk.offered)
    return fixed(talk, {STOP: STOP_CODES, LINES: LINE_CODES}.get(offers or "", ()))


def fixed(talk: Conversation, codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(talk.guide.choice(code) for code in codes)


def language(talk: Conversation, code: str) -> Choice:
    """A language goes by its own name, which nobody translates (practice 44)."""
    return Choice(f"language:{code}", Label(talk.offered[code]))


def language_chosen(talk: Conversation, turn: Turn) -> str | None:
    codes = (choice.partition(":")[2] for choice in turn.choices if choice.startswith("language:"))
    return next((code for code in codes if code in talk.offered), None)


def startable(talk: Conversation) -> list[Topic]:
    """Topics that the speaker may begin with and has not told about yet."""
    record = talk.record
    return [
        topic
        for topic in talk.order
        if topic.can_start
        and not record.is_settled(topic.code)
        and not record.was_told_outside(topic.code, topic.covers)
    ]
