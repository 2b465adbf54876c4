"""Before a pupil is asked to talk with the program again: have they had enough of it? Then a person is better, and an
adult who goes on all the same says what for. A pupil who asks to talk is never kept from it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import Pupil, StaffMember, now
from api.services import audit
from api.services.review.working_days import local_day

A_WEEK, FOUR_WEEKS = timedelta(days=7), timedelta(days=28)
MOST_IN_A_WEEK = 2
# what an adult goes on for
REASONS = ("pupil_asked", "something_changed", "decision_near")

Worn = Literal["today", "often", "tired"]  # why a person is better now
Ending = Literal["tired", "early"]


@dataclass(frozen=True)
class Lately:
    """Conversations in which the pupil said something. `ending` of the last one, where it ended before its time."""

    today: int
    in_a_week: int
    in_four_weeks: int
    ending: Ending | None
    ended_within_a_week: bool

    @property
    def worn(self) -> list[Worn]:
        limits: tuple[tuple[Worn, bool], ...] = (
            ("today", self.today > 0),
            ("often", self.in_a_week >= MOST_IN_A_WEEK),
            ("tired", self.ending == "tired" and self.ended_within_a_week),
        )
        return [code for code, is_reached in limits if is_reached]


def lately(session: Session, staff: StaffMember, pupil: Pupil, at: datetime | None = None) -> Lately:
    """As far as this reader may see the pupil's conversations."""
    at = at or now()
    talks = access.talks_lately(session, staff, pupil.id, at - FOUR_WEEKS)
    last = talks[0] if talks else None
    in_a_week = [talk for talk in talks if talk.last_said > at - A_WEEK]
    return Lately(
        sum(local_day(talk.last_said) == local_day(at) for talk in talks),
        len(in_a_week),
        len(talks),
        _ending(last.state, last.was_tired) if last else None,
        bool(in_a_week),
    )


def check(session: Session, staff: StaffMember, pupil: Pupil, reason: str) -> None:
    """Unfit("reason") where the pupil has had enough and the adult does not say what for; what they say goes into the
    audit trail. The caller commits.
    """
    found = lately(session, staff, pupil)
    if not found.worn:
        return
    if reason not in REASONS:
        raise Unfit("reason")
    limits = {"limits": found.worn, "in_a_week": found.in_a_week, "reason": reason}
    audit.record(session, staff, "started_all_the_same", "pupil", pupil.id, pupil_id=pupil.id, **limits)


def _ending(state: str, was_tired: bool) -> Ending | None:
    if was_tired:
        return "tired"
    return "early" if state in ("asking", "reading_back") else None
