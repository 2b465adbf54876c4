"""What was said and shown, for whoever holds the proof."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter
from sqlmodel import Session, bindparam, col, insert, select, update

from api.access.opened import Opened
from api.models import MessageKind, Shown, Summary, Turn, now

# What every turn asks is built once: building a statement costs as much as running it.
_THIS: BindParameter[str] = bindparam("conversation")
_TURNS = (
    select(Turn)
    .where(Turn.conversation_id == _THIS)
    .where(col(Turn.ordinal) > bindparam("after"))
    .order_by(col(Turn.ordinal))
)
_SHOWN = select(Shown).where(Shown.conversation_id == _THIS).order_by(col(Shown.id))
_SHOWN_WITH_IDS = _SHOWN.where(col(Shown.id).in_(bindparam("ids", expanding=True)))
_SHOWN_AFTER = _SHOWN.join(Turn, col(Shown.turn_id) == Turn.id).where(col(Turn.ordinal) > bindparam("after"))
_SUMMARY = select(Summary).where(Summary.conversation_id == _THIS)


def turns_in(session: Session, opened: Opened, after: int = -1) -> list[Turn]:
    """In order of arrival, those with a later ordinal than `after`."""
    return list(session.exec(_TURNS, params={"conversation": opened.conversation.id, "after": after}))


def turns_received_at(session: Session, opened: Opened, at: datetime) -> list[Turn]:
    here = select(Turn).where(Turn.conversation_id == opened.conversation.id)
    return list(session.exec(here.where(Turn.received_at == at)))


def turn_in(session: Session, opened: Opened, turn_id: str) -> Turn | None:
    found = session.get(Turn, turn_id)
    if found is None or found.conversation_id != opened.conversation.id:
        return None
    return found


def shown_in(session: Session, opened: Opened, ids: Collection[int] | None = None) -> list[Shown]:
    """In the order in which they were shown."""
    if ids is None:
        return list(session.exec(_SHOWN, params={"conversation": opened.conversation.id}))
    return list(session.exec(_SHOWN_WITH_IDS, params={"conversation": opened.conversation.id, "ids": list(ids)}))


def shown_after(session: Session, opened: Opened, ordinal: int = -1) -> list[Shown]:
    """The messages that answered turns with a later ordinal, in the order in which they were shown."""
    return list(session.exec(_SHOWN_AFTER, params={"conversation": opened.conversation.id, "after": ordinal}))


def newest_shown_of(session: Session, opened: Opened, kinds: Collection[MessageKind]) -> Shown | None:
    return session.exec(
        select(Shown)
        .where(Shown.conversation_id == opened.conversation.id)
        .where(col(Shown.kind).in_(kinds))
        .order_by(col(Shown.id).desc())
        .limit(1)
    ).first()


def summary_in(session: Session, opened: Opened) -> Summary | None:
    return session.exec(_SUMMARY, params={"conversation": opened.conversation.id}).first()


def keep_summary(session: Session, turn: Turn, content: dict[str, Any]) -> None:
    """Made after this turn. Without reading the last one, which grows with the conversation; the caller commits."""
    newest = {"turn_id": turn.id, "content": content, "made_at": now()}
    this = update(Summary).where(col(Summary.conversation_id) == turn.conversation_id)
    if not session.exec(this.values(newest), execution_options={"synchronize_session": False}).rowcount:
        session.exec(insert(Summary).values(conversation_id=turn.conversation_id, **newest))
