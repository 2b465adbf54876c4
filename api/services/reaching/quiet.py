"""When a family is left in peace: at night, outside the hours they wished, while they talk, and beyond what was agreed.
What answers them is never held back (practice 29).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from sqlmodel import Session

from api import access
from api.i18n import TIMEZONE
from api.models import Carer, Delivery, School
from api.services.reaching import deliveries

AT_MOST = 3  # messages in seven days that were not asked for, where the carer said nothing
COUNTED_FOR = timedelta(days=7)
TALKS_ON = timedelta(minutes=30)  # since they last said something, a conversation is going on
A_DAY = 24 * 60  # minutes

Reason = Literal["talking", "at_most", "quiet"]
Hours = Mapping[str, tuple[int, int]]  # parts of the day, of reaching.yml: first minute, and the first no longer in it
Minutes = tuple[int, int]


@dataclass(frozen=True)
class Hold:
    until: datetime
    reason: Reason


def hold(session: Session, delivery: Delivery, carer: Carer, at: datetime, hours: Hours) -> Hold | None:
    """Why a message must wait; None: it may go. Asked again when the time has come, so the first reason is enough."""
    if _is_answer(session, delivery) or _is_further_part(delivery):
        return None
    return (
        _while_talking(session, carer, at)
        or _beyond_what_was_agreed(session, delivery, carer, at)
        or _at_rest(session.get_one(School, delivery.school_id), carer, at, hours)
    )


def allowed_from(school: School, carer: Carer, at: datetime, hours: Hours) -> datetime:
    """The first moment, not before `at`, that is in none of the school's quiet hours and in the hours that the carer
    wished. A wish that lies in the quiet hours altogether cannot be kept: then the school's hours alone count.
    """
    windows = _windows(school, [hours[part] for part in carer.hours if part in hours])
    today = at.astimezone(TIMEZONE).date()
    days = (today + timedelta(days=ahead) for ahead in (-1, 0, 1, 2))
    spans = ((_moment(day, first), _moment(day, last)) for day in days for first, last in windows)
    return next(max(at, first) for first, last in spans if at < last)


def _is_answer(session: Session, delivery: Delivery) -> bool:
    if not deliveries.opens(delivery):
        return delivery.is_answer
    return delivery.is_answer and access.was_said_in(session, delivery.conversation_id)


def _is_further_part(delivery: Delivery) -> bool:
    """The rest of what began to arrive."""
    return "part" in delivery.about


def _while_talking(session: Session, carer: Carer, at: datetime) -> Hold | None:
    last_said = access.last_said_by(session, carer)
    if last_said is None or at - last_said >= TALKS_ON:
        return None
    return Hold(last_said + TALKS_ON, "talking")


def _beyond_what_was_agreed(session: Session, delivery: Delivery, carer: Carer, at: datetime) -> Hold | None:
    """Where a pupil is must be asked on the first day, however much was sent before."""
    at_most = AT_MOST if carer.at_most is None else carer.at_most
    people = access.same_person(session, carer)
    sent = _occasions(deliveries.unasked_since(session, people, at - COUNTED_FOR))
    if _occasion(delivery) in sent or len(sent) < at_most or access.is_about_first_day(session, delivery):
        return None
    free_again = sorted(sent.values(), reverse=True)[at_most - 1] if at_most else at
    return Hold(free_again + COUNTED_FOR, "at_most")


def _at_rest(school: School, carer: Carer, at: datetime, hours: Hours) -> Hold | None:
    allowed = allowed_from(school, carer, at, hours)
    return Hold(allowed, "quiet") if allowed > at else None


def _occasions(sent: Sequence[Delivery]) -> dict[str, datetime]:
    """When each began: a link and the first question of its conversation are one."""
    began: dict[str, datetime] = {}
    for each in sent:
        if each.sent_at:
            began.setdefault(_occasion(each), each.sent_at)
    return began


def _occasion(delivery: Delivery) -> str:
    is_another = delivery.conversation_id is None or delivery.kind == "reminder"
    return deliveries.first_key(delivery) if is_another else f"conversation {delivery.conversation_id}"


def _windows(school: School, wished: Sequence[Minutes]) -> list[Minutes]:
    """Of one day, in order. Never none: a school that is quiet all day long is not."""
    open_ones = _around_the_quiet(school.quiet_from, school.quiet_until)
    both = [
        (max(first, begins), min(last, ends))
        for first, last in open_ones
        for begins, ends in wished
        if max(first, begins) < min(last, ends)
    ]
    return sorted(both or open_ones)


def _around_the_quiet(quiet_from: int, quiet_until: int) -> list[Minutes]:
    if quiet_from == quiet_until:
        return [(0, A_DAY)]
    if quiet_from > quiet_until:  # over midnight
        return [(quiet_until, quiet_from)]
    spans = [(0, quiet_from), (quiet_until, A_DAY)]
    return [(first, last) for first, last in spans if first < last]


def _moment(day: date, minute: int) -> datetime:
    """By the school's clock, also on the days on which it is put forward or back."""
    return (datetime.combine(day, time(), TIMEZONE) + timedelta(minutes=minute)).astimezone(UTC)
