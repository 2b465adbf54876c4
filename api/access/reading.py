"""Which member of staff may read which pupil's conversations: their trusted adult, and the safeguarding lead."""

from sqlalchemy import ColumnElement
from sqlmodel import col

from api.models import Conversation, Pupil, StaffMember


def may_read(staff: StaffMember, pupil: Pupil) -> bool:
    return staff.school_id == pupil.school_id and (
        staff.role == "safeguarding_lead" or staff.id == pupil.trusted_adult_id
    )


def concerns(staff: StaffMember) -> ColumnElement[bool]:
    """`may_read` as a condition on a select of Pupil."""
    own_school = col(Pupil.school_id) == staff.school_id
    if staff.role == "safeguarding_lead":
        return own_school
    return own_school & (col(Pupil.trusted_adult_id) == staff.id)


def readable_by(staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select that joins Conversation and Pupil."""
    kept_from = col(Conversation.kept_from_id)
    return concerns(staff) & (kept_from.is_(None) | (kept_from != staff.id))
