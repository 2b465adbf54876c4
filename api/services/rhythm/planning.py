"""Days are planned, moved and settled by people; the product only proposes and checks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from api import access
from api.errors import NotAllowed, NotFound, Unfit
from api.models import Carer, ContactOutcome, HalfTerm, PlannedContact, Pupil, StaffMember, now
from api.services import audit
from api.services.people.staffing import MAY_BE_TRUSTED
from api.services.reaching.carers import may_be_reached
from api.services.review.working_days import Calendar, calendar_of
from api.services.rhythm import half_terms, proposing
from api.services.rhythm.lines import today
from api.services.rhythm.proposing import Frame, Slot

LATEST = timedelta(days=365)
A_DAY = 24 * 60  # minutes
NOT_HELD = ("cancelled", "missed")
WITHOUT_HALF_TERMS = timedelta(days=6 * 7 - 1)  # a proposal is for so long where the school has named none


@dataclass(frozen=True)
class Draft:
    """What an adult has made of a proposal."""

    slots: Sequence[Slot]
    owner_id: int
    minute: int | None = None  # of the day, the same for all


def pupil_to_plan_for(session: Session, staff: StaffMember, pupil_id: int) -> Pupil:
    """NotFound for who does not work with the pupil, NotAllowed for who may only see the days."""
    pupil, _ = access.family_of(session, staff, pupil_id)
    if not access.may_read(staff, pupil):
        raise NotAllowed
    return pupil


def owners(session: Session, staff: StaffMember, pupil: Pupil) -> list[StaffMember]:
    """Who can keep it: those who work with the pupil and the family. The trusted adult first."""
    here = access.present_in_role(session, staff.school_id, *MAY_BE_TRUSTED, "attendance_lead")
    found = [each for each in here if each.id == pupil.trusted_adult_id or each.role != "trusted_adult"]
    return sorted(found, key=lambda each: (each.id != pupil.trusted_adult_id, each.name.casefold()))


def carers_to_reach(session: Session, pupil: Pupil) -> list[Carer]:
    """Without those who live elsewhere and whom the safeguarding lead has not agreed to (practice 31)."""
    return [each for each in access.carers_of(session, pupil.id) if may_be_reached(each)]


def frame(session: Session, staff: StaffMember, pupil: Pupil, first: date | None, last: date | None) -> Frame:
    """Unfit("frame_days") where the days cannot be meant. Not said: from the next day on until the half term ends."""
    first = max(first or today() + timedelta(days=1), today())
    known = half_terms.listed(session, staff)
    last = last or _usual_end(known, first)
    if not timedelta() <= last - first <= LATEST:
        raise Unfit("frame_days")
    there = [each for each in access.contacts_about(session, staff, pupil.id) if each.outcome not in NOT_HELD]
    return Frame(
        first,
        last,
        calendar_of(session, staff),
        [(each.first_day, each.last_day) for each in known],
        [Slot(each.kind, each.day, each.carer_id) for each in there if _counts(each, first)],
    )


def propose(session: Session, pupil: Pupil, wanted: Frame, kind: str, every: int) -> list[Slot]:
    """`kind` empty: everything that the rhythm asks for; `every`: days from one to the next, 0 for the usual."""
    carers: list[int | None] = [each.id for each in carers_to_reach(session, pupil)]
    if kind == "":
        return proposing.whole(wanted, carers)
    if kind == "check_in":
        return proposing.series(wanted, "check_in", every or proposing.USUAL["check_in"])
    if kind == "family_contact":
        days = every or proposing.USUAL["family_contact"]
        each_carer = [proposing.series(wanted, "family_contact", days, carer) for carer in carers or [None]]
        return sorted((slot for found in each_carer for slot in found), key=lambda slot: slot.day)[: proposing.MOST]
    if kind == "meeting":
        return proposing.series(wanted, "meeting", every) if every else proposing.meetings(wanted)
    return proposing.fresh_words(wanted)


def plan(session: Session, staff: StaffMember, pupil_id: int, draft: Draft, form_id: str) -> None:
    """A form that came before plans nothing new. Unfit with the code of what is wrong (`fault_in`)."""
    pupil = pupil_to_plan_for(session, staff, pupil_id)
    if access.contact_of_form(session, f"{form_id}-0"):
        return
    if fault := fault_in(session, staff, pupil, draft):
        raise Unfit(fault)
    made = [_made(staff, pupil, draft, slot, f"{form_id}-{place}") for place, slot in enumerate(draft.slots)]
    session.add_all(made)
    try:
        session.flush()
    except IntegrityError:  # the same form, in the same moment
        session.rollback()
        return
    for each in made:
        _note(session, staff, "contact_planned", each, day=each.day.isoformat())
    session.commit()


def fault_in(session: Session, staff: StaffMember, pupil: Pupil, draft: Draft) -> str | None:
    """Why it cannot be planned as it stands."""
    if not draft.slots:
        return "no_day"
    if len(draft.slots) > proposing.MOST:
        return "too_many"
    if {slot.carer_id for slot in draft.slots} - {None, *(each.id for each in carers_to_reach(session, pupil))}:
        raise NotFound
    if draft.owner_id not in {each.id for each in owners(session, staff, pupil)}:
        return "owner"
    calendar = calendar_of(session, staff)
    faults = (fault_in_day(calendar, slot.day, draft.minute) for slot in draft.slots)
    return next((fault for fault in faults if fault), None)


def fault_in_day(calendar: Calendar, day: date, minute: int | None) -> str | None:
    if day < today():
        return "past"
    if day > today() + LATEST:
        return "too_late"
    if not calendar.is_working(day):
        return "closed"
    return None if minute is None or 0 <= minute < A_DAY else "time"


def move(
    session: Session,
    staff: StaffMember,
    contact_id: int,
    version: int,
    day: date,
    minute: int | None,
    owner_id: int,
) -> None:
    """To another day, time or person. Unfit("outdated", "settled" or what is wrong with the day)."""
    contact, pupil = access.contact_for(session, staff, contact_id, to_change=True)
    if (contact.day, contact.minute, contact.owner_id) == (day, minute, owner_id):
        return
    _must_be(contact, version)
    if contact.outcome:
        raise Unfit("settled")
    if fault := fault_in_day(calendar_of(session, staff), day, minute):
        raise Unfit(fault)
    if owner_id not in {contact.owner_id, *(each.id for each in owners(session, staff, pupil))}:
        raise Unfit("owner")
    before = contact.day.isoformat()
    contact.day, contact.minute, contact.owner_id = day, minute, owner_id
    contact.version += 1
    session.add(contact)
    _note(session, staff, "contact_moved", contact, before=before, day=day.isoformat())
    session.commit()


def settle(session: Session, staff: StaffMember, contact_id: int, version: int, outcome: ContactOutcome) -> None:
    """What became of it. A slip can be put right later. Unfit("outdated"), and "not_yet" before its day."""
    contact, _ = access.contact_for(session, staff, contact_id, to_change=True)
    if contact.outcome == outcome:
        return
    _must_be(contact, version)
    if outcome != "cancelled" and contact.day > today():
        raise Unfit("not_yet")
    contact.outcome, contact.settled_at, contact.settled_by_id = outcome, now(), staff.id
    contact.version += 1
    session.add(contact)
    _note(session, staff, "contact_settled", contact, outcome=outcome)
    session.commit()


def year_of(day: date) -> date:
    """The first day of its school year; in Scotland schools begin in August."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def _counts(contact: PlannedContact, first: date) -> bool:
    """Meetings count from the beginning of the school year on, everything else from the half term before."""
    return contact.day >= (year_of(first) if contact.kind == "meeting" else first - timedelta(days=60))


def _usual_end(known: list[HalfTerm], first: date) -> date:
    found = half_terms.current_or_next(known, first)
    return found.last_day if found else first + WITHOUT_HALF_TERMS


def _made(staff: StaffMember, pupil: Pupil, draft: Draft, slot: Slot, key: str) -> PlannedContact:
    return PlannedContact(
        pupil_id=pupil.id,
        kind=slot.kind,
        day=slot.day,
        minute=draft.minute,
        carer_id=slot.carer_id,
        owner_id=draft.owner_id,
        made_by_id=staff.id,
        key=key,
    )


def _must_be(contact: PlannedContact, version: int) -> None:
    if contact.version != version:
        raise Unfit("outdated")


def _note(session: Session, staff: StaffMember, act: str, contact: PlannedContact, **details: str) -> None:
    audit.record(session, staff, act, "contact", contact.id, pupil_id=contact.pupil_id, **details)
