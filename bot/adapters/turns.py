"""Rasa's user messages as the interview's turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interview.turns import Line, Reading, Span, Turn
from rasa.shared.core.events import UserUttered

OPEN, SAY, CHOOSE = "open", "say", "choose"
ANSWER = "answer"
NOT_CONTROL = frozenset({OPEN, CHOOSE, ANSWER})
HEARD = frozenset({"factor", "feeling", "voice"})
SAFEGUARDING = "safeguarding"
CHOICE = "choice"

# Stories and rules tell what was meant and not what was said: such an answer is one sentence of usual length.
TOLD_WORDS = 12


def turn_of(message: UserUttered, position: int) -> Turn:
    """`position` names the turns of stories, which have no ids."""
    about = message.metadata or {}
    return Turn(
        id=message.message_id or f"told-{position}",
        kind=kind_of(message),
        language=about.get("language") or "en",
        choices=tuple(about.get("choices") or _told(message, CHOICE)),
        target=Line(**about["target"]) if about.get("target") else None,
        asked=about.get("asked"),
        reading=reading_of(message),
    )


def kind_of(message: UserUttered) -> str:
    """What the channel said it is; elsewhere (shell, stories) the intents `open` and `choose` tell."""
    told: str | None = (message.metadata or {}).get("kind")
    if told:
        return told
    return str(message.intent_name) if message.intent_name in (OPEN, CHOOSE) else SAY


def reading_of(message: UserUttered) -> Reading:
    parsed: Mapping[str, Any] = message.parse_data or {}
    spans = {kind: _spans(message, kind) for kind in ("heard", SAFEGUARDING)}
    end = max((span.end for group in spans.values() for span in group), default=1)
    return Reading(
        control=None if message.intent_name in NOT_CONTROL else message.intent_name,
        refusal=bool(parsed.get("refusal")),
        spans=spans["heard"],
        safeguarding=spans[SAFEGUARDING],
        sentences=tuple((start, end) for start, end in parsed.get("sentences") or [(0, end)]),
        words=int(parsed.get("words", TOLD_WORDS)),
        proposed_language=(parsed.get("language") or {}).get("proposed"),
    )


def _spans(message: UserUttered, kind: str) -> tuple[Span, ...]:
    wanted = HEARD if kind == "heard" else {kind}
    return tuple(_span(entity) for entity in message.entities if entity["entity"] in wanted)


def _span(entity: Mapping[str, Any]) -> Span:
    return Span(
        str(entity["value"]), int(entity.get("start") or 0), int(entity.get("end") or 1), entity.get("confidence", 1.0)
    )


def _told(message: UserUttered, kind: str) -> list[str]:
    return [str(entity["value"]) for entity in message.entities if entity["entity"] == kind]
