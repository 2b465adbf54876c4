"""E-mails that are to be sent: stored in the transaction that wants them, and kept until they have arrived."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select, update

from api.database import insert_once
from api.models import Mail, StaffMember, now
from api.services.trying_again import pause_after

KEPT_FOR = timedelta(days=3)  # then it is given up
SHOWN_FOR = timedelta(days=7)  # that something could not be sent
AT_ONCE = 20  # letters that are looked up together


def post(
    session: Session,
    *,
    school_id: int,
    staff_id: int,
    kind: str,
    about: dict[str, Any],
    key: str,
    due_at: datetime | None = None,
) -> None:
    """The same `key` is posted once, whoever posts it. `about`: ids and codes only. The caller commits."""
    at = now()
    letter = {"school_id": school_id, "staff_id": staff_id, "kind": kind, "about": about, "key": key, "attempts": 0}
    times = {"created_at": at, "due_at": due_at or at}
    session.connection().execute(insert_once(session, Mail, letter | times))


def due(session: Session, at: datetime) -> list[tuple[Mail, StaffMember]]:
    """Oldest first, each with the one it is for."""
    found = session.exec(
        select(Mail, StaffMember)
        .join(StaffMember, col(Mail.staff_id) == StaffMember.id)
        .where(_waits())
        .where(Mail.due_at <= at)
        .order_by(col(Mail.id))
        .limit(AT_ONCE)
    )
    return list(found)


def take(session: Session, mail: Mail, at: datetime) -> bool:
    """False when another process took it first. It is due again after its pause, so that a sender who dies between
    here and the mail server loses nothing.
    """
    this = update(Mail).where(col(Mail.id) == mail.id).where(col(Mail.attempts) == mail.attempts).where(_waits())
    taken = session.exec(this.values(attempts=mail.attempts + 1, due_at=at + pause_after(mail.attempts))).rowcount == 1
    session.commit()
    return taken


def sent(session: Session, mail: Mail, at: datetime) -> None:
    session.exec(update(Mail).where(col(Mail.id) == mail.id).values(sent_at=at, fault=None))
    session.commit()


def failed(session: Session, mail: Mail, fault: str, at: datetime) -> None:
    """Kept for another attempt, unless it has waited too long."""
    given_up = at if at - mail.created_at >= KEPT_FOR else None
    session.exec(update(Mail).where(col(Mail.id) == mail.id).values(fault=fault, given_up_at=given_up))
    session.commit()


def drop(session: Session, mail: Mail, at: datetime) -> None:
    """It is for nobody any more; nothing failed."""
    session.exec(update(Mail).where(col(Mail.id) == mail.id).values(fault=None, given_up_at=at))
    session.commit()


def waiting_about_alert(session: Session, alert_id: int) -> set[int]:
    """Ids of those for whom a letter about this alert waits: another one would only be in its way."""
    found = session.exec(select(Mail).where(_waits()).where(col(Mail.about)["alert"].as_integer() == alert_id))
    return {mail.staff_id for mail in found}


def failing_since(session: Session, school_id: int) -> datetime | None:
    """Since when something of this school could not be sent; None: everything arrives."""
    oldest = select(func.min(Mail.created_at)).where(Mail.school_id == school_id)
    failing = oldest.where(col(Mail.fault).is_not(None)).where(col(Mail.sent_at).is_(None))
    return session.exec(failing.where(Mail.created_at > now() - SHOWN_FOR)).one()


def _waits() -> Any:
    return col(Mail.sent_at).is_(None) & col(Mail.given_up_at).is_(None)
