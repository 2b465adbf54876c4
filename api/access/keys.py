"""Who is asking, by what they hold: a session, a tablet, a link."""

from sqlmodel import Session, bindparam, col, select

from api.access.opened import Opened, open_conversation
from api.errors import LinkNotOpen, NotHandedOver, NotSignedIn
from api.models import HandOver, ParentLink, StaffMember, StaffSession, now
from api.security import hash_token

# built once, as in api.access.progress
_HAND_OVER = (
    select(HandOver)
    .where(HandOver.token_hash == bindparam("token"))
    .where(col(HandOver.expires_at) > bindparam("now"))
    .where(col(HandOver.ended_at).is_(None))
)
_LINK = (
    select(ParentLink)
    .where(ParentLink.token_hash == bindparam("token"))
    .where(col(ParentLink.expires_at) > bindparam("now"))
    .where(col(ParentLink.revoked_at).is_(None))
)


def staff_by_token(session: Session, token: str) -> StaffMember:
    found = session.exec(
        select(StaffMember)
        .join(StaffSession, col(StaffSession.staff_id) == StaffMember.id)
        .where(StaffSession.token_hash == hash_token(token))
        .where(StaffSession.expires_at > now())
    ).first()
    if found is None:
        raise NotSignedIn
    return found


def conversation_on_tablet(session: Session, token: str) -> Opened:
    hand_over = session.exec(_HAND_OVER, params={"token": hash_token(token), "now": now()}).first()
    if hand_over is None:
        raise NotHandedOver
    return open_conversation(session, hand_over.conversation_id, "pupil", hand_over=hand_over)


def conversation_by_link(session: Session, token: str) -> Opened:
    link = session.exec(_LINK, params={"token": hash_token(token), "now": now()}).first()
    if link is None:
        raise LinkNotOpen
    return open_conversation(session, link.conversation_id, "parent", link=link)
