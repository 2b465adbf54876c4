"""Sessions of staff: how they begin, are completed by a second factor, are used, and end."""

from datetime import timedelta

from sqlmodel import Session, col, delete, or_, select, update

from api.access import UNUSED_LASTS, SignIn
from api.database import Database
from api.errors import WrongSignIn
from api.models import StaffMember, StaffSession, now
from api.models.staff_member import SignInMethod
from api.security import hash_token, new_token, password_matches
from api.services import audit
from api.services.people import attempts, second_factor

SESSION_LASTS = timedelta(hours=10)  # a school day
PENDING_LASTS = timedelta(minutes=15)  # time to find the phone, or to set one up
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last use is known: a page that is read should write nothing


def sign_in(session: Session, email: str, password: str, address: str, device: str = "") -> str:
    """The token for the cookie. Where a second factor is asked for, its session opens only the page that asks."""
    email = email.strip().lower()
    who = attempts.from_address("sign-in", address), attempts.Tally(f"sign-in as {email}")
    attempts.spend(session, *who)
    found = _still_here(session, email)
    session.rollback()  # nobody else should wait while the password is hashed
    if not password_matches(password, found.password_hash if found else None) or found is None:
        raise WrongSignIn
    attempts.forget(session, *who)
    if second_factor.is_asked_of(found):
        return start_session(session, found, device, is_complete=False)
    audit.record(session, found, "signed_in", method="password")
    return start_session(session, found, device)


def start_session(
    session: Session,
    staff: StaffMember,
    device: str = "",
    method: SignInMethod = "password",
    *,
    is_complete: bool = True,
) -> str:
    _sweep(session)
    token = new_token()
    session.add(
        StaffSession(
            token_hash=hash_token(token),
            staff_id=staff.id,
            expires_at=now() + (SESSION_LASTS if is_complete else PENDING_LASTS),
            method=method,
            is_complete=is_complete,
            device=device,
        )
    )
    session.commit()
    return token


def answer_code(session: Session, signing_in: SignIn, typed: str, secret: str, address: str) -> None:
    """The second half of signing in; sent again, it changes nothing. Raises WrongSecondFactor, TooManyAttempts."""
    if signing_in.kept.is_complete:
        return
    method = second_factor.check(session, signing_in.staff, typed, secret, address)
    complete(session, signing_in, method)
    session.commit()


def complete(session: Session, signing_in: SignIn, method: str) -> None:
    """The caller commits. The token stays: only the browser that gave the password has it."""
    kept = session.get_one(StaffSession, signing_in.kept.token_hash)
    kept.is_complete = True
    kept.started_at = kept.last_seen_at = now()
    kept.expires_at = now() + SESSION_LASTS
    session.add(kept)
    audit.record(session, signing_in.staff, "signed_in", method=method)


def is_due(kept: StaffSession) -> bool:
    """Whether its last use has to be noted again."""
    return kept.last_seen_at < now() - SEEN_EVERY


def note_use(database: Database, token_hash: str) -> None:
    with database.writing() as session:
        session.exec(update(StaffSession).where(col(StaffSession.token_hash) == token_hash).values(last_seen_at=now()))
        session.commit()


def sign_out(session: Session, token: str) -> None:
    session.exec(delete(StaffSession).where(col(StaffSession.token_hash) == hash_token(token)))
    session.commit()


def choose_language(session: Session, staff: StaffMember, language: str) -> None:
    stored = session.get_one(StaffMember, staff.id)
    stored.language = language
    session.add(stored)
    session.commit()


def _still_here(session: Session, email: str) -> StaffMember | None:
    return session.exec(
        select(StaffMember)
        .where(StaffMember.email == email)
        .where(col(StaffMember.left_at).is_(None))
    ).first()  # fmt: skip


def _sweep(session: Session) -> None:
    over = col(StaffSession.expires_at) < now()
    unused = col(StaffSession.last_seen_at) < now() - UNUSED_LASTS
    session.exec(delete(StaffSession).where(or_(over, unused)))
