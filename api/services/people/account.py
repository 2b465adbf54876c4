"""What members of staff change about themselves: password, PIN, second factor, and where they are signed in."""

from sqlmodel import Session, col, delete, select

from api.access import UNUSED_LASTS, SignIn
from api.errors import Unfit
from api.models import StaffMember, StaffSession, now
from api.security import hash_password, password_matches
from api.services import audit
from api.services.people import attempts, second_factor, signing_in
from api.services.people.chosen_secrets import check_password, check_pin

NAMED_BY = 16  # letters of a session's hash that name it on its owner's page; they open nothing


def sessions_of(session: Session, staff: StaffMember) -> list[StaffSession]:
    """The latest used first."""
    return list(
        session.exec(
            select(StaffSession)
            .where(StaffSession.staff_id == staff.id)
            .where(col(StaffSession.is_complete))
            .where(col(StaffSession.expires_at) > now())
            .where(col(StaffSession.last_seen_at) > now() - UNUSED_LASTS)
            .order_by(col(StaffSession.last_seen_at).desc())
        )
    )


def end_session(session: Session, staff: StaffMember, name: str) -> None:
    """One of the own; one that is not there any more is fine."""
    _end(session, [each for each in sessions_of(session, staff) if each.token_hash[:NAMED_BY] == name])
    audit.record(session, staff, "session_ended", "staff", staff.id)
    session.commit()


def end_other_sessions(session: Session, mine: SignIn) -> None:
    _end_others(session, mine)
    audit.record(session, mine.staff, "other_sessions_ended", "staff", mine.staff.id)
    session.commit()


def change_password(session: Session, mine: SignIn, old: str, new: str, again: str) -> None:
    """All other sessions end. Raises Unfit("password_wrong", "password_differs" or what check_password says) and
    TooManyAttempts.
    """
    _confirm(session, mine.staff, old)
    check_password(new, mine.staff.name, mine.staff.email)
    if new != again:
        raise Unfit("password_differs")
    new_hash = hash_password(new)
    staff = session.get_one(StaffMember, mine.staff.id)
    staff.password_hash = new_hash
    session.add(staff)
    _end_others(session, mine)
    audit.record(session, staff, "password_changed", "staff", staff.id)
    session.commit()


def choose_pin(session: Session, staff: StaffMember, pin: str) -> None:
    """Raises Unfit with what check_pin says."""
    check_pin(pin)
    pin_hash = hash_password(pin)
    stored = session.get_one(StaffMember, staff.id)
    stored.pin_hash = pin_hash
    session.add(stored)
    audit.record(session, stored, "pin_changed", "staff", stored.id)
    session.commit()


def set_up_second_factor(
    session: Session, mine: SignIn, sealed: str, typed: str, secret: str, address: str
) -> list[str]:
    """The recovery codes. Completes the session for which only the password was right; see second_factor.set_up."""
    codes = second_factor.set_up(session, mine.staff, sealed, typed, secret, address)
    if not mine.kept.is_complete:
        signing_in.complete(session, mine, "code")
    session.commit()
    return codes


def take_off_second_factor(session: Session, staff: StaffMember, password: str) -> None:
    """Raises NotFound where it is required, Unfit("password_wrong"), TooManyAttempts."""
    _confirm(session, staff, password)
    second_factor.take_off(session, staff)
    session.commit()


def new_recovery_codes(session: Session, staff: StaffMember, password: str, secret: str) -> list[str]:
    """Raises Unfit("password_wrong"), TooManyAttempts."""
    _confirm(session, staff, password)
    codes = second_factor.new_recovery_codes(session, staff, secret)
    audit.record(session, staff, "recovery_codes_made", "staff", staff.id)
    session.commit()
    return codes


def _confirm(session: Session, staff: StaffMember, password: str) -> None:
    """Somebody may have left the computer open: what keeps others out asks for the password again. Who comes in by the
    school's identity provider has none to ask for.
    """
    if not staff.password_hash:
        return
    who = attempts.Tally(f"password of {staff.id}")
    attempts.spend(session, who)
    if not password_matches(password, staff.password_hash):
        raise Unfit("password_wrong")
    attempts.forget(session, who)
    session.commit()  # hashing a new one takes long too


def _end_others(session: Session, mine: SignIn) -> None:
    mine_only = mine.kept.token_hash
    session.exec(
        delete(StaffSession)
        .where(col(StaffSession.staff_id) == mine.staff.id)
        .where(col(StaffSession.token_hash) != mine_only)
    )


def _end(session: Session, ended: list[StaffSession]) -> None:
    session.exec(delete(StaffSession).where(col(StaffSession.token_hash).in_([each.token_hash for each in ended])))
