"""Days on which nobody at the school can be expected to read: the country's public holidays and its own closures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import School, SchoolClosure, StaffMember
from api.services import audit
from api.services.review import working_days

LONGEST_CLOSURE = timedelta(days=100)
LONGEST_NAME = 80
SHOWN_AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class PublicHoliday:
    day: date
    name: str  # in English, as the country's law calls it


def closures(session: Session, staff: StaffMember) -> list[SchoolClosure]:
    return access.closures_of(session, staff)


def public_holidays(school: School, first: date) -> Sequence[PublicHoliday]:
    """Of the year that begins on that day; none where the school's country has no calendar."""
    last = first + SHOWN_AHEAD
    return [
        PublicHoliday(day, name)
        for year in sorted({first.year, last.year})
        for day, name in sorted(working_days.public_holidays(school.country, year).items())
        if first <= day <= last
    ]


def add_closure(session: Session, by: StaffMember, first_day: date, last_day: date, name: str) -> None:
    """Sent again: nothing. Unfit("closure_days" or "name")."""
    name = " ".join(name.split())
    if not timedelta() <= last_day - first_day <= LONGEST_CLOSURE:
        raise Unfit("closure_days")
    if not name or len(name) > LONGEST_NAME:
        raise Unfit("name")
    access.hold_school(session, by.school_id)
    wanted = (first_day, last_day, name)
    if wanted in {(each.first_day, each.last_day, each.name) for each in closures(session, by)}:
        return
    made = SchoolClosure(school_id=by.school_id, first_day=first_day, last_day=last_day, name=name)
    session.add(made)
    session.flush()
    audit.record(session, by, "closure_added", "closure", made.id)
    session.commit()


def remove_closure(session: Session, by: StaffMember, closure_id: int) -> None:
    """Gone already, or another school's: nothing."""
    found = access.closure_of(session, by, closure_id)
    if found is None:
        return
    session.delete(found)
    audit.record(session, by, "closure_removed", "closure", closure_id)
    session.commit()
