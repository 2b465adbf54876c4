"""When a school leaves its families in peace, and how long it waits for an answer on the first day of an absence."""

from dataclasses import dataclass
from datetime import time

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import School, StaffMember
from api.services import audit

SHORTEST_DAY = 60  # minutes in which families can be reached, else nothing would ever go out
ANSWER_WITHIN = range(5, 241)  # minutes
A_DAY = 24 * 60


@dataclass(frozen=True)
class SchoolHours:
    quiet_from: time
    quiet_until: time
    answer_within: int  # minutes

    @classmethod
    def of(cls, school: School) -> "SchoolHours":
        return cls(_time(school.quiet_from), _time(school.quiet_until), school.answer_within)


def change(session: Session, by: StaffMember, hours: SchoolHours) -> None:
    """Unfit("quiet" or "answer_within")."""
    quiet_from, quiet_until = _minute(hours.quiet_from), _minute(hours.quiet_until)
    is_quiet_for = (quiet_until - quiet_from) % A_DAY
    if A_DAY - is_quiet_for < SHORTEST_DAY:
        raise Unfit("quiet")
    if hours.answer_within not in ANSWER_WITHIN:
        raise Unfit("answer_within")
    access.hold_school(session, by.school_id)
    school = session.get_one(School, by.school_id)
    school.quiet_from, school.quiet_until, school.answer_within = quiet_from, quiet_until, hours.answer_within
    session.add(school)
    audit.record(session, by, "quiet_hours_changed", "school", school.id)
    session.commit()


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))
