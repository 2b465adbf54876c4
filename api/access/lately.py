"""How often a pupil has talked, and how the last time ended: from states and from what was shown, without a word."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, exists, func, select

from api.access.reading import readable_by
from api.models import Conversation, InterviewState, Pupil, Shown, StaffMember, Turn

OFFERS_TO_STOP = "utter_offer_stop"  # what the bot shows after several tired answers


class TalkLately(NamedTuple):
    conversation_id: str
    state: InterviewState
    last_said: datetime
    was_tired: bool  # they were offered to stop, or stopped in the middle


def talks_lately(session: Session, staff: StaffMember, pupil_id: int, since: datetime) -> list[TalkLately]:
    """Conversations in which the pupil said something since then, as far as this reader may see them; newest first.

    One that was taken back counts from that moment: its words are gone, and still the pupil has talked.
    """
    said = (
        select(Turn.conversation_id, func.max(Turn.received_at).label("at"))
        .where(Turn.kind != "open")
        .group_by(col(Turn.conversation_id))
        .subquery()
    )
    at = func.coalesce(said.c.at, col(Conversation.withdrawn_at))
    was_tired = (
        exists().where(col(Shown.conversation_id) == Conversation.id).where(col(Shown.response) == OFFERS_TO_STOP)
    )
    found = session.connection().execute(
        sa_select(col(Conversation.id), col(Conversation.state), at.label("at"), was_tired)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .outerjoin(said, said.c.conversation_id == Conversation.id)
        .where(col(Conversation.pupil_id) == pupil_id)
        .where(col(Conversation.audience) == "pupil")
        .where(at >= since)
        .where(readable_by(staff))
        .order_by(at.desc())
    )
    return [TalkLately(talk, state, last, tired or state == "paused") for talk, state, last, tired in found]
