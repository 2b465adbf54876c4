from datetime import timedelta

from sqlmodel import Session, col, delete, select

from api.errors import WrongSignIn
from api.models import StaffMember, StaffSession, now
from api.security import hash_token, new_token, password_matches
from api.services import attempts

SESSION_LASTS = timedelta(hours=10)  # a school day


def sign_in(session: Session, email: str, password: str, address: str) -> str:
    """The token for the cookie."""
    email = email.strip().lower()
    who = attempts.from_address("sign-in", address), attempts.Tally(f"sign-in as {email}")
    attempts.spend(session, *who)
    found = session.exec(select(StaffMember).where(StaffMember.email == email)).first()
    session.rollback()  # nobody else should wait while the password is hashed
    if not password_matches(password, found.password_hash if found else None) or found is None:
        raise WrongSignIn
    attempts.forget(session, *who)
    return start_session(session, found)


def start_session(session: Session, staff: StaffMember) -> str:
    session.exec(delete(StaffSession).where(col(StaffSession.expires_at) < now()))
    token = new_token()
    session.add(StaffSession(token_hash=hash_token(token), staff_id=staff.id, expires_at=now() + SESSION_LASTS))
    session.commit()
    return token


def sign_out(session: Session, token: str) -> None:
    session.exec(delete(StaffSession).where(col(StaffSession.token_hash) == hash_token(token)))
    session.commit()


def choose_language(session: Session, staff: StaffMember, language: str) -> None:
    stored = session.get_one(StaffMember, staff.id)
    stored.language = language
    session.add(stored)
    session.commit()
