"""What the api itself must know to take turns and to bring them to the bot, when nobody is asking."""

from sqlalchemy import BindParameter
from sqlalchemy.orm import aliased
from sqlmodel import Session, bindparam, col, func, select

from api.access.opened import Opened, open_conversation
from api.errors import NotFound, Withdrawn
from api.models import Conversation, Shown, Turn

# What every turn asks, and every second, is built once: building a statement costs as much as running it.
_THIS: BindParameter[str] = bindparam("conversation")
_CONVERSATION = select(Conversation).where(Conversation.id == _THIS)
_CONVERSATION_TO_CHANGE = _CONVERSATION.with_for_update()
_NEWEST_ORDINAL = select(func.max(Turn.ordinal)).where(Turn.conversation_id == _THIS)
_LAST_ANSWERED_ORDINAL = _NEWEST_ORDINAL.where(Turn.state == "answered")
_before = aliased(Turn)
_ANSWERED_BEFORE = (
    select(_before.id)
    .where(_before.conversation_id == Turn.conversation_id)
    .where(_before.state == "answered")
    .where(_before.ordinal < Turn.ordinal)
    .order_by(col(_before.ordinal).desc())
    .limit(1)
    .scalar_subquery()
)
_NEXT_WAITING = (
    select(Turn, Shown, _ANSWERED_BEFORE)
    .outerjoin(
        Shown, (col(Shown.id) == Turn.asked_shown_id) & (col(Shown.conversation_id) == col(Turn.conversation_id))
    )
    .where(Turn.conversation_id == _THIS)
    .where(Turn.state == "waiting")
    .order_by(col(Turn.ordinal))
    .limit(1)
)
_THAT_WAIT = (
    select(Turn.conversation_id)
    .where(Turn.state == "waiting")
    .group_by(Turn.conversation_id)
    .order_by(func.min(Turn.received_at))
)


def conversation_for_the_bot(session: Session, conversation_id: str) -> Opened:
    return open_conversation(session, conversation_id, "bot")


def conversations_that_wait(session: Session) -> list[str]:
    """Ids of conversations with a turn that the bot has not answered, the longest waiting first."""
    return list(session.exec(_THAT_WAIT))


def next_waiting_in(session: Session, opened: Opened) -> tuple[Turn, Shown | None, str | None] | None:
    """The oldest turn that waits, the question that it answers, and the id of the last answered turn before it."""
    return session.exec(_NEXT_WAITING, params={"conversation": opened.conversation.id}).first()


def last_answered_ordinal_in(session: Session, opened: Opened) -> int | None:
    return session.exec(_LAST_ANSWERED_ORDINAL, params={"conversation": opened.conversation.id}).one()


def turn_by_any_id(session: Session, turn_id: str) -> Turn | None:
    """Of whatever conversation: only to find out that an id is taken, never to show."""
    return session.get(Turn, turn_id)


def newest_ordinal_in(session: Session, opened: Opened) -> int | None:
    return session.exec(_NEWEST_ORDINAL, params={"conversation": opened.conversation.id}).one()


def conversation_as_it_is(session: Session, opened: Opened) -> Conversation:
    """A turn may have changed it since the asker opened it."""
    return session.exec(_CONVERSATION, params={"conversation": opened.conversation.id}).one()


def conversation_to_change(session: Session, opened: Opened) -> Conversation:
    """As it is now. PostgreSQL locks the row, so that turns get their ordinals one at a time; SQLite has one writer.
    Raises Withdrawn: what was taken back as a whole takes nothing more.
    """
    found = session.exec(_CONVERSATION_TO_CHANGE, params={"conversation": opened.conversation.id}).first()
    if found is None:
        raise NotFound
    if found.withdrawn_at:
        raise Withdrawn
    return found
