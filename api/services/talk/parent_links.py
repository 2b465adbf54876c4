"""An unguessable address for one parent and one conversation. It expires, and staff can close it."""

from datetime import timedelta

from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import LinkNotOpen, NotFound
from api.models import ParentLink, StaffMember, now
from api.security import hash_token, new_token
from api.services import audit
from api.services.talk import conversations

LASTS_DAYS = 14


def make(session: Session, staff: StaffMember, conversation_id: str, days: int = LASTS_DAYS) -> str:
    """The raw token. It can be shown this once only: the store keeps its hash."""
    opened = access.conversation_held_by(session, staff, conversation_id)
    if opened.conversation.audience != "parent":
        raise NotFound
    token = new_token()
    expires_at = now() + timedelta(days=days)
    session.add(ParentLink(conversation_id=conversation_id, token_hash=hash_token(token), expires_at=expires_at))
    audit.record(session, staff, "link_made", "conversation", conversation_id, pupil_id=opened.pupil.id)
    session.commit()
    return token


def listed(session: Session, staff: StaffMember, conversation_id: str) -> list[ParentLink]:
    """Newest first, closed ones too."""
    return access.links_of(session, access.conversation_held_by(session, staff, conversation_id))


def revoke(session: Session, staff: StaffMember, link_id: int) -> None:
    link = access.link_for_staff(session, staff, link_id)
    link.revoked_at = link.revoked_at or now()
    session.add(link)
    audit.record(session, staff, "link_revoked", "conversation", link.conversation_id)
    session.commit()


def choose_language(session: Session, opened: Opened, code: str) -> None:
    """The first choice on the parent's page; the caller knows that the language is offered."""
    if opened.link is None:
        raise LinkNotOpen
    link = session.get_one(ParentLink, opened.link.id)
    link.language_chosen_at = now()
    session.add(link)
    conversations.set_language(session, opened, code)
