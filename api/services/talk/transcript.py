"""What a page shows of a conversation: each turn, the question it answered and the messages that answered it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from api import access
from api.access import Opened
from api.models import InterviewState, Turn, TurnKind, TurnState
from api.services.direction import direction
from api.services.talk import questions, withholding
from api.services.talk.questions import STANDING, Picked, ShownView
from api.services.talk.withholding import Stretch

__all__ = ["Exchange", "Page", "Picked", "ShownView", "newest", "page"]


@dataclass(frozen=True)
class Exchange:
    turn: str
    ordinal: int
    kind: TurnKind
    text: str
    language: str
    direction: str
    picked: list[Picked]
    target: dict[str, object] | None
    state: TurnState
    at: datetime
    asked: ShownView | None
    control: str | None  # what the bot took the words for, or what was picked, without its namespace
    shown: list[ShownView]
    withheld: bool  # the speaker took lines back; a reader at school sees an ellipsis in their place


@dataclass(frozen=True)
class Page:
    """`after` is the cursor to poll with: it stays before the first turn that waits."""

    state: InterviewState
    topic: str | None
    done: int
    of: int
    language: str
    wants_person: bool
    exchanges: list[Exchange]
    standing: ShownView | None
    after: int
    waiting: bool


def page(session: Session, opened: Opened, after: int = -1) -> Page:
    """Everything with a later ordinal than `after`; standing is what the person is asked now, wherever it is."""
    turns = access.turns_in(session, opened, after)
    exchanges = _exchanges(session, opened, turns, after)
    conversation = access.conversation_as_it_is(session, opened)
    return Page(
        conversation.state,
        conversation.topic,
        conversation.done,
        conversation.of,
        conversation.language,
        conversation.wants_person_at is not None and conversation.person_came_at is None,
        exchanges,
        _standing(session, opened, conversation.state, exchanges),
        _cursor(turns, after),
        any(turn.state == "waiting" for turn in turns),
    )


def newest(session: Session, opened: Opened, after: int | None = None) -> Page:
    """Only the last answer and what waits after it, and whatever is later than `after`: a long conversation costs no
    more than a short one.
    """
    last = access.last_answered_ordinal_in(session, opened)
    start = -1 if last is None else last - 1
    return page(session, opened, start if after is None else min(start, after))


def _standing(session: Session, opened: Opened, state: InterviewState, exchanges: list[Exchange]) -> ShownView | None:
    """The last message of the last answer that can be answered or offers choices; where that answer only told
    something, the question before it still stands, unless nothing is asked any more (practice 22).
    """
    shown = next((exchange.shown for exchange in reversed(exchanges) if exchange.shown), None)
    if shown is None:
        shown = questions.of_last_answer(session, opened)
    found = next((message for message in reversed(shown) if message.kind in STANDING or message.choices), None)
    if found or state in {"alerted", "finished"}:
        return found
    return questions.newest_asked(session, opened)


def _cursor(turns: list[Turn], after: int) -> int:
    for turn in turns:
        if turn.state == "waiting":
            break
        after = turn.ordinal
    return after


def _exchanges(session: Session, opened: Opened, turns: list[Turn], after: int) -> list[Exchange]:
    if not turns:
        return []
    withheld = withholding.of(session, opened)
    asked = questions.asked_by(session, opened, turns, withheld)
    shown = questions.answering(session, opened, after, withheld)
    return [
        _exchange(turn, asked.get(turn.asked_shown_id or 0), shown.get(turn.id, []), withheld.in_turn(turn.id))
        for turn in turns
    ]


def _exchange(turn: Turn, asked: ShownView | None, shown: list[ShownView], hidden: list[Stretch]) -> Exchange:
    return Exchange(
        turn.id,
        turn.ordinal,
        turn.kind,
        withholding.without(turn.text, hidden),
        turn.language,
        direction(turn.language),
        [] if hidden and turn.kind == "choose" else questions.picked(turn, asked),
        turn.target,
        turn.state,
        turn.at,
        asked,
        _control(turn),
        shown,
        bool(hidden),
    )


def _control(turn: Turn) -> str | None:
    picked = (code.removeprefix("control:") for code in turn.choices if code.startswith("control:"))
    return next(picked, None) or (turn.reading or {}).get("control")
