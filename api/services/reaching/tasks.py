"""What only a person can do for a family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from api import access
from api.database import insert_once
from api.errors import NotFound, Unfit
from api.models import Carer, Pupil, StaffMember, Task, now
from api.services import audit

# ring_family: nobody answered; home_visit: the lead decides; call_back: a carer asked for it; agree_carer: a lead
# decides whether somebody who lives apart may be reached; unsent: a message did not arrive
KINDS = ("ring_family", "home_visit", "call_back", "agree_carer", "unsent")
# what a lead decides on a page of its own, with a yes or a no: not done by saying that it is done
DECIDED = ("home_visit", "agree_carer")
SHOWN_FOR = timedelta(days=2)  # after they were done
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class ToDo:
    """A task with whom it is about, for somebody who works with that family."""

    task: Task
    pupil: Pupil
    carer: Carer | None
    done_by: StaffMember | None
    is_overdue: bool

    @property
    def is_decided_elsewhere(self) -> bool:
        return self.task.kind in DECIDED


def add(
    session: Session,
    *,
    school_id: int,
    pupil_id: int,
    kind: str,
    key: str,
    about: dict[str, int | str] | None = None,
    carer_id: int | None = None,
    for_id: int | None = None,
    due_at: datetime | None = None,
) -> None:
    """The same `key` is added once. `for_id`: None for whoever works with the pupil. The caller commits."""
    at = now()
    whose = {"school_id": school_id, "pupil_id": pupil_id, "carer_id": carer_id, "for_id": for_id}
    what = {"kind": kind, "about": about or {}, "note": "", "key": key, "created_at": at, "due_at": due_at or at}
    session.connection().execute(insert_once(session, Task, whose | what))


def listed(session: Session, staff: StaffMember, at: datetime) -> list[ToDo]:
    """The first to do first, then those done lately."""
    found = access.tasks_for(session, staff, at - SHOWN_FOR)
    colleagues = {each.id: each for each in access.colleagues_of(session, staff)}
    return [
        ToDo(
            task,
            pupil,
            carer,
            colleagues.get(task.done_by_id or 0),
            task.done_at is None and task.due_at < at,
        )
        for task, pupil, carer in found
    ]


def done(session: Session, staff: StaffMember, task_id: int, note: str, at: datetime) -> Task:
    """Once: whoever comes second changes nothing. Unfit: "note_missing", "note_long"; NotFound for what a lead decides
    elsewhere.
    """
    task, pupil = access.task_to_do(session, staff, task_id)
    if task.kind in DECIDED:
        raise NotFound
    if task.done_at:
        return task
    task.note = checked_note(note)
    task.done_at, task.done_by_id = at, staff.id
    session.add(task)
    audit.record(session, staff, "task_done", "task", task.id, pupil_id=pupil.id)
    session.commit()
    return task


def close_about_absence(session: Session, absence_id: int, by: StaffMember | None, at: datetime) -> None:
    """Nobody need ring any more: it is known where the pupil is. None: known by an answer. The caller commits."""
    for task in access.tasks_about_absence(session, absence_id):
        if task.kind == "ring_family" and task.done_at is None:
            task.done_at, task.done_by_id = at, by.id if by else None
            session.add(task)


def close(session: Session, key: str, by: StaffMember, at: datetime) -> None:
    """What it asked for was done on a page of its own. The caller commits."""
    task = access.task_by_key(session, key)
    if task and task.done_at is None:
        task.done_at, task.done_by_id = at, by.id
        session.add(task)


def checked_note(given: str, *, is_needed: bool = True) -> str:
    """Unfit: "note_missing", "note_long"."""
    note = given.replace("\r\n", "\n").strip()
    if is_needed and not note:
        raise Unfit("note_missing")
    if len(note) > LONGEST_NOTE:
        raise Unfit("note_long")
    return note


def in_order(found: Sequence[ToDo], *, is_done: bool) -> list[ToDo]:
    return [each for each in found if (each.task.done_at is not None) == is_done]
