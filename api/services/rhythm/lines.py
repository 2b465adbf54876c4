"""Planned contacts as staff see them: with whom, whose it is to keep, and how it stands today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import Session, col, select

from api import access
from api.models import Carer, ContactOutcome, PlannedContact, Pupil, StaffMember, now
from api.services.review.working_days import Calendar, calendar_of, local_day

OVERDUE_AFTER = 2  # working days without a word about what became of it

# waiting: its day has passed, and nobody has said yet what became of it
Standing = ContactOutcome | Literal["planned", "today", "waiting", "overdue"]


@dataclass(frozen=True)
class Line:
    contact: PlannedContact
    pupil: Pupil
    owner: StaffMember
    carer: Carer | None
    standing: Standing
    is_closed: bool  # the school, on the day that is still to come: a closure was added after it was chosen
    may_change: bool

    @property
    def time(self) -> str:
        """By the school's clock, HH:MM; empty: at any time of the day."""
        minute = self.contact.minute
        return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def today() -> date:
    return local_day(now())


def standing_of(contact: PlannedContact, calendar: Calendar, day: date) -> Standing:
    """As of that day."""
    if contact.outcome:
        return contact.outcome
    if contact.day > day:
        return "planned"
    if contact.day == day:
        return "today"
    return "overdue" if day >= calendar.after(contact.day, OVERDUE_AFTER) else "waiting"


def lines_of(session: Session, staff: StaffMember, found: Iterable[tuple[PlannedContact, Pupil]]) -> list[Line]:
    """Of contacts that this reader was given."""
    pairs = list(found)
    if not pairs:
        return []
    owners = {each.id: each for each in access.colleagues_of(session, staff)}
    carers = _carers(session, {contact.carer_id for contact, _ in pairs if contact.carer_id})
    calendar, day = calendar_of(session, staff), today()
    return [
        Line(
            contact,
            pupil,
            owners[contact.owner_id],
            carers.get(contact.carer_id or 0),
            standing_of(contact, calendar, day),
            contact.outcome is None and contact.day >= day and not calendar.is_working(contact.day),
            access.may_change_contact(staff, contact, pupil),
        )
        for contact, pupil in pairs
    ]


def about(session: Session, staff: StaffMember, pupil: Pupil) -> list[Line]:
    return lines_of(session, staff, [(each, pupil) for each in access.contacts_about(session, staff, pupil.id)])


def coming(lines: Iterable[Line]) -> list[Line]:
    """Those of which nobody has said what became of them; what is overdue comes first, because its day does."""
    return [line for line in lines if line.contact.outcome is None]


def due_today(session: Session, staff: StaffMember) -> list[Line]:
    """What this member of staff has to see to: today's, and what is still open of days before."""
    return lines_of(session, staff, access.contacts_open_until(session, staff, today(), mine=True))


def _carers(session: Session, ids: set[int]) -> dict[int, Carer]:
    return {each.id: each for each in session.exec(select(Carer).where(col(Carer.id).in_(ids)))} if ids else {}
