"""Who is asking, by what they hold: a session, a tablet, a link."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, bindparam, col, select, update

from api.access.carers import their_carer_may_be_reached
from api.access.opened import Opened, open_conversation
from api.errors import LinkNotOpen, NotHandedOver, NotSignedIn, SecondFactorNeeded, Withdrawn
from api.models import Carer, Conversation, HandOver, ParentLink, StaffMember, StaffSession, now
from api.security import hash_token

UNUSED_LASTS = timedelta(minutes=60)  # a computer that was left must not stay open all day

# built once, as in api.access.progress
_SIGN_IN = (
    select(StaffSession, StaffMember)
    .join(StaffMember, col(StaffMember.id) == StaffSession.staff_id)
    .where(StaffSession.token_hash == bindparam("token"))
    .where(col(StaffSession.expires_at) > bindparam("now"))
    .where(col(StaffSession.last_seen_at) > bindparam("unused_since"))
    .where(col(StaffMember.left_at).is_(None))
)
_HAND_OVER = (
    select(HandOver)
    .where(HandOver.token_hash == bindparam("token"))
    .where(col(HandOver.expires_at) > bindparam("now"))
    .where(col(HandOver.ended_at).is_(None))
)
_OPEN_LINK = (
    select(ParentLink)
    .join(Conversation, col(ParentLink.conversation_id) == Conversation.id)
    .outerjoin(Carer, col(Carer.id) == Conversation.carer_id)
    .where(col(ParentLink.expires_at) > bindparam("now"))
    .where(col(ParentLink.revoked_at).is_(None))
    .where(their_carer_may_be_reached())
)
_LINK = _OPEN_LINK.where(ParentLink.token_hash == bindparam("token"))
_LINK_BY_CODE = _OPEN_LINK.where(ParentLink.code_hash == bindparam("code")).with_for_update(of=ParentLink)


@dataclass(frozen=True)
class SignIn:
    """A session that stands, complete or not, and whose it is."""

    staff: StaffMember
    kept: StaffSession


def sign_in_by_token(session: Session, token: str) -> SignIn:
    """Raises NotSignedIn. Whether the second factor is still missing is for the caller to ask."""
    at = {"now": now(), "unused_since": now() - UNUSED_LASTS}
    found = session.exec(_SIGN_IN, params={"token": hash_token(token), **at}).first()
    if found is None:
        raise NotSignedIn
    kept, staff = found
    return SignIn(staff, kept)


def complete_sign_in_by_token(session: Session, token: str) -> SignIn:
    """Raises SecondFactorNeeded while only the password was right."""
    found = sign_in_by_token(session, token)
    if not found.kept.is_complete:
        raise SecondFactorNeeded
    return found


def staff_by_token(session: Session, token: str) -> StaffMember:
    return complete_sign_in_by_token(session, token).staff


def conversation_on_tablet(session: Session, token: str) -> Opened:
    hand_over = session.exec(_HAND_OVER, params={"token": hash_token(token), "now": now()}).first()
    if hand_over is None:
        raise NotHandedOver
    return open_conversation(session, hand_over.conversation_id, "pupil", hand_over=hand_over)


def conversation_by_link(session: Session, token: str) -> Opened:
    """Raises Withdrawn where the words are gone: the holder must not be told that they are kept."""
    link = session.exec(_LINK, params={"token": hash_token(token), "now": now()}).first()
    if link is None:
        raise Withdrawn if _led_to_what_is_gone(session, token) else LinkNotOpen
    return open_conversation(session, link.conversation_id, "parent", link=link)


def conversation_by_code(session: Session, code: str) -> Opened | None:
    """By the short code of a link that is open, and with that link."""
    link = session.exec(_LINK_BY_CODE, params={"code": hash_token(code), "now": now()}).first()
    return open_conversation(session, link.conversation_id, "parent", link=link) if link else None


def end_links(session: Session, link: ParentLink) -> None:
    """This one, and those that were made by typing its code. The caller commits."""
    these = (col(ParentLink.id) == link.id) | (col(ParentLink.made_by_code_of) == link.id)
    session.exec(update(ParentLink).where(these).where(col(ParentLink.revoked_at).is_(None)).values(revoked_at=now()))


def _led_to_what_is_gone(session: Session, token: str) -> bool:
    found = session.exec(
        select(Conversation.id)
        .join(ParentLink, col(ParentLink.conversation_id) == Conversation.id)
        .where(ParentLink.token_hash == hash_token(token))
        .where(col(Conversation.withdrawn_at).is_not(None))
    )
    return found.first() is not None
