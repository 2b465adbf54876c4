"""Stored turns as the bot is told them. What was sent once is sent the same again."""

from sqlmodel import Session

from api import access
from api.access import Opened
from api.agent import Earlier, Line, TurnSent
from api.models import Shown, Turn


def next_to_ask(session: Session, opened: Opened) -> TurnSent | None:
    """The oldest turn that waits."""
    found = access.next_waiting_in(session, opened)
    if found is None:
        return None
    waiting, asked, previous = found
    return _as_sent(opened, waiting, previous, asked)


def answered_between(session: Session, opened: Opened, known: str | None, until: str) -> list[TurnSent]:
    """The answered turns after `known` (None: from the first) and before `until`, each naming the one before it."""
    answered = [turn for turn in access.turns_in(session, opened) if turn.state == "answered"]
    start = next((turn.ordinal for turn in answered if turn.id == known), -1)
    end = access.turn_in(session, opened, until)
    chain = [turn for turn in answered if start < turn.ordinal and (end is None or turn.ordinal < end.ordinal)]
    previous = [known if start >= 0 else None, *(turn.id for turn in chain)]
    return [
        _as_sent(opened, turn, before, _asked(session, opened, turn))
        for turn, before in zip(chain, previous, strict=False)
    ]


def _as_sent(opened: Opened, turn: Turn, previous: str | None, asked: Shown | None) -> TurnSent:
    conversation = opened.conversation
    return TurnSent(
        conversation=conversation.id,
        turn=turn.id,
        previous=previous,
        kind=turn.kind,
        text=turn.text,
        choices=turn.choices,
        asked=asked.response if asked else None,
        target=Line.model_validate(turn.target) if turn.target else None,
        language=turn.language,
        audience=conversation.audience,
        guide=conversation.guide,
        age_band=conversation.age_band,
        pattern=conversation.pattern,
        earlier=Earlier(conversations=conversation.conversations_before, topics=conversation.told_before),
    )


def _asked(session: Session, opened: Opened, turn: Turn) -> Shown | None:
    if turn.asked_shown_id is None:
        return None
    return next(iter(access.shown_in(session, opened, [turn.asked_shown_id])), None)
