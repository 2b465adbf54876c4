from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import NotAllowed
from api.models import Audience, Conversation, StaffMember, now
from api.security import new_id
from api.services import audit
from api.services.talk import earlier


def start(
    session: Session,
    staff: StaffMember,
    pupil_id: int,
    audience: Audience,
    language: str,
    present: str = "",
    place: str = "",
    relation: str = "",
    guide: str | None = None,
    pattern: str | None = None,
) -> Conversation:
    """Not yet opened: the first messages come when the speaker's page is first shown."""
    pupil = access.pupil_for(session, staff, pupil_id)
    if not access.may_read(staff, pupil):
        raise NotAllowed
    told = earlier.told(session, staff, pupil_id, audience, relation.strip())
    conversation = Conversation(
        id=new_id(),
        pupil_id=pupil_id,
        audience=audience,
        guide=guide or audience,
        pattern=pattern,
        conversations_before=told.conversations,
        told_before=told.topics,
        age_band=pupil.age_band if audience == "pupil" else None,
        language=language,
        started_by_id=staff.id,
        present=present.strip(),
        place=place.strip(),
        relation=relation.strip(),
    )
    session.add(conversation)
    audit.record(session, staff, "conversation_started", "conversation", conversation.id, pupil_id=pupil_id)
    session.commit()
    return conversation


def set_language(session: Session, opened: Opened, code: str) -> None:
    """Only the stored choice; the caller knows that the language is offered."""
    conversation = access.conversation_to_change(session, opened)
    conversation.language = code
    session.add(conversation)
    session.commit()


def person_came(session: Session, staff: StaffMember, conversation_id: str) -> None:
    """An adult has answered the wish to talk to a person."""
    conversation = access.conversation_for_staff(session, staff, conversation_id).conversation
    conversation.person_came_at = now()
    conversation.person_came_id = staff.id
    session.add(conversation)
    audit.record(session, staff, "person_came", "conversation", conversation.id, pupil_id=conversation.pupil_id)
    session.commit()
