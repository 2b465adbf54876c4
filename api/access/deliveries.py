"""Messages to families. They hold no words, but whoever sees them can find a family: only those who work with it do."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from api.access.carers import works_with_family
from api.access.kept_from import message_not_kept_from
from api.access.opened import Opened
from api.access.standing import as_the_product
from api.errors import NotFound
from api.models import Absence, Alert, Carer, Conversation, Delivery, ParentLink, Pupil, StaffMember, Task, Turn, now

SHOWN_FOR = timedelta(days=7)  # that something did not arrive
MOST_COUNTED = 5000  # of all schools; beyond that it is the service that fails, and the number says no more
NO_NUMBER = ""
_Later = aliased(Delivery)


def deliveries_for(
    session: Session, staff: StaffMember, *, is_open: bool, offset: int, limit: int
) -> list[tuple[Delivery, Carer, Pupil]]:
    """Newest first. `is_open`: those that wait or did not arrive; else those that went out. Further parts of a message
    count only where they did not arrive.
    """
    found = session.exec(
        select(Delivery, Carer, Pupil)
        .join(Carer, col(Delivery.carer_id) == Carer.id)
        .join(Pupil, col(Carer.pupil_id) == Pupil.id)
        .where(works_with_family(staff))
        .where(message_not_kept_from(session, staff))
        .where(_is_open() if is_open else _went_out())
        .order_by(col(Delivery.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return list(found)


def delivery_for(session: Session, staff: StaffMember, delivery_id: int) -> tuple[Delivery, Carer, Pupil]:
    """To do something about it. PostgreSQL locks the row, so that of two people the second sees what the first did."""
    found = session.exec(
        select(Delivery, Carer, Pupil)
        .join(Carer, col(Delivery.carer_id) == Carer.id)
        .join(Pupil, col(Carer.pupil_id) == Pupil.id)
        .where(Delivery.id == delivery_id)
        .where(works_with_family(staff))
        .where(message_not_kept_from(session, staff))
        .with_for_update(of=Delivery)
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1], found[2]


def unsent_to_families(session: Session, staff: StaffMember) -> int:
    """How many messages did not arrive lately, of families with whom this member of staff works."""
    failed = _failed_lately(session, staff.school_id)
    if not failed:  # nearly always, and every page asks
        return 0
    return session.exec(
        select(func.count(col(Delivery.id)))
        .join(Carer, col(Delivery.carer_id) == Carer.id)
        .join(Pupil, col(Carer.pupil_id) == Pupil.id)
        .where(col(Delivery.id).in_(failed))
        .where(~_seen_to())
        .where(works_with_family(staff))
        .where(message_not_kept_from(session, staff))
    ).one()


def channels_refusing(session: Session, school_id: int, faults: Iterable[str]) -> dict[str, datetime]:
    """Channels by which something of this school could not go out for one of these faults, since when."""
    found = session.exec(
        select(Delivery.channel, func.min(col(Delivery.created_at)))
        .where(col(Delivery.id).in_(_failed_lately(session, school_id)))
        .where(Delivery.school_id == school_id)
        .where(col(Delivery.fault).in_(list(faults)))
        .group_by(col(Delivery.channel))
    )
    return dict(found.all())


def conversation_behind(session: Session, delivery: Delivery) -> Conversation | None:
    """For the product itself, when it asks whether a message is still wanted."""
    if delivery.conversation_id is None:
        return None
    return session.exec(select(Conversation).where(Conversation.id == delivery.conversation_id)).first()


def is_about_first_day(session: Session, delivery: Delivery) -> bool:
    """Whether it asks where a pupil is who did not come today."""
    with as_the_product(session):
        guide = session.exec(select(Conversation.guide).where(Conversation.id == delivery.conversation_id)).first()
    return guide == "first_day"


def is_accounted_for(session: Session, pupil_id: int, day: date) -> bool:
    """Whether it is known where a pupil was who did not come that day."""
    known = select(Absence.id).where(Absence.pupil_id == pupil_id).where(Absence.day == day)
    return session.exec(known.where(col(Absence.accounted_at).is_not(None))).first() is not None


def was_said_in(session: Session, conversation_id: str | None) -> bool:
    """Anything, by whichever way."""
    said = select(Turn.id).where(Turn.conversation_id == conversation_id).where(Turn.kind != "open").limit(1)
    with as_the_product(session):
        return session.exec(said).first() is not None


def turns_whose_answer_waits(session: Session, opened: Opened) -> set[str]:
    """Ids of turns of which the answer is to go out by text, and has not: nobody has seen it there yet."""
    found = session.exec(
        select(col(Delivery.about)["turn"].as_string())
        .where(Delivery.conversation_id == opened.conversation.id)
        .where(Delivery.kind == "turn")
        .where(col(Delivery.about)["part"].as_string().is_(None))
        .where(col(Delivery.sent_at).is_(None))
        .where(col(Delivery.given_up_at).is_(None))
    )
    return {turn_id for turn_id in found if turn_id}


def answers_to_unsafe_words(session: Session, carer_ids: Collection[int]) -> list[int]:
    """Ids of messages that wait to tell them where there is help, because what they said raised an alert."""
    with as_the_product(session):
        found = session.exec(
            select(Delivery.id)
            .join(Alert, col(Alert.turn_id) == col(Delivery.about)["turn"].as_string())
            .where(col(Delivery.carer_id).in_(carer_ids))
            .where(Delivery.kind == "turn")
            .where(col(Delivery.sent_at).is_(None))
        ).all()
    return list(found)


def last_said_by(session: Session, carer: Carer) -> datetime | None:
    """When this person last said something, about whichever of their children."""
    with as_the_product(session):
        return session.exec(
            select(func.max(Turn.received_at))
            .join(Conversation, col(Turn.conversation_id) == Conversation.id)
            .where(col(Conversation.carer_id).in_(same_person(session, carer)))
            .where(Turn.kind != "open")
        ).one()


def same_person(session: Session, carer: Carer) -> list[int]:
    """Ids under which this person is known: one for each of their children."""
    by_phone = (col(Carer.phone) == carer.phone) & (col(Carer.phone) != NO_NUMBER)
    return list(session.exec(select(Carer.id).where((col(Carer.id) == carer.id) | by_phone)))


def links_unanswered(session: Session, sent_before: datetime) -> list[tuple[Delivery, Carer, ParentLink, StaffMember]]:
    """Links that were sent before that moment, still open, each with who began the conversation. Nothing was said there
    since then, it is neither finished nor about a first day of absence, and no other link nor a reminder was sent for
    it. For the product itself.
    """
    found = session.exec(
        select(Delivery, Carer, ParentLink, StaffMember)
        .join(Carer, col(Delivery.carer_id) == Carer.id)
        .join(ParentLink, col(Delivery.about)["link"].as_integer() == ParentLink.id)
        .join(Conversation, col(Delivery.conversation_id) == Conversation.id)
        .join(StaffMember, col(Conversation.started_by_id) == StaffMember.id)
        .where(Delivery.kind == "link")
        .where(col(Delivery.sent_at) < sent_before)
        .where(col(Delivery.given_up_at).is_(None))
        .where(col(ParentLink.revoked_at).is_(None))
        .where(col(ParentLink.expires_at) > now())
        .where(col(Conversation.state).in_(("new", "asking", "paused", "reading_back")))
        .where(col(Conversation.withdrawn_at).is_(None))
        .where(Conversation.guide != "first_day")
        .where(~_said_since(sent_before))
        .where(~_sent_again())
        .order_by(col(Delivery.id))
    )
    return list(found)


def open_link_to(session: Session, delivery: Delivery) -> ParentLink | None:
    """The newest that leads to its conversation and is not beside another. For the product itself."""
    return session.exec(
        select(ParentLink)
        .where(ParentLink.conversation_id == delivery.conversation_id)
        .where(col(ParentLink.made_by_code_of).is_(None))
        .where(col(ParentLink.revoked_at).is_(None))
        .where(col(ParentLink.expires_at) > now())
        .order_by(col(ParentLink.id).desc())
        .limit(1)
    ).first()


def _sent_again() -> ColumnElement[bool]:
    return (
        exists()
        .where(col(_Later.conversation_id) == Delivery.conversation_id)
        .where(col(_Later.id) > Delivery.id)
        .where(col(_Later.kind).in_(("link", "reminder")))
    )


def _said_since(at: datetime) -> ColumnElement[bool]:
    return (
        exists()
        .where(col(Turn.conversation_id) == Conversation.id)
        .where(col(Turn.kind) != "open")
        .where(col(Turn.received_at) >= at)
    )


def _failed_lately(session: Session, school_id: int) -> list[int]:
    """Ids: few, and found by the index on when a message was due, which a table of years needs. A condition on the
    school would have its index taken instead, which is nearly the whole table.
    """
    found = session.exec(
        select(Delivery.id, Delivery.school_id)
        .where(Delivery.due_at > now() - SHOWN_FOR)
        .where(Delivery.created_at > now() - SHOWN_FOR)
        .where(col(Delivery.fault).is_not(None))
        .order_by(col(Delivery.due_at).desc())
        .limit(MOST_COUNTED)
    )
    return [delivery_id for delivery_id, school in found if school == school_id]


def _seen_to() -> ColumnElement[bool]:
    """Somebody reached the family in another way, and said so; nothing failed since."""
    about = exists().where(col(Task.kind) == "unsent").where(col(Task.about)["delivery"].as_integer() == Delivery.id)
    return about.where(col(Task.done_at).is_not(None)) & ~about.where(col(Task.done_at).is_(None))


def _is_open() -> ColumnElement[bool]:
    waits = col(Delivery.sent_at).is_(None) & col(Delivery.given_up_at).is_(None)
    return (waits & _is_whole()) | col(Delivery.fault).is_not(None)


def _went_out() -> ColumnElement[bool]:
    return col(Delivery.sent_at).is_not(None) & col(Delivery.fault).is_(None) & _is_whole()


def _is_whole() -> ColumnElement[bool]:
    """Not a further part of a message."""
    return col(Delivery.key).not_like("%-part-%")
