"""Who cares for a pupil. Not words, but whoever sees them can find a family: only those who work with the pupil do, and
whoever keeps the roll.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, not_
from sqlmodel import Session, col, func, select, update

from api.access.opened import Opened
from api.access.reading import concerns, works_on_attendance
from api.access.standing import as_the_product
from api.errors import NotFound
from api.models import Carer, Pupil, StaffMember, Task, now


def carers_of(session: Session, pupil_id: int) -> list[Carer]:
    """In the order in which they are asked. For callers who know already that the asker may."""
    return list(
        session.exec(
            select(Carer)
            .where(Carer.pupil_id == pupil_id)
            .where(col(Carer.left_at).is_(None))
            .order_by(col(Carer.place), col(Carer.id))
        )
    )


def carer_for(session: Session, staff: StaffMember, carer_id: int) -> tuple[Carer, Pupil]:
    """Somebody who cares for a pupil with whose family this member of staff works."""
    return _carer_if(session, carer_id, works_with_family(staff))


def family_of(session: Session, staff: StaffMember, pupil_id: int) -> tuple[Pupil, list[Carer]]:
    """The pupil and who cares for them, those who cared before left out."""
    return _family_if(session, pupil_id, works_with_family(staff))


def carer_kept_by(
    session: Session, staff: StaffMember, carer_id: int, *, also_left: bool = False
) -> tuple[Carer, Pupil]:
    """Who cares now, and whose addresses they may change."""
    carer, pupil = _carer_if(session, carer_id, keeps_contacts(staff))
    if carer.left_at and not also_left:
        raise NotFound
    return carer, pupil


def family_kept_by(session: Session, staff: StaffMember, pupil_id: int) -> tuple[Pupil, list[Carer]]:
    """As `family_of`, also for whoever only keeps the addresses."""
    return _family_if(session, pupil_id, keeps_contacts(staff))


def keeps_family_of(session: Session, staff: StaffMember, pupil: Pupil) -> bool:
    return session.exec(select(Pupil.id).where(Pupil.id == pupil.id).where(keeps_contacts(staff))).first() is not None


def carer_in(session: Session, opened: Opened) -> Carer | None:
    """With whom this conversation is; None for a pupil, and for links made before carers were kept."""
    carer_id = opened.conversation.carer_id
    return session.get(Carer, carer_id) if carer_id else None


def works_with_family(staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select of Pupil: the trusted adult's own, and all of the school's for leads of both kinds."""
    return concerns(staff) | works_on_attendance(staff)


def keeps_contacts(staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select of Pupil: whoever works with the family, and administrators, who keep the roll."""
    if staff.role == "administrator":
        return col(Pupil.school_id) == staff.school_id
    return works_with_family(staff)


def their_carer_may_be_reached() -> ColumnElement[bool]:
    """A condition on a select that joins Carer from outside: links that were made before carers were kept have none."""
    lives_here = not_(func.coalesce(Carer.lives_apart, false()))
    return col(Carer.left_at).is_(None) & (lives_here | col(Carer.agreed_at).is_not(None))


def carers_with_open_task(session: Session, carers: Collection[Carer], kind: str) -> set[int]:
    """Ids of those about whom such a task waits; also for who may not read tasks."""
    with as_the_product(session):
        found = session.exec(
            select(Task.carer_id)
            .where(col(Task.carer_id).in_([carer.id for carer in carers]))
            .where(Task.kind == kind)
            .where(col(Task.done_at).is_(None))
        )
        return {carer for carer in found if carer}


def settle_tasks_about(session: Session, carer: Carer, kind: str, by: StaffMember) -> None:
    """It was decided elsewhere than in the list of tasks. The caller commits."""
    with as_the_product(session):
        waits = (col(Task.carer_id) == carer.id) & (col(Task.kind) == kind) & col(Task.done_at).is_(None)
        session.exec(update(Task).where(waits).values(done_at=now(), done_by_id=by.id))


def _carer_if(session: Session, carer_id: int, allowed: ColumnElement[bool]) -> tuple[Carer, Pupil]:
    """Raises NotFound."""
    found = session.exec(
        select(Carer, Pupil).join(Pupil, col(Carer.pupil_id) == Pupil.id).where(Carer.id == carer_id).where(allowed)
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def _family_if(session: Session, pupil_id: int, allowed: ColumnElement[bool]) -> tuple[Pupil, list[Carer]]:
    pupil = session.exec(select(Pupil).where(Pupil.id == pupil_id).where(allowed)).first()
    if pupil is None:
        raise NotFound
    return pupil, carers_of(session, pupil_id)
