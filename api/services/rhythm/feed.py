"""A member of staff's planned contacts for the calendar on their phone or computer (iCalendar, RFC 5545).

Calendars are shared with others and kept in clouds: an event says what kind of contact it is and links into the
product. It names nobody and holds no word.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from icalendar import CLASS, STATUS, TRANSP, Calendar, Event
from sqlmodel import Session

from api import access
from api.i18n import TIMEZONE
from api.models import ContactKind, PlannedContact, StaffMember, now
from api.security import hash_token, new_token
from api.services import audit
from api.services.review.working_days import local_day

Named = Callable[[ContactKind], tuple[str, str]]  # title and description of an event
PRODUCT = "-//Pupil Voice//Planned contacts//EN"
LASTS: dict[ContactKind, timedelta] = {"meeting": timedelta(minutes=60)}
USUALLY_LASTS = timedelta(minutes=30)
LOOKS_BACK = timedelta(days=60)
ASKED_AGAIN_AFTER = timedelta(hours=1)


def make_address(session: Session, staff: StaffMember) -> str:
    """The token of a new address, shown once. One that was made before stops working."""
    token = new_token()
    _keep(session, staff, hash_token(token), "calendar_feed_made")
    return token


def end_address(session: Session, staff: StaffMember) -> None:
    """There is none already: nothing."""
    if staff.feed_hash:
        _keep(session, staff, None, "calendar_feed_ended")


def feed(session: Session, staff: StaffMember, named: Named, address: str, at: datetime | None = None) -> bytes:
    """`address`: of the page of a contact, without its id."""
    at = at or now()
    found = access.contacts_in_feed_of(session, staff, local_day(at) - LOOKS_BACK)
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", refresh_interval=ASKED_AGAIN_AFTER)
    calendar.add("x-published-ttl", "PT1H")  # what Outlook asks by
    calendar.add("x-wr-calname", "Pupil Voice")
    calendar.add("x-wr-timezone", TIMEZONE.key)
    for contact in found:
        calendar.add_component(_event(contact, named(contact.kind), f"{address}/{contact.id}", at))
    if any(contact.minute is not None for contact in found):
        calendar.add_missing_timezones(*_years_of(found))
    return bytes(calendar.to_ical())


def _event(contact: PlannedContact, texts: tuple[str, str], link: str, at: datetime) -> Event:
    title, description = texts
    start, end = _times(contact)
    return Event.new(
        uid=f"{hash_token(contact.key)[:32]}@pupil-voice",  # ids of erased rows can be given again
        sequence=contact.version - 1,
        stamp=at,
        start=start,
        end=end,
        summary=title,
        description=f"{description}\n{link}",
        url=link,
        status=STATUS.CANCELLED if contact.outcome == "cancelled" else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT if contact.minute is None else TRANSP.OPAQUE,
        classification=CLASS.PRIVATE,
    )


def _times(contact: PlannedContact) -> tuple[date, date]:
    """Of the whole day, without a time; else by the school's clock, also after the clocks have changed."""
    if contact.minute is None:
        return contact.day, contact.day + timedelta(days=1)
    start = datetime.combine(contact.day, time(*divmod(contact.minute, 60)), TIMEZONE)
    return start, start + LASTS.get(contact.kind, USUALLY_LASTS)


def _years_of(contacts: list[PlannedContact]) -> tuple[date, date]:
    """With a year before them, so that the change of the clocks that holds is among those listed."""
    return date(contacts[0].day.year - 1, 1, 1), date(contacts[-1].day.year + 1, 1, 1)


def _keep(session: Session, staff: StaffMember, feed_hash: str | None, act: str) -> None:
    stored = session.get_one(StaffMember, staff.id)
    stored.feed_hash = feed_hash
    session.add(stored)
    audit.record(session, stored, act, "staff", stored.id)
    session.commit()
