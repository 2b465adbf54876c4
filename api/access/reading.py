"""Which member of staff may read what.

    trusted adult      their own pupils' conversations, and alerts of these
    safeguarding lead  every conversation and every alert of the school
    attendance lead    summaries that the speaker heard read back and agreed to show
    administrator      no words at all, whoever trusts them

A conversation that was given to a colleague to review is read by them too, without the lines that the speaker kept for
the trusted adult; it is not theirs to hand over. An adult whom the words behind an alert name sees nothing of that
conversation, whatever their role. PostgreSQL holds the same rules, more coarsely, as policies (migration 0006): change
them together.
"""

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import col, exists, select

from api.models import Alert, Conversation, Pupil, Review, StaffMember


def is_lead(staff: StaffMember) -> bool:
    return staff.role == "safeguarding_lead"


def reads_words(staff: StaffMember) -> bool:
    """An administrator keeps the school's accounts, even if a pupil's list still names them."""
    return staff.role != "administrator"


def may_read(staff: StaffMember, pupil: Pupil) -> bool:
    """Whether conversations with this pupil are theirs to start, hand over and read."""
    if staff.school_id != pupil.school_id or not reads_words(staff):
        return False
    return is_lead(staff) or staff.id == pupil.trusted_adult_id


def concerns(staff: StaffMember) -> ColumnElement[bool]:
    """`may_read` as a condition on a select of Pupil."""
    own_school = col(Pupil.school_id) == staff.school_id
    if not reads_words(staff):
        return false()
    if is_lead(staff):
        return own_school
    return own_school & (col(Pupil.trusted_adult_id) == staff.id)


def works_on_attendance(staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select of Pupil: for the attendance lead, who asks families on the first day of an absence."""
    if staff.role != "attendance_lead":
        return false()
    return col(Pupil.school_id) == staff.school_id


def seen_by(staff: StaffMember) -> ColumnElement[bool]:
    """Whether the pupil's name is in their list, as a condition on a select of Pupil: everybody's for those who
    work for the whole school; of a pupil whose conversation was given to them, too.
    """
    own_school = col(Pupil.school_id) == staff.school_id
    if staff.role != "trusted_adult":
        return own_school
    given = (
        exists()
        .where(col(Conversation.pupil_id) == Pupil.id)
        .where(col(Review.conversation_id) == Conversation.id)
        .where(col(Review.assigned_to_id) == staff.id)
        .where(_not_kept_from(staff))
    )
    return own_school & or_(col(Pupil.trusted_adult_id) == staff.id, given)


def readable_by(staff: StaffMember) -> ColumnElement[bool]:
    """The whole conversation: a condition on a select that joins Conversation and Pupil."""
    if not reads_words(staff):
        return false()
    return _not_kept_from(staff) & (concerns(staff) | _given_to(staff))


def held_by(staff: StaffMember) -> ColumnElement[bool]:
    """Theirs to hand over, to send links for and to take back: a condition on a select that joins Conversation and
    Pupil.
    """
    return _not_kept_from(staff) & concerns(staff)


def summarised_for(staff: StaffMember) -> ColumnElement[bool]:
    """Its summary: a condition on a select that joins Conversation and Pupil."""
    if staff.role != "attendance_lead":
        return readable_by(staff)
    shown = (col(Pupil.school_id) == staff.school_id) & shown_to_the_school()
    return readable_by(staff) | (_not_kept_from(staff) & shown)


def shown_to_the_school() -> ColumnElement[bool]:
    """The speaker agreed, nothing was taken back as a whole, and nobody may be unsafe."""
    alerted = exists().where(col(Alert.conversation_id) == Conversation.id)
    agreed = col(Conversation.agreed_at).is_not(None) & col(Conversation.withdrawn_at).is_(None)
    return agreed & ~alerted


def alerts_of(staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select of Alert: all of the school for its leads; the trusted adult is told of their own pupils'
    (practice 23), for as long as the conversation stands.
    """
    kept_from = col(Alert.kept_from_id)
    school = (col(Alert.school_id) == staff.school_id) & (kept_from.is_(None) | (kept_from != staff.id))
    if is_lead(staff):
        return school
    if not reads_words(staff):
        return false()
    theirs = select(Pupil.id).where(Pupil.trusted_adult_id == staff.id)
    return school & col(Alert.conversation_id).is_not(None) & col(Alert.pupil_id).in_(theirs)


def _given_to(staff: StaffMember) -> ColumnElement[bool]:
    given = exists().where(col(Review.conversation_id) == Conversation.id).where(col(Review.assigned_to_id) == staff.id)
    return (col(Pupil.school_id) == staff.school_id) & given


def _not_kept_from(staff: StaffMember) -> ColumnElement[bool]:
    kept_from = col(Conversation.kept_from_id)
    return kept_from.is_(None) | (kept_from != staff.id)
