"""Contacts as they lie in the store, and days by the clock of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from api.models import ContactKind, PlannedContact, Pupil, StaffMember, now, told_ago
from api.security import new_id
from api.services.review.working_days import Calendar
from api.services.rhythm.lines import today
from api.services.rhythm.planning import Draft
from api.services.rhythm.proposing import Slot

ENGLAND = Calendar("GB-ENG")
TUESDAY = date(2026, 11, 10)


@contextmanager
def on(day: date, hour: int = 12) -> Iterator[None]:
    """What happens inside happens on that day."""
    with told_ago(now() - datetime(day.year, day.month, day.day, hour, tzinfo=UTC)):
        yield


def working_day(ahead: int = 1) -> date:
    """So many working days from today on."""
    return ENGLAND.after(today(), ahead)


def a_week_ago() -> date:
    return today() - timedelta(days=7)


def draft(owner: StaffMember, *days: date, kind: ContactKind = "check_in", **about: Any) -> Draft:
    carer_id = about.pop("carer_id", None)
    return Draft([Slot(kind, day, carer_id) for day in days], owner.id, **about)


def contact(
    session: Session, pupil: Pupil, owner: StaffMember, day: date, kind: ContactKind = "check_in", **about: Any
) -> PlannedContact:
    made = PlannedContact(
        pupil_id=pupil.id, kind=kind, day=day, owner_id=owner.id, made_by_id=owner.id, key=new_id(), **about
    )
    session.add(made)
    session.commit()
    return made
