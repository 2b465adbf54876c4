"""A tablet changes hands: from the adult to the pupil by a code or directly, and back by the adult's PIN."""

from datetime import timedelta

from sqlmodel import Session, col, select, update

from api import access
from api.access import Opened
from api.errors import NotFound, NotHandedOver, WrongCode, WrongPin
from api.models import HandOver, StaffMember, now
from api.security import hash_token, new_code, new_token, password_matches
from api.services import audit
from api.services.people import attempts, signing_in

CODE_LASTS = timedelta(minutes=15)
TABLET_LASTS = timedelta(hours=10)  # a school day: a forgotten tablet must not stay open


def by_code(session: Session, staff: StaffMember, conversation_id: str) -> str:
    """Six digits to type on the tablet, once. An older code or tablet of this conversation stops working."""
    _prepare(session, staff, conversation_id)
    _drop_dead_codes(session)
    code = new_code()
    while _waiting_for(session, code):
        code = new_code()
    hand_over = HandOver(conversation_id=conversation_id, staff_id=staff.id, expires_at=now() + CODE_LASTS)
    hand_over.code_hash = hash_token(code)
    session.add(hand_over)
    audit.record(session, staff, "tablet_handed_over", "conversation", conversation_id, way="code")
    session.commit()
    return code


def here(session: Session, staff: StaffMember, conversation_id: str, staff_token: str) -> str:
    """The tablet's token. The staff session on this device ends, so that no way leads back without signing in."""
    _prepare(session, staff, conversation_id)
    token = new_token()
    hand_over = HandOver(conversation_id=conversation_id, staff_id=staff.id, expires_at=now() + TABLET_LASTS)
    hand_over.token_hash = hash_token(token)
    session.add(hand_over)
    audit.record(session, staff, "tablet_handed_over", "conversation", conversation_id, way="here")
    signing_in.sign_out(session, staff_token)
    return token


def with_code(session: Session, code: str, address: str) -> str:
    """The tablet's token."""
    guesser, everybody = attempts.from_address("code", address), attempts.from_anywhere("code")
    attempts.spend(session, guesser, everybody)
    hand_over = _waiting_for(session, "".join(code.split()))
    if hand_over is None:
        raise WrongCode
    token = new_token()
    hand_over.code_hash = None
    hand_over.token_hash = hash_token(token)
    hand_over.expires_at = now() + TABLET_LASTS
    session.add(hand_over)
    attempts.forget(session, guesser)
    attempts.forget_one(session, everybody)
    session.commit()
    return token


def leave(session: Session, opened: Opened, pin: str, address: str) -> None:
    """The PIN of the adult who handed the tablet over."""
    hand_over = opened.hand_over
    if hand_over is None:
        raise NotHandedOver
    who = attempts.Tally(f"pin of hand-over {hand_over.id}"), attempts.from_address("pin", address)
    attempts.spend(session, *who)
    adult = session.get_one(StaffMember, hand_over.staff_id)
    session.rollback()  # nobody else should wait while the PIN is hashed
    if not password_matches(pin.strip(), adult.pin_hash):
        raise WrongPin
    attempts.forget(session, *who)
    _end_all(session, hand_over.conversation_id)
    session.commit()


def _prepare(session: Session, staff: StaffMember, conversation_id: str) -> None:
    opened = access.conversation_held_by(session, staff, conversation_id)
    if opened.conversation.audience != "pupil":
        raise NotFound
    _end_all(session, conversation_id)


def _end_all(session: Session, conversation_id: str) -> None:
    session.exec(
        update(HandOver)
        .where(col(HandOver.conversation_id) == conversation_id)
        .where(col(HandOver.ended_at).is_(None))
        .values(ended_at=now(), code_hash=None)
    )


def _waiting_for(session: Session, code: str) -> HandOver | None:
    return session.exec(
        select(HandOver)
        .where(HandOver.code_hash == hash_token(code))
        .where(col(HandOver.expires_at) > now())
        .where(col(HandOver.ended_at).is_(None))
    ).first()


def _drop_dead_codes(session: Session) -> None:
    """An expired code must not keep its six digits from being given again."""
    session.exec(update(HandOver).where(col(HandOver.expires_at) < now()).values(code_hash=None))
