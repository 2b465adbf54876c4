"""What adults added beside the words of one conversation."""

from sqlmodel import Session, col, exists, select

from api.access.opened import Opened
from api.access.reading import is_lead, readable_by
from api.access.standing import as_the_product
from api.models import (
    Alert,
    Conversation,
    Expectation,
    LastReading,
    Pupil,
    Review,
    ReviewNote,
    StaffMember,
    Summary,
    TagReview,
    Turn,
)


def review_of(session: Session, opened: Opened) -> Review | None:
    return session.exec(select(Review).where(Review.conversation_id == opened.conversation.id)).first()


def notes_in(session: Session, opened: Opened) -> list[tuple[ReviewNote, StaffMember]]:
    """The first to be written first."""
    found = session.exec(
        select(ReviewNote, StaffMember)
        .join(StaffMember, col(ReviewNote.staff_id) == StaffMember.id)
        .where(ReviewNote.conversation_id == opened.conversation.id)
        .order_by(col(ReviewNote.id))
    )
    return list(found)


def tag_reviews_in(session: Session, opened: Opened) -> list[tuple[TagReview, StaffMember]]:
    """The first to be given first."""
    found = session.exec(
        select(TagReview, StaffMember)
        .join(StaffMember, col(TagReview.staff_id) == StaffMember.id)
        .where(TagReview.conversation_id == opened.conversation.id)
        .order_by(col(TagReview.id))
    )
    return list(found)


def was_sent(session: Session, opened: Opened, kind: type[ReviewNote] | type[TagReview], form_id: str) -> bool:
    """Whether this very form has come before."""
    same = select(kind.id).where(kind.form_id == form_id).where(kind.conversation_id == opened.conversation.id)
    return session.exec(same).first() is not None


def last_reading_of(session: Session, staff: StaffMember, opened: Opened) -> LastReading | None:
    return session.exec(
        select(LastReading)
        .where(LastReading.conversation_id == opened.conversation.id)
        .where(LastReading.staff_id == staff.id)
    ).first()


def expectations_in(session: Session, staff: StaffMember, opened: Opened) -> list[tuple[Expectation, StaffMember]]:
    """The reader's own; every reader's for the safeguarding lead, who supervises."""
    query = (
        select(Expectation, StaffMember)
        .join(StaffMember, col(Expectation.staff_id) == StaffMember.id)
        .where(Expectation.conversation_id == opened.conversation.id)
        .order_by(col(Expectation.id))
    )
    if not is_lead(staff):
        query = query.where(Expectation.staff_id == staff.id)
    return list(session.exec(query))


def reviewers_for(session: Session, opened: Opened) -> list[StaffMember]:
    """Colleagues to whom the conversation can be given, by name."""
    found = session.exec(
        select(StaffMember)
        .where(StaffMember.school_id == opened.school.id)
        .where(col(StaffMember.role).in_(("trusted_adult", "safeguarding_lead")))
        .where(col(StaffMember.left_at).is_(None))
        .order_by(StaffMember.name)
    )
    return [each for each in found if each.id != opened.conversation.kept_from_id]


def raised_an_alert(session: Session, opened: Opened) -> bool:
    """Whether any alert was raised here, also one that the asker does not read."""
    any_alert = select(exists().where(col(Alert.conversation_id) == opened.conversation.id))
    with as_the_product(session):
        return bool(session.exec(any_alert).one())


def reviewed_tags_for(session: Session, staff: StaffMember) -> list[tuple[TagReview, Turn, Summary, Conversation]]:
    """Every verdict that the reader may pass on, the first to be given first: none of a conversation that raised an
    alert, was taken back, or is kept from an adult.
    """
    alerted = exists().where(col(Alert.conversation_id) == Conversation.id)
    found = session.exec(
        select(TagReview, Turn, Summary, Conversation)
        .join(Turn, col(TagReview.turn_id) == Turn.id)
        .join(Conversation, col(TagReview.conversation_id) == Conversation.id)
        .join(Summary, col(Summary.conversation_id) == Conversation.id)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(readable_by(staff))
        .where(~alerted)
        .where(col(Conversation.withdrawn_at).is_(None))
        .where(col(Conversation.kept_from_id).is_(None))
        .where(Conversation.state != "alerted")
        .order_by(col(TagReview.id))
    )
    return list(found)


def names_in_school(session: Session, staff: StaffMember) -> list[str]:
    """Of everybody who must not be recognised in what leaves the school: pupils, staff, and what carers were called."""
    pupils = session.exec(select(Pupil.name).where(Pupil.school_id == staff.school_id))
    adults = session.exec(select(StaffMember.name).where(StaffMember.school_id == staff.school_id))
    return [*pupils, *adults]
