"""Who cares for a pupil. Not words, but whoever sees them can find a family: only those who work with the pupil do."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from api.access.opened import Opened
from api.access.reading import concerns, works_on_attendance
from api.errors import NotFound
from api.models import Carer, Pupil, StaffMember


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
    found = session.exec(
        select(Carer, Pupil)
        .join(Pupil, col(Carer.pupil_id) == Pupil.id)
        .where(Carer.id == carer_id)
        .where(works_with_family(staff))
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def family_of(session: Session, staff: StaffMember, pupil_id: int) -> tuple[Pupil, list[Carer]]:
    """The pupil and who cares for them, those who cared before left out."""
    pupil = session.exec(select(Pupil).where(Pupil.id == pupil_id).where(works_with_family(staff))).first()
    if pupil is None:
        raise NotFound
    return pupil, carers_of(session, pupil_id)


def carer_in(session: Session, opened: Opened) -> Carer | None:
    """With whom this conversation is; None for a pupil, and for links made before carers were kept."""
    carer_id = opened.conversation.carer_id
    return session.get(Carer, carer_id) if carer_id else None


def works_with_family(staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select of Pupil: the trusted adult's own, and all of the school's for leads of both kinds."""
    return concerns(staff) | works_on_attendance(staff)
