"""On which days contact could be: a proposal from the school's calendar, which a person edits before it is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from api.models import ContactKind
from api.services.review.working_days import Calendar

# days from one to the next, as practice asks (33) or as is usual
USUAL: dict[ContactKind, int] = {"check_in": 7, "family_contact": 14}
MEETINGS = 3  # at least
MOST = 60  # in one proposal


@dataclass(frozen=True)
class Slot:
    """One contact on one day; `carer_id` None: with the pupil, or with everybody at a meeting."""

    kind: ContactKind
    day: date
    carer_id: int | None = None


@dataclass(frozen=True)
class Frame:
    """The days that a proposal is for, and what is there already."""

    first: date
    last: date
    calendar: Calendar
    half_terms: Sequence[tuple[date, date]] = ()  # first and last day
    already: Sequence[Slot] = ()


def whole(frame: Frame, carer_ids: Iterable[int | None]) -> list[Slot]:
    """Everything that the rhythm asks for, by day."""
    found = series(frame, "check_in", USUAL["check_in"])
    for carer_id in carer_ids:
        found += series(frame, "family_contact", USUAL["family_contact"], carer_id)
    found += meetings(frame) + fresh_words(frame)
    return sorted(found, key=lambda slot: slot.day)[:MOST]


def series(frame: Frame, kind: ContactKind, every: int, carer_id: int | None = None) -> list[Slot]:
    """One in each stretch of so many days: on its first day, or on the next working day in it."""
    found: list[Slot] = []
    begins = frame.first
    while begins <= frame.last and len(found) < MOST:
        ends = min(begins + timedelta(days=every - 1), frame.last)
        day = frame.calendar.open_from(begins, ends)
        if day and not _is_there(frame, kind, carer_id, begins, ends):
            found.append(Slot(kind, day, carer_id))
        begins += timedelta(days=every)
    return found


def meetings(frame: Frame) -> list[Slot]:
    """As many as are still wanted, evenly over the days: each in the middle of its part."""
    wanted = MEETINGS - len({slot.day for slot in frame.already if slot.kind == "meeting"})
    found: list[Slot] = []
    for number in range(wanted):
        middle = frame.first + (frame.last - frame.first) * (2 * number + 1) / (2 * wanted)
        day = frame.calendar.open_from(middle, frame.last)
        if day and day not in {slot.day for slot in found}:
            found.append(Slot("meeting", day))
    return found


def fresh_words(frame: Frame) -> list[Slot]:
    """On the first and on the last working day of each half term, where these days are in the frame."""
    found: list[Slot] = []
    for first, last in frame.half_terms:
        ends: tuple[tuple[ContactKind, date | None], ...] = (
            ("half_term_start", frame.calendar.open_from(first, last)),
            ("half_term_end", frame.calendar.open_until(last, first)),
        )
        found += [
            Slot(kind, day)
            for kind, day in ends
            if day and frame.first <= day <= frame.last and not _is_there(frame, kind, None, first, last)
        ]
    return found


def _is_there(frame: Frame, kind: ContactKind, carer_id: int | None, first: date, last: date) -> bool:
    return any(slot.kind == kind and slot.carer_id == carer_id and first <= slot.day <= last for slot in frame.already)
