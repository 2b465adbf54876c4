"""The proof that lets its holder see one conversation."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, bindparam, col, select

from api.errors import NotFound
from api.models import Conversation, HandOver, ParentLink, Pupil, School, StaffMember

# built once, as in api.access.progress
_WITH_PEOPLE = (
    select(Conversation, Pupil, StaffMember, School)
    .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
    .join(StaffMember, col(Pupil.trusted_adult_id) == StaffMember.id)
    .join(School, col(Pupil.school_id) == School.id)
    .where(Conversation.id == bindparam("conversation"))
)
# staff: the trusted adult and the safeguarding lead; school: other staff who were let in, and who do not see the lines
# that the speaker kept for the trusted adult
Reader = Literal["staff", "school", "pupil", "parent", "bot"]
STAFF_READERS: tuple[Reader, ...] = ("staff", "school")


@dataclass(frozen=True)
class Opened:
    """Proof that the asker may see this one conversation. Only this module makes one."""

    conversation: Conversation
    pupil: Pupil
    adult: StaffMember  # whom the pupil trusts
    school: School
    reader: Reader
    link: ParentLink | None = None
    hand_over: HandOver | None = None
    whole: bool = True  # False: the summary only


def open_conversation(
    session: Session,
    conversation_id: str,
    reader: Reader,
    *,
    link: ParentLink | None = None,
    hand_over: HandOver | None = None,
    whole: bool = True,
) -> Opened:
    """Only for api.access, once it knows that the asker may."""
    found = session.exec(_WITH_PEOPLE, params={"conversation": conversation_id}).first()
    if found is None:
        raise NotFound
    conversation, pupil, adult, school = found
    return Opened(conversation, pupil, adult, school, reader, link, hand_over, whole)
