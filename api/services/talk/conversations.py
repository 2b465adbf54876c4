from dataclasses import dataclass

from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import NotAllowed
from api.models import Audience, Conversation, Pupil, StaffMember, now
from api.security import new_id
from api.services import audit
from api.services.talk import earlier


@dataclass(frozen=True)
class Plan:
    """What a conversation is to be: with whom, in which language, about what, and where it is held."""

    audience: Audience
    language: str
    guide: str | None = None  # None: the whole picture
    pattern: str | None = None
    present: str = ""
    place: str = ""
    relation: str = ""  # of a carer to the pupil
    carer_id: int | None = None


def start(session: Session, staff: StaffMember, pupil_id: int, plan: Plan) -> Conversation:
    """Not yet opened: the first messages come when the speaker's page is first shown."""
    pupil = access.pupil_for(session, staff, pupil_id)
    if not access.may_read(staff, pupil):
        raise NotAllowed
    conversation = begin(session, staff, pupil, plan)
    session.commit()
    return conversation


def begin(session: Session, by: StaffMember, pupil: Pupil, plan: Plan) -> Conversation:
    """For callers who know that `by` may ask. The caller commits."""
    speaker = earlier.Speaker(plan.audience, plan.relation.strip(), plan.carer_id)
    held = earlier.held(session, by, pupil.id, speaker)
    told = earlier.told(session, by, held)
    conversation = Conversation(
        id=new_id(),
        pupil_id=pupil.id,
        carer_id=plan.carer_id,
        audience=plan.audience,
        guide=plan.guide or plan.audience,
        pattern=plan.pattern,
        conversations_before=told.conversations,
        told_before=told.topics,
        display=earlier.display(held),
        age_band=pupil.age_band if plan.audience == "pupil" else None,
        language=plan.language,
        started_by_id=by.id,
        present=plan.present.strip(),
        place=plan.place.strip(),
        relation=plan.relation.strip(),
    )
    session.add(conversation)
    audit.record(session, by, "conversation_started", "conversation", conversation.id, pupil_id=pupil.id)
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
