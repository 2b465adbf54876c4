"""Who promised something is reminded of it: on the day, and again while the day has passed. Never with a word of it."""

from datetime import date

from sqlmodel import Session

from api import access
from api.models import StaffMember
from api.services.mailing import outbox
from api.services.review.working_days import Calendar, calendar_of

EVERY = 2  # working days, once the day has passed


def reminders_due(session: Session, today: date) -> None:
    """Posts a letter for each promise that is due or overdue; called again, it posts nothing twice. The caller commits.

    An owner who has left cannot keep it: the pupil's trusted adult is reminded.
    """
    calendars: dict[int, Calendar] = {}
    for promise, pupil in access.promises_to_remind_of(session, today):
        school, owner = pupil.school_id, session.get_one(StaffMember, promise.owner_id)
        if school not in calendars:
            calendars[school] = calendar_of(session, owner)
        outbox.post(
            session,
            school_id=school,
            staff_id=pupil.trusted_adult_id if owner.left_at else owner.id,
            kind="promise_due",
            about={"promise": promise.id},
            key=f"promise-{promise.id}-{reminded_on(promise.due_on, today, calendars[school])}",
        )


def reminded_on(due_on: date, today: date, calendar: Calendar) -> date:
    """The latest day, not after today, on which a letter was due: one that was missed is still sent, but once."""
    day = due_on
    while (following := calendar.after(day, EVERY)) <= today:
        day = following
    return day
