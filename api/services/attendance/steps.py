"""What people do on the first day of an absence: ring, look, decide about a visit, and say when it is known where the
pupil is. Each form counts once; what was noted is never changed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from sqlmodel import Session

from api import access
from api.access import is_lead
from api.errors import NotFound, Unfit
from api.models import Absence, AbsenceStep, AbsenceStepKind, Accounted, StaffMember, Task
from api.services import audit
from api.services.attendance import first_day
from api.services.reaching import tasks

HOW: tuple[Accounted, ...] = get_args(Accounted)
DECIDE_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True)
class Noted:
    """What a member of staff writes down. `carer_id`: whom they called."""

    form_id: str
    kind: AbsenceStepKind
    note: str
    carer_id: int | None = None


@dataclass(frozen=True)
class Decision:
    """About a home visit, with a reason."""

    form_id: str
    agreed: bool
    note: str


def note(session: Session, by: StaffMember, absence_id: int, noted: Noted, at: datetime) -> None:
    """Unfit: "note_missing", "note_long", "carer"."""
    absence, pupil = access.absence_to_change(session, by, absence_id)
    if noted.carer_id and noted.carer_id not in {each.id for each in access.carers_of(session, pupil.id)}:
        raise Unfit("carer")
    words = tasks.checked_note(noted.note)
    if _take(session, by, absence, noted.kind, noted.form_id, at, words, noted.carer_id):
        audit.record(session, by, "absence_noted", "absence", absence.id, pupil_id=pupil.id, kind=noted.kind)
        session.commit()


def account(
    session: Session, by: StaffMember, absence_id: int, how: Accounted, note: str, form_id: str, at: datetime
) -> None:
    """It is known where the pupil is; nobody is asked any more. A second person who says so changes nothing, but
    whoever has read a carer's answer may say that it is one. Unfit: "note_missing" where `how` tells nothing,
    "note_long".
    """
    absence, pupil = access.absence_to_change(session, by, absence_id)
    words = tasks.checked_note(note, is_needed=how == "other")
    if absence.accounted_at and absence.accounted_by_id:
        return
    if words:
        _take(session, by, absence, "note", form_id, at, words)
    absence.accounted_at, absence.accounted_by_id, absence.accounted_how, absence.next_at = at, by.id, how, None
    session.add(absence)
    tasks.close_about_absence(session, absence.id, by, at)
    audit.record(session, by, "absence_accounted", "absence", absence.id, pupil_id=pupil.id, how=how)
    session.commit()


def reopen(session: Session, by: StaffMember, absence_id: int, form_id: str, at: datetime) -> None:
    """It is not known after all: a person rings."""
    absence, pupil = access.absence_to_change(session, by, absence_id)
    if absence.accounted_at is None:
        return
    absence.accounted_at = absence.accounted_by_id = absence.accounted_how = None
    first_day.hand_to_a_person(session, absence, pupil, at, form_id)
    audit.record(session, by, "absence_reopened", "absence", absence.id, pupil_id=pupil.id)
    session.commit()


def ask_for_a_visit(session: Session, by: StaffMember, absence_id: int, note: str, form_id: str, at: datetime) -> None:
    """Whoever works with the pupil may ask; while one question waits for the lead there is no second one. Unfit:
    "note_missing", "note_long".
    """
    absence, pupil = access.absence_to_change(session, by, absence_id)
    words = tasks.checked_note(note)
    if visit_to_decide(session, absence):
        return
    if not _take(session, by, absence, "visit_asked", form_id, at, words):
        return
    whose = {"school_id": absence.school_id, "pupil_id": pupil.id}
    about: dict[str, int | str] = {"absence": absence.id}
    tasks.add(session, **whose, kind="home_visit", key=f"visit-{form_id}", about=about, due_at=at + DECIDE_WITHIN)
    audit.record(session, by, "visit_asked", "absence", absence.id, pupil_id=pupil.id)
    session.commit()


def decide_visit(session: Session, lead: StaffMember, absence_id: int, decision: Decision, at: datetime) -> None:
    """A home visit is the safeguarding lead's decision. Unfit: "note_missing", "note_long"."""
    if not is_lead(lead):
        raise NotFound
    absence, pupil = access.absence_to_change(session, lead, absence_id)
    words = tasks.checked_note(decision.note)
    task = visit_to_decide(session, absence)
    if task is None or not _take(session, lead, absence, "visit_decided", visit_key(task), at, words):
        return
    task.about = {**task.about, "decided": "yes" if decision.agreed else "no"}
    task.done_at, task.done_by_id, task.note = at, lead.id, words
    session.add(task)
    about = ("absence", absence.id)
    audit.record(
        session, lead, "visit_decided", *about, pupil_id=pupil.id, agreed=decision.agreed, form=decision.form_id
    )
    session.commit()


def visit_to_decide(session: Session, absence: Absence) -> Task | None:
    found = access.tasks_about_absence(session, absence.id)
    return next((task for task in found if task.kind == "home_visit" and task.done_at is None), None)


def visit_key(task: Task) -> str:
    """Of the step that decides it."""
    return f"visit-{task.id}-decided"


def _take(
    session: Session,
    by: StaffMember,
    absence: Absence,
    kind: AbsenceStepKind,
    key: str,
    at: datetime,
    note: str,
    carer_id: int | None = None,
) -> bool:
    """False when the same form was sent before. The caller commits."""
    if access.absence_step_by_key(session, key):
        return False
    step = AbsenceStep(absence_id=absence.id, kind=kind, staff_id=by.id, carer_id=carer_id, note=note, at=at, key=key)
    session.add(step)
    session.flush()
    return True
