"""First days of absence: who may see which, and what the product itself must know to go on with them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, exists, select

from api.access.carers import works_with_family
from api.access.kept_from import conversations_kept_from
from api.access.reading import readable_by, summarised_for
from api.access.standing import as_the_product
from api.errors import NotFound
from api.models import Absence, AbsenceStep, Alert, Conversation, Delivery, Pupil, StaffMember, Turn

Door = Literal["whole", "summary"]  # how far somebody may look into a conversation


@dataclass(frozen=True)
class Heard:
    """That a carer said something, without a word of it."""

    conversation_id: str
    at: datetime
    is_answer: bool  # in words that the bot has screened, and more than a wish about the conversation itself
    alerted: bool


# ---- for members of staff


def absence_for(session: Session, staff: StaffMember, absence_id: int) -> tuple[Absence, Pupil]:
    """Of a pupil with whose family they work. On a writing session the row is held, so that changes follow each
    other.
    """
    found = session.exec(
        select(Absence, Pupil)
        .join(Pupil, col(Absence.pupil_id) == Pupil.id)
        .where(Absence.id == absence_id)
        .where(works_with_family(staff))
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def absence_to_change(session: Session, staff: StaffMember, absence_id: int) -> tuple[Absence, Pupil]:
    """As `absence_for`. PostgreSQL locks the row, so that what people and the product do comes one after the other."""
    absence, pupil = absence_for(session, staff, absence_id)
    hold_absence(session, absence.id)
    return absence, pupil


def absences_for(session: Session, staff: StaffMember, today: date) -> list[tuple[Absence, Pupil]]:
    """Those of today, and those of earlier days that nobody has accounted for; the oldest first."""
    found = session.exec(
        select(Absence, Pupil)
        .join(Pupil, col(Absence.pupil_id) == Pupil.id)
        .where(works_with_family(staff))
        .where(or_(col(Absence.day) == today, col(Absence.accounted_at).is_(None)))
        .order_by(col(Absence.day), Pupil.name, col(Absence.id))
    )
    return list(found)


def pupils_absent_on(session: Session, staff: StaffMember, day: date) -> set[int]:
    """Ids of the pupils for whom this day was started already."""
    found = session.exec(select(Absence.pupil_id).where(Absence.school_id == staff.school_id).where(Absence.day == day))
    return set(found)


def pupils_to_ask_about(session: Session, staff: StaffMember) -> list[Pupil]:
    """Those with whose families they work, by name."""
    return list(session.exec(select(Pupil).where(works_with_family(staff)).order_by(Pupil.name, col(Pupil.id))))


def doors_into(session: Session, staff: StaffMember, conversations: Collection[str]) -> dict[str, Door]:
    """Which of these conversations they may read, and whether the whole or the summary alone."""
    whole = _readable(session, conversations, readable_by(staff))
    summaries = _readable(session, conversations, summarised_for(staff))
    return {each: "whole" if each in whole else "summary" for each in summaries | whole}


def kept_back_from(session: Session, staff: StaffMember, conversations: Collection[str]) -> set[str]:
    """Those whose words name this adult: they are not told that there was an answer."""
    return set(conversations).intersection(conversations_kept_from(session, staff))


def read_among(session: Session, conversations: Collection[str]) -> set[str]:
    """Those that a member of staff has read. Also for a reader who may not: only that it was read."""
    with as_the_product(session):
        found = session.exec(
            select(Conversation.id)
            .where(col(Conversation.id).in_(conversations))
            .where(col(Conversation.read_at).is_not(None))
        ).all()
    return set(found)


# ---- for the product itself, and for callers who were given the absence


def absence_steps_in(session: Session, absences: Iterable[Absence]) -> list[AbsenceStep]:
    """In the order in which they were taken."""
    ids = [absence.id for absence in absences]
    this = select(AbsenceStep).where(col(AbsenceStep.absence_id).in_(ids)).order_by(col(AbsenceStep.id))
    return list(session.exec(this))


def absence_step_by_key(session: Session, key: str) -> AbsenceStep | None:
    """Of whatever absence: only to find out that it was taken before, never to show."""
    return session.exec(select(AbsenceStep).where(AbsenceStep.key == key)).first()


def deliveries_of_keys(session: Session, keys: Collection[str]) -> dict[str, Delivery]:
    return {each.key: each for each in session.exec(select(Delivery).where(col(Delivery.key).in_(keys)))}


def hold_absence(session: Session, absence_id: int) -> Absence | None:
    """As it is now, and held. SQLite has one writer."""
    this = select(Absence).where(Absence.id == absence_id).with_for_update()
    return session.exec(this, execution_options={"populate_existing": True}).first()


def absences_under_way(session: Session, today: date) -> list[Absence]:
    """Which the product goes on with: of all schools, those that nobody has accounted for or an answer alone has, and
    those of earlier days that still wait for a step.
    """
    by_nobody = col(Absence.accounted_by_id).is_(None)
    late = (col(Absence.day) < today) & col(Absence.next_at).is_not(None)
    found = select(Absence).where(by_nobody).where(or_(col(Absence.day) == today, late))
    return list(session.exec(found.order_by(col(Absence.id))))


def heard_in(session: Session, conversations: Collection[str]) -> list[Heard]:
    """What carers said or picked, the first first. Only whether and when, never what."""
    alerted = exists().where(col(Alert.conversation_id) == Turn.conversation_id)
    with as_the_product(session):
        found = session.connection().execute(
            sa_select(
                col(Turn.conversation_id),
                col(Turn.received_at),
                col(Turn.kind),
                col(Turn.state),
                col(Turn.reading),
                col(Turn.text),
                alerted,
            )
            .where(col(Turn.conversation_id).in_(conversations))
            .where(col(Turn.kind) != "open")
            .order_by(col(Turn.received_at), col(Turn.ordinal))
        )
        rows = found.all()
    return [
        Heard(
            conversation,
            at,
            kind == "say" and state == "answered" and not (reading or {}).get("control") and _tells(text),
            bool(bad),
        )
        for conversation, at, kind, state, reading, text, bad in rows
    ]


def _tells(text: str) -> bool:
    """A question mark, or a number that was not offered, does not say where a pupil is."""
    return any(letter.isalpha() for letter in text)


def _readable(session: Session, conversations: Collection[str], allowed: ColumnElement[bool]) -> set[str]:
    found = session.exec(
        select(Conversation.id)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(col(Conversation.id).in_(conversations))
        .where(col(Conversation.withdrawn_at).is_(None))
        .where(allowed)
    )
    return set(found)
