"""What was told about one pupil, for the map of all voices, in a number of queries that does not grow with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from api.access.opened import Opened, Reader
from api.access.reading import concerns, may_read, summarised_for
from api.access.standing import as_the_product
from api.models import AdultView, Alert, Conversation, Pupil, School, StaffMember, Summary, TagReview, Turn


@dataclass(frozen=True)
class Told:
    """One conversation by its summary."""

    opened: Opened
    items: list[dict[str, Any]]  # of the summary, without the turns that raised an alert
    turns: dict[str, Turn] = field(default_factory=dict)


def told_about(session: Session, staff: StaffMember, pupil_id: int) -> list[Told]:
    """Every conversation whose summary they may read, oldest first."""
    found = session.exec(
        select(Conversation, Pupil, Summary)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .join(Summary, col(Summary.conversation_id) == Conversation.id)
        .where(Conversation.pupil_id == pupil_id)
        .where(col(Conversation.withdrawn_at).is_(None))
        .where(summarised_for(staff))
        .order_by(col(Conversation.created_at), col(Conversation.id))
    ).all()
    alerted = _alerted(session, [row[0].id for row in found])
    told = [
        Told(
            _opened(session, staff, conversation, pupil),
            [item for item in summary.content["items"] if item["turn"] not in alerted],
        )
        for conversation, pupil, summary in found
    ]
    _add_turns(session, told)
    return told


def verdicts_on(session: Session, staff: StaffMember, told: Iterable[Told]) -> list[TagReview]:
    """By members of the reader's school, the oldest first."""
    found = session.exec(
        select(TagReview)
        .join(StaffMember, col(TagReview.staff_id) == StaffMember.id)
        .where(col(TagReview.conversation_id).in_([each.opened.conversation.id for each in told]))
        .where(StaffMember.school_id == staff.school_id)
        .order_by(col(TagReview.at), col(TagReview.id))
    )
    return list(found)


def adult_views_of(session: Session, staff: StaffMember, pupil_id: int) -> list[tuple[AdultView, StaffMember]]:
    """The newest of each adult, by name; for the trusted adult and the safeguarding lead."""
    found = session.exec(
        select(AdultView, StaffMember)
        .join(Pupil, col(AdultView.pupil_id) == Pupil.id)
        .join(StaffMember, col(AdultView.staff_id) == StaffMember.id)
        .where(AdultView.pupil_id == pupil_id)
        .where(concerns(staff))
        .order_by(col(AdultView.id))
    )
    newest = {adult.id: (view, adult) for view, adult in found}
    return sorted(newest.values(), key=lambda each: each[1].name)


def adult_view_by_form(session: Session, form_id: str) -> AdultView | None:
    """Only to find out that a form was sent already, never to show."""
    return session.exec(select(AdultView).where(AdultView.form_id == form_id)).first()


def _opened(session: Session, staff: StaffMember, conversation: Conversation, pupil: Pupil) -> Opened:
    """The pupil is the same each time, so that the adult and the school are asked for once."""
    adult, school = session.get_one(StaffMember, pupil.trusted_adult_id), session.get_one(School, pupil.school_id)
    reader: Reader = "staff" if may_read(staff, pupil) else "school"
    return Opened(conversation, pupil, adult, school, reader, whole=False)


def _alerted(session: Session, conversations: Collection[str]) -> set[str | None]:
    """Also for a reader who is not told of alerts."""
    with as_the_product(session):
        return set(session.exec(select(Alert.turn_id).where(col(Alert.conversation_id).in_(conversations))))


def _add_turns(session: Session, told: Iterable[Told]) -> None:
    by_id = {each.opened.conversation.id: each for each in told}
    for turn in session.exec(select(Turn).where(col(Turn.conversation_id).in_(by_id)).where(Turn.kind != "open")):
        by_id[turn.conversation_id].turns[turn.id] = turn
