"""Whoever means to talk with a pupil or a family is reminded on the day, and once more when nobody has said what became
of it. Never with a word of it: the letter only says that there is something.
"""

from datetime import date, timedelta

from sqlmodel import Session

from api import access
from api.models import PlannedContact, Pupil, StaffMember
from api.services.mailing import outbox
from api.services.review.working_days import Calendar, calendar_of
from api.services.rhythm.lines import OVERDUE_AFTER

FOR_THE_WHOLE_SCHOOL = ("safeguarding_lead", "attendance_lead")
LOOKS_BACK = timedelta(days=30)


def contacts_due(session: Session, today: date) -> None:
    """Posts a letter for each contact of the day, and for each that became overdue; called again, it posts nothing
    twice. The caller commits.
    """
    calendars: dict[int, Calendar] = {}
    for contact, pupil in access.contacts_to_remind_of(session, today - LOOKS_BACK, today):
        keeper = keeper_of(session, contact, pupil)
        if pupil.school_id not in calendars:
            calendars[pupil.school_id] = calendar_of(session, keeper)
        if occasion := occasion_on(contact.day, today, calendars[pupil.school_id]):
            outbox.post(
                session,
                school_id=pupil.school_id,
                staff_id=keeper.id,
                kind="contact_due",
                about={"contact": contact.id},
                key=f"contact-{contact.key}-{contact.version}-{occasion}",  # ids of erased rows can be given again
            )


def occasion_on(day: date, today: date, calendar: Calendar) -> str | None:
    """Which letter is due; a contact on a day that was closed later is reminded of on the working day after it."""
    if today >= calendar.after(day, OVERDUE_AFTER):
        return "overdue"
    first = day if calendar.is_working(day) else calendar.after(day, 1)
    return "day" if today == first else None


def keeper_of(session: Session, contact: PlannedContact, pupil: Pupil) -> StaffMember:
    """The trusted adult in place of an owner who has left or does not work with this pupil any more."""
    owner = session.get_one(StaffMember, contact.owner_id)
    works_here = owner.role in FOR_THE_WHOLE_SCHOOL or owner.id == pupil.trusted_adult_id
    if works_here and owner.left_at is None:
        return owner
    return session.get_one(StaffMember, pupil.trusted_adult_id)
