"""Whose telephone a message came from, and which conversation it belongs to. The product itself asks, and nobody else:
a number is no proof that lets anybody read.
"""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from api.access.opened import Opened, open_conversation
from api.models import Carer, Conversation, Pupil, Turn

_TEXTED = (
    select(func.max(func.coalesce(Turn.answered_at, Turn.received_at)))
    .where(Turn.conversation_id == Conversation.id)
    .where(Turn.channel != "page")
    .scalar_subquery()
)


def carers_with_number(session: Session, phone: str) -> list[tuple[Carer, Pupil]]:
    """Those who care for a pupil now, oldest first; one person has a row for each child. The rows are held: of two
    messages at one moment the second finds what the first began.
    """
    found = session.exec(
        select(Carer, Pupil)
        .join(Pupil, col(Carer.pupil_id) == Pupil.id)
        .where(Carer.phone == phone)
        .where(Carer.phone != "")  # of many none is known
        .where(col(Carer.left_at).is_(None))
        .order_by(col(Carer.id))
        .with_for_update(of=Carer)
    )
    return [(carer, pupil) for carer, pupil in found]


def conversation_last_texted(session: Session, carer_ids: Collection[int], *, is_open: bool = True) -> Opened | None:
    """The one in which a text message came or went last, else the newest. `is_open`: not finished, not taken back."""
    wanted = (
        select(Conversation.id)
        .where(col(Conversation.carer_id).in_(carer_ids))
        .where(Conversation.audience == "parent")
        .order_by(_TEXTED.desc().nulls_last(), col(Conversation.created_at).desc())
        .limit(1)
    )
    if is_open:
        wanted = wanted.where(Conversation.state != "finished")
        wanted = wanted.where(col(Conversation.withdrawn_at).is_(None))
    found = session.exec(wanted).first()
    return open_conversation(session, found, "parent") if found else None
