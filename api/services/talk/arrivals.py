"""A turn arrives: it is stored with the exact question that stood on the screen, before anybody is asked."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from api import access
from api.access import Opened
from api.agent import Line
from api.errors import NotFound, TurnIdTaken
from api.models import Turn, TurnChannel, TurnKind


def store(
    session: Session,
    opened: Opened,
    *,
    turn_id: str,
    kind: TurnKind,
    text: str = "",
    choices: list[str] | None = None,
    asked: int | None = None,
    target: Line | None = None,
    language: str | None = None,
    channel: TurnChannel = "page",
    said_at: datetime | None = None,
) -> Turn:
    """The same turn again gives the stored one. `language` changes the conversation's from this turn on."""
    conversation = access.conversation_to_change(session, opened)
    turn = Turn(
        id=turn_id,
        conversation_id=conversation.id,
        ordinal=0,
        kind=kind,
        text=text,
        choices=choices or [],
        target=target.model_dump() if target else None,
        asked_shown_id=asked,
        language=language or conversation.language,
        channel=channel,
        said_at=said_at,
    )
    if stored := access.turn_by_any_id(session, turn_id):
        return _same(stored, turn)
    _check_question(session, opened, asked)
    _check_target(session, opened, target)
    conversation.language = turn.language
    session.add(conversation)
    _append(session, opened, turn)
    return turn


def _append(session: Session, opened: Opened, turn: Turn) -> None:
    newest = access.newest_ordinal_in(session, opened)
    turn.ordinal = 0 if newest is None else newest + 1
    session.add(turn)
    try:
        session.commit()
    except IntegrityError:
        raise TurnIdTaken from None  # another conversation used the id in this very moment


def _same(stored: Turn, sent: Turn) -> Turn:
    """Of another conversation or with other words it is told apart from nothing."""
    if _content(stored) != _content(sent):
        raise TurnIdTaken
    return stored


def _content(turn: Turn) -> tuple[object, ...]:
    return turn.conversation_id, turn.kind, turn.text, turn.choices, turn.target


def _check_question(session: Session, opened: Opened, asked: int | None) -> None:
    """A question of somebody else's conversation does not exist here."""
    if asked is not None and not access.shown_in(session, opened, [asked]):
        raise NotFound


def _check_target(session: Session, opened: Opened, target: Line | None) -> None:
    if target is None:
        return
    meant = access.turn_in(session, opened, target.turn)
    if meant is None or not target.start <= target.end <= len(meant.text):
        raise NotFound
