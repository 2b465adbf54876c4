"""Who is told by e-mail that there is something to read. No letter says what, about whom or from whom."""

from collections.abc import Iterable

from sqlmodel import Session

from api import access
from api.models import Alert, StaffMember
from api.services.mailing import outbox


def tell_of(session: Session, alert: Alert, adult: StaffMember, kept_from_id: int | None) -> None:
    """The safeguarding leads and the trusted adult, at once (practice 23), never whom the words name. The caller
    commits.
    """
    leads = leads_among(told(session, alert.school_id, kept_from_id))
    write(session, alert, leads | ({adult.id} - {kept_from_id}), "alert", "first")


def told(session: Session, school_id: int, kept_from_id: int | None) -> list[StaffMember]:
    """Safeguarding leads and administrators who are there."""
    return access.people_to_tell(session, school_id, kept_from_id)


def leads_among(people: Iterable[StaffMember]) -> set[int]:
    return {each.id for each in people if each.role == "safeguarding_lead"}


def write(session: Session, alert: Alert, staff_ids: Iterable[int], kind: str, occasion: str) -> None:
    """`occasion`: of one alert each person is told once on each. The caller commits."""
    for staff_id in sorted(staff_ids):
        outbox.post(
            session,
            school_id=alert.school_id,
            staff_id=staff_id,
            kind=kind,
            about={"alert": alert.id},
            key=f"alert-{alert.id}-{occasion}-{staff_id}",
        )
