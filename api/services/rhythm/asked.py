"""What practice asks for (33), beside what is planned and what was held."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from api.models import Carer, ContactKind, Pupil, StaffMember
from api.services.rhythm import half_terms, planning, proposing
from api.services.rhythm.lines import Line, today


@dataclass(frozen=True)
class Asked:
    """`wanted` None: as often as people agree. `is_short`: less is planned and held than practice asks."""

    kind: ContactKind
    wanted: int | None
    planned: int
    held: int
    next_day: date | None
    last_day: date | None  # on which one was held
    is_short: bool
    carer: Carer | None = None


def asked_for(session: Session, staff: StaffMember, pupil: Pupil, lines: Sequence[Line]) -> list[Asked]:
    """Of this school year; the fresh words of the half term that is or comes next."""
    year = [line for line in lines if line.contact.day >= planning.year_of(today())]
    found = [_of(year, "check_in", None)]
    found += [_of(year, "family_contact", None, carer) for carer in planning.carers_to_reach(session, pupil)]
    return [*found, _of(year, "meeting", proposing.MEETINGS), *_fresh_words(session, staff, lines)]


def _fresh_words(session: Session, staff: StaffMember, lines: Sequence[Line]) -> list[Asked]:
    here = half_terms.current_or_next(half_terms.listed(session, staff), today())
    if here is None:
        return []
    within = [line for line in lines if here.first_day <= line.contact.day <= here.last_day]
    return [_of(within, "half_term_start", 1), _of(within, "half_term_end", 1)]


def _of(lines: Sequence[Line], kind: ContactKind, wanted: int | None, carer: Carer | None = None) -> Asked:
    these = [line for line in lines if line.contact.kind == kind and (carer is None or line.carer == carer)]
    planned, held = _days(these, lambda line: line.contact.outcome is None), _days(these, _is_held)
    coming = [day for day in planned if day >= today()]
    next_day = min(coming, default=None)
    is_short = len(coming) + len(held) < wanted if wanted else _is_late(kind, next_day)
    return Asked(kind, wanted, len(coming), len(held), next_day, max(held, default=None), is_short, carer)


def _is_late(kind: ContactKind, next_day: date | None) -> bool:
    return next_day is None or next_day > today() + timedelta(days=proposing.USUAL[kind])


def _days(lines: Sequence[Line], fits: Callable[[Line], bool]) -> list[date]:
    return [line.contact.day for line in lines if fits(line)]


def _is_held(line: Line) -> bool:
    return line.contact.outcome == "held"
