"""What only a person can do for a family: seen by whoever works with that family."""

from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from api.access.carers import works_with_family
from api.access.kept_from import task_not_kept_from
from api.errors import NotFound
from api.models import Carer, Pupil, StaffMember, Task


def tasks_for(session: Session, staff: StaffMember, done_since: datetime) -> list[tuple[Task, Pupil, Carer | None]]:
    """Those that are open, the first to do first, and then those done since that moment."""
    found = session.exec(
        select(Task, Pupil, Carer)
        .join(Pupil, col(Task.pupil_id) == Pupil.id)
        .outerjoin(Carer, col(Task.carer_id) == Carer.id)
        .where(works_with_family(staff))
        .where(task_not_kept_from(session, staff))
        .where(or_(col(Task.done_at).is_(None), col(Task.done_at) >= done_since))
        .order_by(col(Task.done_at).is_not(None), col(Task.due_at), col(Task.id))
    )
    return [(task, pupil, carer) for task, pupil, carer in found]


def task_to_do(session: Session, staff: StaffMember, task_id: int) -> tuple[Task, Pupil]:
    """PostgreSQL locks the row, so that it is done once; SQLite has one writer."""
    found = session.exec(
        select(Task, Pupil)
        .join(Pupil, col(Task.pupil_id) == Pupil.id)
        .where(Task.id == task_id)
        .where(works_with_family(staff))
        .where(task_not_kept_from(session, staff))
        .with_for_update(of=Task)
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def task_by_key(session: Session, key: str) -> Task | None:
    """For callers who were given what it is about."""
    return session.exec(select(Task).where(Task.key == key)).first()


def times_done(session: Session, key: str) -> int:
    """How often a task of this key was done, with those that took its place. For the product itself."""
    again = col(Task.key).startswith(f"{key}-again-", autoescape=True)
    return session.exec(
        select(func.count(col(Task.id))).where(or_(Task.key == key, again)).where(col(Task.done_at).is_not(None))
    ).one()


def tasks_about_absence(session: Session, absence_id: int) -> list[Task]:
    """For callers who were given the absence, the first first."""
    about = col(Task.about)["absence"].as_integer()
    return list(session.exec(select(Task).where(about == absence_id).order_by(col(Task.id))))
