"""The half terms of a school: at the start and at the end of each, pupils and families are asked anew (practice 33)."""

from datetime import date, timedelta

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import HalfTerm, StaffMember
from api.services import audit
from api.services.people.school_calendar import LONGEST_NAME
from api.services.review.working_days import Calendar, calendar_of

SHORTEST, LONGEST = timedelta(days=7), timedelta(days=100)  # from the first day to the last


def listed(session: Session, staff: StaffMember) -> list[HalfTerm]:
    """The first day first."""
    return access.half_terms_of(session, staff.school_id)


def add(session: Session, by: StaffMember, first_day: date, last_day: date, name: str) -> None:
    """Sent again: nothing. Unfit("half_term_days", "half_term_closed", "half_term_overlaps" or "name")."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Unfit("name")
    if not SHORTEST <= last_day - first_day <= LONGEST:
        raise Unfit("half_term_days")
    access.hold_school(session, by.school_id)
    known = listed(session, by)
    if (first_day, last_day, name) in {(each.first_day, each.last_day, each.name) for each in known}:
        return
    _check_beside(known, calendar_of(session, by), first_day, last_day)
    made = HalfTerm(school_id=by.school_id, first_day=first_day, last_day=last_day, name=name)
    session.add(made)
    session.flush()
    audit.record(session, by, "half_term_added", "half_term", made.id)
    session.commit()


def remove(session: Session, by: StaffMember, half_term_id: int) -> None:
    """Gone already, or another school's: nothing. Contacts that were planned for it stay."""
    found = access.half_term_of(session, by, half_term_id)
    if found is None:
        return
    session.delete(found)
    audit.record(session, by, "half_term_removed", "half_term", half_term_id)
    session.commit()


def current_or_next(half_terms: list[HalfTerm], day: date) -> HalfTerm | None:
    """The one that has not ended on that day, the earliest of several."""
    return next((each for each in half_terms if day <= each.last_day), None)


def _check_beside(known: list[HalfTerm], calendar: Calendar, first_day: date, last_day: date) -> None:
    if calendar.open_from(first_day, last_day) is None:
        raise Unfit("half_term_closed")
    if any(each.first_day <= last_day and first_day <= each.last_day for each in known):
        raise Unfit("half_term_overlaps")
