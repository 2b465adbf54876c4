"""A conversation that comes from a planned contact, or that an adult starts on the spur of the moment."""

from sqlmodel import Session

from api import access
from api.errors import NotAllowed, NotFound
from api.models import Carer, ContactKind, Conversation, PlannedContact, Pupil, StaffMember
from api.services.reaching import carers
from api.services.rhythm import fatigue
from api.services.talk import conversations
from api.services.talk.conversations import Plan

# which conversation of guides.yml fits; the adult may choose another one
GUIDES: dict[ContactKind, str] = {
    "check_in": "check_in",
    "meeting": "before_review",
    "half_term_start": "coming_back",
    "half_term_end": "check_in",
}
WITH_A_CARER = "parent"


def guide_for(contact: PlannedContact) -> str:
    return WITH_A_CARER if is_with_family(contact) else GUIDES[contact.kind]


def is_with_family(contact: PlannedContact) -> bool:
    return contact.kind == "family_contact" or contact.carer_id is not None


def with_pupil(
    session: Session, staff: StaffMember, pupil_id: int, plan: Plan, reason: str = "", contact_id: int | None = None
) -> Conversation:
    """Unfit("reason"): see fatigue.check."""
    pupil = access.pupil_for(session, staff, pupil_id)
    if not access.may_read(staff, pupil):
        raise NotAllowed
    fatigue.check(session, staff, pupil, reason)
    conversation = conversations.begin(session, staff, pupil, plan)
    if contact_id is not None:
        _belongs_to(session, staff, pupil, contact_id, conversation)
    session.commit()
    return conversation


def with_carer(session: Session, staff: StaffMember, contact_id: int) -> str:
    """The id of the conversation, for which a link can be made; asked again, the same one."""
    contact, pupil = access.contact_for(session, staff, contact_id, to_change=True)
    if not access.may_read(staff, pupil):
        raise NotAllowed
    if contact.conversation_id:
        return contact.conversation_id
    carer = _carer(session, staff, contact)
    plan = Plan("parent", carer.language, WITH_A_CARER, relation=carer.relation, carer_id=carer.id)
    conversation = conversations.begin(session, staff, pupil, plan)
    _belongs_to(session, staff, pupil, contact.id, conversation)
    session.commit()
    return conversation.id


def _belongs_to(
    session: Session, staff: StaffMember, pupil: Pupil, contact_id: int, conversation: Conversation
) -> None:
    contact, whose = access.contact_for(session, staff, contact_id, to_change=True)
    if whose.id != pupil.id or (contact.carer_id or None) != conversation.carer_id:
        raise NotFound
    session.flush()
    contact.conversation_id = conversation.id
    session.add(contact)


def _carer(session: Session, staff: StaffMember, contact: PlannedContact) -> Carer:
    """NotFound where nobody is named, NotToBeReached before the lead has agreed to who lives elsewhere (31)."""
    carer, _ = access.carer_for(session, staff, contact.carer_id or 0)
    carers.check_may_be_reached(carer)
    return carer
