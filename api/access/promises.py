"""Who may see what was promised.

    owner, maker            what they promised or have to keep, whoever's voice it answers
    trusted adult           every promise to their pupils and to these pupils' families
    whom words were given   the promises that answer the conversation
    safeguarding lead       every promise of the school
    a speaker               what was promised to this same voice

A promise is not the words that it answers: `words_behind` asks again who may read those.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, false
from sqlmodel import Session, col, exists, func, or_, select

from api.access.kept_from import conversations_kept_from
from api.access.opened import Opened, open_conversation
from api.access.reading import concerns, reads_words
from api.access.school import summary_for_staff
from api.access.standing import as_the_product
from api.errors import NotFound, Refusal
from api.models import Conversation, Promise, Pupil, Review, StaffMember

MOST_TOLD = 30  # of one voice, on one screen


def promise_for_staff(session: Session, staff: StaffMember, promise_id: int, *, to_change: bool = False) -> Promise:
    """`to_change` locks it, so that of two answers the second sees the first."""
    wanted = (
        select(Promise)
        .join(Pupil, col(Promise.pupil_id) == Pupil.id)
        .where(Promise.id == promise_id)
        .where(_seen_by(session, staff))
    )
    found = session.exec(wanted.with_for_update(of=Promise) if to_change else wanted).first()
    if found is None:
        raise NotFound
    return found


def promise_of_form(session: Session, form_id: str) -> Promise | None:
    """Only to find out that a form came twice, never to show."""
    return session.exec(select(Promise).where(Promise.form_id == form_id)).first()


def promises_for_staff(
    session: Session, staff: StaffMember, today: date, *, mine: bool, offset: int, limit: int
) -> list[tuple[Promise, Pupil]]:
    """Overdue first, then open by their day, then answers that the speaker has not seen, then the rest."""
    found = session.exec(
        select(Promise, Pupil)
        .join(Pupil, col(Promise.pupil_id) == Pupil.id)
        .where(_seen_by(session, staff))
        .where(_of_owner(staff, mine))
        .order_by(_urgency(today), *_within_urgency())
        .offset(offset)
        .limit(limit)
    )
    return list(found)


def count_promises_for_staff(session: Session, staff: StaffMember, *, mine: bool) -> int:
    return session.exec(
        select(func.count(col(Promise.id)))
        .join(Pupil, col(Promise.pupil_id) == Pupil.id)
        .where(_seen_by(session, staff))
        .where(_of_owner(staff, mine))
    ).one()


def promises_about(session: Session, staff: StaffMember, pupil_id: int) -> list[Promise]:
    """To the pupil and to the family, as far as this reader may see them; open ones first."""
    found = session.exec(
        select(Promise)
        .join(Pupil, col(Promise.pupil_id) == Pupil.id)
        .where(Promise.pupil_id == pupil_id)
        .where(_seen_by(session, staff))
        .order_by(col(Promise.answered_at).is_not(None), *_within_urgency())
    )
    return list(found)


def promises_to_voice_of(session: Session, staff: StaffMember, opened: Opened) -> list[Promise]:
    """To the one who speaks in this conversation, as far as this reader may see them; open ones first."""
    found = session.exec(
        select(Promise)
        .join(Pupil, col(Promise.pupil_id) == Pupil.id)
        .where(_to_voice_of(session, opened.conversation))
        .where(_seen_by(session, staff))
        .order_by(col(Promise.answered_at).is_not(None), *_within_urgency())
    )
    return list(found)


def promises_to_speaker(session: Session, opened: Opened) -> list[Promise]:
    """What the speaker has not been told of first, then what is still open, then the rest; the newest of each first."""
    is_open = col(Promise.outcome).is_(None)
    news = case((is_open, 1), (col(Promise.told_at).is_(None), 0), else_=2)
    found = session.exec(
        select(Promise)
        .where(_to_voice_of(session, opened.conversation))
        .where(_not_of_an_allegation(session, opened))
        .order_by(news, col(Promise.due_on), col(Promise.id).desc())
        .limit(MOST_TOLD)
    )
    return list(found)


def speaker_was_promised(session: Session, opened: Opened, *, untold: bool = False, answered: bool = False) -> bool:
    """Anything; `untold`: of which the speaker has not seen an answer; `answered`: that has one."""
    wanted = select(Promise.id).where(_to_voice_of(session, opened.conversation))
    wanted = wanted.where(_not_of_an_allegation(session, opened))
    if untold:
        wanted = wanted.where(col(Promise.told_at).is_(None))
    if answered:
        wanted = wanted.where(col(Promise.outcome).is_not(None))
    return session.exec(wanted.limit(1)).first() is not None


def words_behind(session: Session, reader: Opened | StaffMember, promise: Promise) -> Opened | None:
    """The conversation that a promise answers, if the reader may read its summary. A speaker has only their own words;
    a carer only those of the conversation that their link opens, because two carers may have the same relation.
    """
    if promise.conversation_id is None:
        return None
    if isinstance(reader, StaffMember):
        return _summary_if_allowed(session, reader, promise.conversation_id)
    if promise.conversation_id == reader.conversation.id:
        return reader
    return _earlier_words_of_pupil(session, reader, promise.conversation_id) if reader.reader == "pupil" else None


def promises_to_remind_of(session: Session, today: date) -> list[tuple[Promise, Pupil]]:
    """Of all schools, those that nobody has answered and whose day has come."""
    found = session.exec(
        select(Promise, Pupil)
        .join(Pupil, col(Promise.pupil_id) == Pupil.id)
        .where(col(Promise.outcome).is_(None))
        .where(Promise.due_on <= today)
        .order_by(col(Promise.id))
    )
    return list(found)


def keepers_of(session: Session, promises: Collection[Promise]) -> dict[int, StaffMember]:
    """Everybody who made, keeps or answered one of these, by id."""
    ids = {staff for each in promises for staff in (each.owner_id, each.made_by_id, each.answered_by_id) if staff}
    return {each.id: each for each in session.exec(select(StaffMember).where(col(StaffMember.id).in_(ids)))}


def _seen_by(session: Session, staff: StaffMember) -> ColumnElement[bool]:
    """A condition on a select that joins Promise and Pupil."""
    if not reads_words(staff):
        return false()
    given = (
        exists()
        .where(col(Review.conversation_id) == Promise.conversation_id)
        .where(col(Review.assigned_to_id) == staff.id)
    )
    theirs = or_(col(Promise.owner_id) == staff.id, col(Promise.made_by_id) == staff.id, concerns(staff), given)
    return (col(Pupil.school_id) == staff.school_id) & _not_kept_from(session, staff) & theirs


def _not_kept_from(session: Session, staff: StaffMember) -> ColumnElement[bool]:
    """Of a conversation whose words name an adult, this adult sees no promise either."""
    kept = conversations_kept_from(session, staff)
    return or_(col(Promise.conversation_id).is_(None), col(Promise.conversation_id).not_in(kept))


def _not_of_an_allegation(session: Session, opened: Opened) -> ColumnElement[bool]:
    """What answers a conversation that is kept from an adult stays in it: another one, and its copy, may be in that
    adult's hands.
    """
    about = opened.conversation
    with as_the_product(session):
        kept = list(
            session.exec(
                select(Conversation.id)
                .where(Conversation.pupil_id == about.pupil_id)
                .where(col(Conversation.kept_from_id).is_not(None))
                .where(Conversation.id != about.id)
            )
        )
    return or_(col(Promise.conversation_id).is_(None), col(Promise.conversation_id).not_in(kept))


def _of_owner(staff: StaffMember, mine: bool) -> ColumnElement[bool]:
    return col(Promise.owner_id) == staff.id if mine else col(Promise.id).is_not(None)


def _to_voice_of(session: Session, conversation: Conversation) -> ColumnElement[bool]:
    """To the pupil, or to the carer of the same relation; where none was recorded, in this conversation alone. Of two
    carers of the same relation neither sees what was promised to the other.
    """
    voice = (col(Promise.pupil_id) == conversation.pupil_id) & (col(Promise.audience) == conversation.audience)
    here = col(Promise.conversation_id) == conversation.id
    if conversation.audience == "pupil":
        return voice
    if not conversation.relation:
        return voice & here
    others = col(Promise.conversation_id).in_(_of_other_carers(session, conversation))
    known_otherwise = col(Promise.conversation_id).is_(None) | ~others
    return voice & (here | (col(Promise.relation) == conversation.relation) & known_otherwise)


def _of_other_carers(session: Session, conversation: Conversation) -> list[str]:
    """Conversations about the same pupil. Looked up apart: no carer sees that they are there."""
    theirs = (
        select(Conversation.id)
        .where(Conversation.pupil_id == conversation.pupil_id)
        .where(col(Conversation.carer_id).is_not(None))
    )
    if conversation.carer_id is not None:
        theirs = theirs.where(Conversation.carer_id != conversation.carer_id)
    with as_the_product(session):
        return list(session.exec(theirs))


def _urgency(today: date) -> ColumnElement[int]:
    is_open = col(Promise.outcome).is_(None)
    return case(
        (is_open & (col(Promise.due_on) < today), 0), (is_open, 1), (col(Promise.told_at).is_(None), 2), else_=3
    )


def _within_urgency() -> tuple[Any, ...]:
    by_day = case((col(Promise.outcome).is_(None), col(Promise.due_on)))
    return by_day, col(Promise.answered_at).desc(), col(Promise.id)


def _summary_if_allowed(session: Session, staff: StaffMember, conversation_id: str) -> Opened | None:
    try:
        return summary_for_staff(session, staff, conversation_id)
    except Refusal:
        return None


def _earlier_words_of_pupil(session: Session, opened: Opened, conversation_id: str) -> Opened | None:
    found = session.exec(
        select(Conversation.id)
        .where(Conversation.id == conversation_id)
        .where(Conversation.pupil_id == opened.pupil.id)
        .where(Conversation.audience == "pupil")
        .where(col(Conversation.withdrawn_at).is_(None))
    ).first()
    return open_conversation(session, found, "pupil") if found else None
