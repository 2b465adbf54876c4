"""An adult whom words name sees nothing of the conversation, nor what tells that there was one. What that is has to be
looked up apart: the adult cannot see it, and so not know that it is kept back.
"""

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from api.access.standing import as_the_product
from api.models import AbsenceStep, Conversation, Delivery, StaffMember, Task


def conversations_kept_from(session: Session, staff: StaffMember) -> list[str]:
    with as_the_product(session):
        return list(session.exec(select(Conversation.id).where(Conversation.kept_from_id == staff.id)))


def message_not_kept_from(session: Session, staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select of Delivery."""
    here = col(Delivery.conversation_id)
    return or_(here.is_(None), here.not_in(conversations_kept_from(session, staff)))


def task_not_kept_from(session: Session, staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select of Task: who is named is not asked to ring the family, nor why a message to it failed."""
    kept = conversations_kept_from(session, staff)
    with as_the_product(session):
        steps = select(AbsenceStep.absence_id).where(col(AbsenceStep.conversation_id).in_(kept))
        absences = set(session.exec(steps))
    messages = select(Delivery.id).where(col(Delivery.conversation_id).in_(kept))
    absence, message = col(Task.about)["absence"].as_integer(), col(Task.about)["delivery"].as_integer()
    may_ring = or_(col(Task.kind) != "ring_family", absence.is_(None), absence.not_in(absences))
    return may_ring & or_(message.is_(None), message.not_in(messages))
