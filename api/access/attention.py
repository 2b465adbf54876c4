"""What cannot wait, for those members of staff who may read it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from api.access.opened import Opened
from api.access.reading import alerts_of, readable_by
from api.access.standing import as_the_product
from api.errors import NotFound
from api.models import Alert, AlertAcknowledgement, Conversation, Pupil, StaffMember, Turn


def alerts_for(session: Session, staff: StaffMember, after: int = 0) -> list[Alert]:
    """Newest first."""
    found = session.exec(
        select(Alert).where(alerts_of(staff)).where(col(Alert.id) > after).order_by(col(Alert.id).desc())
    )
    return list(found)


def alerts_unread_by(session: Session, staff: StaffMember) -> list[Alert]:
    """Those that this reader has not acknowledged, whoever else has; newest first."""
    found = session.exec(
        select(Alert)
        .where(alerts_of(staff))
        .outerjoin(AlertAcknowledgement, _acknowledged_by(staff))
        .where(col(AlertAcknowledgement.at).is_(None))
        .order_by(col(Alert.id).desc())
    )
    return list(found)


def alert_for_staff(session: Session, staff: StaffMember, alert_id: int) -> Alert:
    found = session.exec(select(Alert).where(alerts_of(staff)).where(Alert.id == alert_id)).first()
    if found is None:
        raise NotFound
    return found


def acknowledgements_of(session: Session, alerts: Iterable[Alert]) -> list[tuple[AlertAcknowledgement, StaffMember]]:
    """Of alerts that the asker was given, the first to read first."""
    found = session.exec(
        select(AlertAcknowledgement, StaffMember)
        .join(StaffMember, col(AlertAcknowledgement.staff_id) == StaffMember.id)
        .where(col(AlertAcknowledgement.alert_id).in_([alert.id for alert in alerts]))
        .order_by(col(AlertAcknowledgement.at))
    )
    return list(found)


def count_alerts_for(session: Session, staff: StaffMember) -> int:
    """How many this reader has not acknowledged."""
    return session.exec(
        select(func.count(col(Alert.id)))
        .outerjoin(AlertAcknowledgement, _acknowledged_by(staff))
        .where(col(AlertAcknowledgement.at).is_(None))
        .where(alerts_of(staff))
    ).one()


def alerted_turns_in(session: Session, opened: Opened) -> set[str]:
    """Also for a reader who is not told of alerts."""
    with as_the_product(session):
        found = session.exec(select(Alert.turn_id).where(Alert.conversation_id == opened.conversation.id)).all()
    return {turn for turn in found if turn}


def keep_alerts_from(session: Session, opened: Opened, adult: StaffMember) -> None:
    """Of this conversation, those already raised too. The caller commits."""
    this = col(Alert.conversation_id) == opened.conversation.id
    session.exec(update(Alert).where(this).values(kept_from_id=adult.id))


def unscreened_for(session: Session, staff: StaffMember, before: datetime) -> list[tuple[Turn, Pupil]]:
    """Turns that the bot has not answered and that came before this moment, oldest first."""
    found = session.exec(
        select(Turn, Pupil)
        .join(Conversation, col(Turn.conversation_id) == Conversation.id)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(col(Turn.state).in_(("waiting", "refused")))
        .where(Turn.kind != "open")
        .where(Turn.received_at < before)
        .where(readable_by(staff))
        .order_by(col(Turn.received_at))
    )
    return list(found)


def wishes_for(session: Session, staff: StaffMember) -> list[tuple[Conversation, Pupil]]:
    """Conversations in which somebody wants a person who has not come yet, the longest waiting first."""
    found = session.exec(
        select(Conversation, Pupil)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(col(Conversation.wants_person_at).is_not(None))
        .where(col(Conversation.person_came_at).is_(None))
        .where(readable_by(staff))
        .order_by(col(Conversation.wants_person_at))
    )
    return list(found)


def _acknowledged_by(staff: StaffMember) -> ColumnElement[bool]:
    return (col(AlertAcknowledgement.alert_id) == Alert.id) & (col(AlertAcknowledgement.staff_id) == staff.id)
