"""First days of absence as staff see them: where each stands, what was done, what comes next. No word of a carer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from sqlmodel import Session

from api import access
from api.access import Door, is_lead
from api.models import Absence, AbsenceStep, Carer, Delivery, Pupil, StaffMember, Task
from api.services.attendance import steps
from api.services.attendance.watching import Watched, watched
from api.services.reaching import deliveries
from api.services.reaching.deliveries import State
from api.services.review.working_days import local_day

# asking: carers are being asked; person: somebody must ring; read: a carer answered, and nobody has read it
Standing = Literal["asking", "person", "read", "accounted"]


@dataclass(frozen=True)
class Row:
    """A pupil on the list of the day."""

    absence: Absence
    pupil: Pupil
    standing: Standing
    last: AbsenceStep | None  # that carers or people took
    accounted_by: StaffMember | None = None


@dataclass(frozen=True)
class Today:
    rows: Sequence[Row]
    version: str  # changes when anything in the lists does

    def standing(self, *which: Standing) -> list[Row]:
        """In this order."""
        return [row for standing in which for row in self.rows if row.standing == standing]


@dataclass(frozen=True)
class Step:
    """One step with whom it names, and what became of the message."""

    step: AbsenceStep
    carer: Carer | None
    by: StaffMember | None
    message: Delivery | None
    state: State | None  # None: nothing was to be sent
    door: Door | None  # how far this reader may look into the conversation
    decided: str = ""  # "yes" or "no", of a visit


@dataclass(frozen=True)
class Page:
    """Everything about one absence, for one reader."""

    absence: Absence
    pupil: Pupil
    standing: Standing
    steps: Sequence[Step]
    carers: Sequence[Carer]
    started_by: StaffMember
    accounted_by: StaffMember | None
    visit: Task | None  # waits for the lead
    decides: bool  # whether this reader decides about visits

    @property
    def register_steps(self) -> list[Step]:
        """What the register may hold: what was asked, answered and decided, and when."""
        return [each for each in self.steps if each.step.kind not in ("note", "to_a_person")]


def today(session: Session, staff: StaffMember, at: datetime) -> Today:
    found = access.absences_for(session, staff, local_day(at))
    seen = _shown_to(session, staff, watched(session, [absence for absence, _ in found]))
    read = access.read_among(session, {each.answered.conversation_id or "" for each in seen if each.answered})
    colleagues = {each.id: each for each in access.colleagues_of(session, staff)}
    rows = [
        Row(
            each.absence,
            pupil,
            _standing(each, read),
            next((step for step in reversed(each.steps) if step.kind != "to_a_person"), None),
            colleagues.get(each.absence.accounted_by_id or 0),
        )
        for each, (_, pupil) in zip(seen, found, strict=True)
    ]
    return Today(rows, _version(rows))


def one(session: Session, staff: StaffMember, absence_id: int) -> Page:
    absence, pupil = access.absence_for(session, staff, absence_id)
    (seen,) = _shown_to(session, staff, watched(session, [absence]))
    conversations = {step.conversation_id for step in seen.steps if step.conversation_id}
    read = access.read_among(session, conversations)
    colleagues = {each.id: each for each in access.colleagues_of(session, staff)}
    return Page(
        absence,
        pupil,
        _standing(seen, read),
        _steps(session, staff, seen, colleagues),
        access.carers_of(session, pupil.id),
        colleagues[absence.started_by_id],
        colleagues.get(absence.accounted_by_id or 0),
        steps.visit_to_decide(session, absence),
        is_lead(staff),
    )


def _standing(seen: Watched, read: set[str]) -> Standing:
    absence, answered = seen.absence, seen.answered
    if absence.accounted_at is None:
        return "person" if seen.is_with_a_person or absence.next_at is None else "asking"
    by_an_answer = absence.accounted_by_id is None and answered is not None
    return "read" if by_an_answer and answered and answered.conversation_id not in read else "accounted"


def _shown_to(session: Session, staff: StaffMember, seen: Sequence[Watched]) -> list[Watched]:
    """Without an answer, for the adult whom its words name: for them it is as if nobody had answered."""
    answered = {each.answered.conversation_id or "" for each in seen if each.answered}
    kept = access.kept_back_from(session, staff, answered)
    return [_without_answer(each) if _answer_of(each) in kept else each for each in seen]


def _answer_of(seen: Watched) -> str | None:
    return seen.answered.conversation_id if seen.answered else None


def _without_answer(seen: Watched) -> Watched:
    return replace(seen, steps=[step for step in seen.steps if step.kind != "answered"])


def _steps(session: Session, staff: StaffMember, seen: Watched, colleagues: dict[int, StaffMember]) -> list[Step]:
    doors = access.doors_into(session, staff, {step.conversation_id for step in seen.steps if step.conversation_id})
    decisions = {
        steps.visit_key(task): str(task.about.get("decided", ""))
        for task in access.tasks_about_absence(session, seen.absence.id)
    }
    return [
        Step(
            step,
            session.get(Carer, step.carer_id) if step.carer_id else None,
            colleagues.get(step.staff_id or 0),
            seen.messages.get(step.key),
            _state(seen.messages.get(step.key)),
            doors.get(step.conversation_id or "") if step.kind == "answered" else None,
            decisions.get(step.key, ""),
        )
        for step in seen.steps
    ]


def _state(message: Delivery | None) -> State | None:
    return deliveries.state_of(message) if message else None


def _version(rows: Sequence[Row]) -> str:
    lines = [(row.absence.id, row.standing, row.last.id if row.last else 0, row.absence.next_at) for row in rows]
    return sha256(repr(lines).encode()).hexdigest()[:16]
