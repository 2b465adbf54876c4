"""What a member of staff may see of their school."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, select

from api.access.opened import Opened, Reader, open_conversation
from api.access.reading import concerns, held_by, may_read, readable_by, seen_by, summarised_for
from api.errors import NotFound, Withdrawn
from api.models import Conversation, ParentLink, Pupil, Review, StaffMember, Turn
from api.models.record import UtcTime

# states in which somebody may be talking at this moment
UNDER_WAY = ("asking", "paused", "reading_back")


def pupils_of(session: Session, staff: StaffMember) -> list[Pupil]:
    """Those in their list, by name."""
    return list(session.exec(select(Pupil).where(seen_by(staff)).order_by(Pupil.name)))


def colleagues_of(session: Session, staff: StaffMember) -> list[StaffMember]:
    return list(session.exec(select(StaffMember).where(StaffMember.school_id == staff.school_id)))


def lead_besides(session: Session, opened: Opened, adult: StaffMember | None = None) -> StaffMember | None:
    """A safeguarding lead of the school who is not this adult; without one, not the pupil's trusted adult."""
    not_this = (adult or opened.adult).id
    return next((lead for lead in leads_of(session, opened) if lead.id != not_this), None)


def leads_of(session: Session, opened: Opened) -> list[StaffMember]:
    """The safeguarding leads of the school who have not left."""
    return list(
        session.exec(
            select(StaffMember)
            .where(StaffMember.school_id == opened.school.id)
            .where(StaffMember.role == "safeguarding_lead")
            .where(col(StaffMember.left_at).is_(None))
            .order_by(col(StaffMember.id))
        )
    )


def reviewer_of(session: Session, opened: Opened) -> StaffMember | None:
    """The colleague to whom the conversation was given."""
    return session.exec(
        select(StaffMember)
        .join(Review, col(Review.assigned_to_id) == StaffMember.id)
        .where(Review.conversation_id == opened.conversation.id)
    ).first()


def pupil_for(session: Session, staff: StaffMember, pupil_id: int) -> Pupil:
    found = session.exec(select(Pupil).where(Pupil.id == pupil_id).where(seen_by(staff))).first()
    if found is None:
        raise NotFound
    return found


class Standing(NamedTuple):
    """Where the conversations about one pupil stand, without their words."""

    pupil_id: int
    conversations: int
    last_said: datetime | None  # None where nothing was said yet
    unread: int  # conversations with words that nobody has read
    wishes: int  # conversations in which a person is wanted
    talking: int  # conversations under way in which something was said lately


def standings_readable_by(session: Session, staff: StaffMember, talking_since: datetime) -> list[Standing]:
    """Counted by the database, one row a pupil: a school has thousands of conversations."""
    said = (
        select(Turn.conversation_id, func.max(Turn.received_at).label("at"))
        .where(Turn.kind != "open")
        .group_by(col(Turn.conversation_id))
        .subquery()
    )
    unread = said.c.at.is_not(None) & (col(Conversation.read_at).is_(None) | (col(Conversation.read_at) < said.c.at))
    wishes = col(Conversation.wants_person_at).is_not(None) & col(Conversation.person_came_at).is_(None)
    talking = col(Conversation.state).in_(UNDER_WAY) & (said.c.at > talking_since)
    found = session.connection().execute(
        sa_select(
            col(Conversation.pupil_id),
            func.count(),
            func.max(said.c.at, type_=UtcTime),
            *(func.sum(case((each, 1), else_=0)) for each in (unread, wishes, talking)),
        )
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .outerjoin(said, said.c.conversation_id == Conversation.id)
        .where(readable_by(staff))
        .group_by(col(Conversation.pupil_id))
    )
    return [Standing(*row) for row in found]


def conversations_about(session: Session, staff: StaffMember, pupil_id: int) -> list[Conversation]:
    """Newest first."""
    found = session.exec(select(Pupil).where(Pupil.id == pupil_id).where(concerns(staff))).first()
    if found is None:
        raise NotFound
    return list(
        session.exec(
            select(Conversation)
            .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
            .where(Conversation.pupil_id == pupil_id)
            .where(readable_by(staff))
            .order_by(col(Conversation.created_at).desc())
        )
    )


def conversation_for_staff(session: Session, staff: StaffMember, conversation_id: str) -> Opened:
    """The whole of it, word by word."""
    return _open_if(session, staff, conversation_id, readable_by(staff))


def conversation_held_by(session: Session, staff: StaffMember, conversation_id: str) -> Opened:
    """One that is theirs to hand over, to make links for and to take back, not only to read."""
    return _open_if(session, staff, conversation_id, held_by(staff))


def summary_for_staff(session: Session, staff: StaffMember, conversation_id: str) -> Opened:
    """Its summary; `Opened.whole` tells whether they may read the conversation itself, too."""
    return _open_if(session, staff, conversation_id, summarised_for(staff))


def summaries_about(session: Session, staff: StaffMember, pupil_id: int) -> list[Conversation]:
    """Those whose summary they may read, newest first."""
    return list(
        session.exec(
            select(Conversation)
            .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
            .where(Conversation.pupil_id == pupil_id)
            .where(summarised_for(staff))
            .order_by(col(Conversation.created_at).desc())
        )
    )


def conversation_to_withdraw(session: Session, staff: StaffMember, conversation_id: str) -> Opened:
    """As `conversation_held_by`, also when it was withdrawn already."""
    return _open_if(session, staff, conversation_id, held_by(staff), also_withdrawn=True)


def _open_if(
    session: Session,
    staff: StaffMember,
    conversation_id: str,
    allowed: ColumnElement[bool],
    *,
    also_withdrawn: bool = False,
) -> Opened:
    """Raises NotFound, and Withdrawn only to who might have read it."""
    found = session.exec(
        select(Conversation, Pupil, readable_by(staff))
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(Conversation.id == conversation_id)
        .where(allowed)
    ).first()
    if found is None:
        raise NotFound
    conversation, pupil, whole = found
    if conversation.withdrawn_at and not also_withdrawn:
        raise Withdrawn
    reader: Reader = "staff" if may_read(staff, pupil) else "school"
    return open_conversation(session, conversation.id, reader, whole=bool(whole))


def links_of(session: Session, opened: Opened) -> list[ParentLink]:
    """Newest first."""
    return list(
        session.exec(
            select(ParentLink)
            .where(ParentLink.conversation_id == opened.conversation.id)
            .order_by(col(ParentLink.id).desc())
        )
    )


def link_for_staff(session: Session, staff: StaffMember, link_id: int) -> ParentLink:
    found = session.exec(
        select(ParentLink)
        .join(Conversation, col(ParentLink.conversation_id) == Conversation.id)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(ParentLink.id == link_id)
        .where(held_by(staff))
    ).first()
    if found is None:
        raise NotFound
    return found
