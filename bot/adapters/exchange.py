"""A turn as the api sends it (tests/contract/turn.schema.json), checked by hand: it costs 0.02 ms a turn.

Offsets are code points of the text as sent, so a character that nothing may contain is replaced, one for one, and
never dropped; no text is refused for its characters, since it may hold what must not be lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adapters.turns import CHOOSE, OPEN, SAY

LONGEST_BODY = 64 * 1024  # bytes
LONGEST_TEXT = 8000  # code points
MOST_CHOICES = 32
MOST_CONVERSATIONS = 10_000
MOST_TOPICS = 64

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESPONSE = re.compile(r"utter_[a-z0-9_]{1,80}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
KINDS_OF_CHOICE = "topic|feeling|card|ladder|control|language|readback|reach|hours|way|rhythm"
CHOICE = re.compile(rf"({KINDS_OF_CHOICE}):[A-Za-z0-9_.-]{{1,40}}")
AGE_BANDS = (None, "5-7", "8-11", "12-16")

CONTROL_CHARACTERS = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
REPLACED = {**CONTROL_CHARACTERS, **LONE_SURROGATES}


class Refused(Exception):
    """Why a request is not worked on: a status and a code, never a word of the request."""

    def __init__(self, status: int, error: str, **more: str | None) -> None:
        super().__init__(error)
        self.status = status
        self.body: dict[str, str | None] = {"error": error, **more}


@dataclass(frozen=True)
class Request:
    conversation: str
    turn: str
    previous: str | None
    kind: str
    text: str
    about: dict[str, Any]
    """What the tracker keeps of the request: everything but words and ids."""


def matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def or_null(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or check(value)


def is_choices(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_CHOICES and all(map(matches(CHOICE), value))


def is_line(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"turn", "start", "end"}
        and matches(ID)(value["turn"])
        and all(type(value[edge]) is int and 0 <= value[edge] <= LONGEST_TEXT for edge in ("start", "end"))
    )


def is_earlier(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"conversations", "topics"}
        and type(value["conversations"]) is int
        and 0 <= value["conversations"] <= MOST_CONVERSATIONS
        and is_names(value["topics"])
    )


def is_names(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST_TOPICS
        and all(map(matches(NAME), value))
        and len(set(value)) == len(value)
    )


SHAPE: dict[str, Callable[[Any], bool]] = {
    "version": lambda value: value == 1 and type(value) is int,
    "conversation": matches(ID),
    "turn": matches(ID),
    "previous": or_null(matches(ID)),
    "kind": lambda value: value in (OPEN, SAY, CHOOSE),
    "text": lambda value: isinstance(value, str),
    "choices": is_choices,
    "asked": or_null(matches(RESPONSE)),
    "target": or_null(is_line),
    "language": matches(LANGUAGE),
    "audience": lambda value: value in ("pupil", "parent"),
    "guide": matches(NAME),
    "age_band": lambda value: value in AGE_BANDS,
    "pattern": or_null(matches(NAME)),
    "earlier": is_earlier,
}
KEPT = ("kind", "choices", "target", "asked", "language", "audience", "guide", "age_band", "pattern", "earlier")


def read(body: bytes) -> Request:
    """Raises Refused: 400 not JSON, 413 text too long, 422 `fields` or `bad_<field>`."""
    sent = _object(body)
    for field, is_right in SHAPE.items():
        if not is_right(sent[field]):
            raise Refused(422, f"bad_{field}")
    if len(sent["text"]) > LONGEST_TEXT:
        raise Refused(413, "text_too_long")
    text = sent["text"].translate(REPLACED)
    _check_together(sent, text)
    about = {name: sent[name] for name in KEPT}
    return Request(sent["conversation"], sent["turn"], sent["previous"], sent["kind"], text, about)


def _object(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "not_json") from None
    if not isinstance(sent, dict) or sent.keys() != SHAPE.keys():
        raise Refused(422, "fields")
    return sent


def _check_together(sent: dict[str, Any], text: str) -> None:
    kind = sent["kind"]
    if bool(text.strip()) != (kind == SAY) or (kind != SAY and sent["text"]):
        raise Refused(422, "bad_text")
    if bool(sent["choices"]) != (kind == CHOOSE) or len(set(sent["choices"])) != len(sent["choices"]):
        raise Refused(422, "bad_choices")
    if sent["target"] and kind == OPEN:
        raise Refused(422, "bad_target")
