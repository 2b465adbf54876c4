"""A speaker, or the family, takes a whole conversation back; a member of staff does it for them."""

from typing import Literal

from sqlmodel import Session

from api import access
from api.models import StaffMember
from api.services import audit

AskedBy = Literal["speaker", "family"]


def withdraw(session: Session, staff: StaffMember, conversation_id: str, asked_by: AskedBy) -> int:
    """The pupil's id. A second time changes nothing."""
    opened = access.conversation_to_withdraw(session, staff, conversation_id)
    if opened.conversation.withdrawn_at is None:
        access.erase_words_of(session, opened)
        about, pupil = ("conversation", conversation_id), opened.pupil.id
        audit.record(session, staff, "conversation_withdrawn", *about, pupil_id=pupil, asked_by=asked_by)
        session.commit()
    return opened.pupil.id
