"""A speaker, or the family, takes a whole conversation back; a member of staff does it for them."""

from typing import Literal

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import StaffMember, TurnState
from api.services import audit
from api.services.reaching import wishes

AskedBy = Literal["speaker", "family"]


def withdraw(session: Session, staff: StaffMember, conversation_id: str, asked_by: AskedBy) -> int:
    """The pupil's id. A second time changes nothing.

    Unfit("unscreened") while words wait for the screen: they may be the ones that somebody should know. What the bot
    broke over is for people to read; a safeguarding lead, who reads it, may erase it.
    """
    opened = access.conversation_to_withdraw(session, staff, conversation_id)
    if opened.conversation.withdrawn_at is None:
        access.conversation_to_change(session, opened)
        states: tuple[TurnState, ...] = ("waiting",) if access.is_lead(staff) else ("waiting", "refused")
        if access.has_unscreened_words(session, opened, *states):
            raise Unfit("unscreened")
        access.erase_words_of(session, opened)
        wishes.take_back(session, opened)
        about, pupil = ("conversation", conversation_id), opened.pupil.id
        audit.record(session, staff, "conversation_withdrawn", *about, pupil_id=pupil, asked_by=asked_by)
        session.commit()
    return opened.pupil.id
