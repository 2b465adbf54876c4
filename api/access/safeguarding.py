"""What safeguarding leads do about alerts, and whom the product itself must tell."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, exists, func, or_, select

from api.access.reading import alerts_of, is_lead, readable_by
from api.access.standing import as_the_product
from api.errors import NotFound
from api.models import Alert, AlertAcknowledgement, AlertStep, AuditEntry, Conversation, Pupil, StaffMember, Turn


def steps_of(session: Session, alerts: Iterable[Alert]) -> list[tuple[AlertStep, StaffMember | None]]:
    """Of alerts that the asker was given, the first step first; None: a step of the product itself."""
    found = session.exec(
        select(AlertStep, StaffMember)
        .outerjoin(StaffMember, col(AlertStep.staff_id) == StaffMember.id)
        .where(col(AlertStep.alert_id).in_([alert.id for alert in alerts]))
        .order_by(col(AlertStep.id))
    )
    return list(found)


def step_by_form(session: Session, form_id: str) -> AlertStep | None:
    """Of whatever alert: only to find out that a form was sent before, never to show."""
    return session.exec(select(AlertStep).where(AlertStep.form_id == form_id)).first()


def alert_to_handle(session: Session, staff: StaffMember, alert_id: int) -> Alert:
    """Handling is for safeguarding leads alone. PostgreSQL locks the row, so that two leads take their steps one after
    the other; SQLite has one writer.
    """
    if not is_lead(staff):
        raise NotFound
    this = select(Alert).where(alerts_of(staff)).where(Alert.id == alert_id).with_for_update()
    found = session.exec(this).first()
    if found is None:
        raise NotFound
    return found


def alerts_about(session: Session, staff: StaffMember, pupil_id: int) -> list[Alert]:
    """For safeguarding leads, the first first; also when the pupil was erased."""
    if not is_lead(staff):
        raise NotFound
    about = select(Alert).where(alerts_of(staff)).where(Alert.pupil_id == pupil_id).order_by(col(Alert.id))
    return list(session.exec(about))


def taken_back_by(session: Session, staff: StaffMember, pupil_id: int) -> list[tuple[Turn, Conversation]]:
    """Choices of speakers in conversations about this pupil, in order; some of them took words back."""
    found = session.exec(
        select(Turn, Conversation)
        .join(Conversation, col(Turn.conversation_id) == Conversation.id)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(Conversation.pupil_id == pupil_id)
        .where(Turn.kind == "choose")
        .where(readable_by(staff))
        .order_by(col(Turn.received_at))
    )
    return list(found)


def entries_about(
    session: Session, staff: StaffMember, pupil_id: int, acts: Iterable[str]
) -> list[tuple[AuditEntry, StaffMember | None]]:
    """What was recorded of these acts about a pupil of the reader's school, the first first."""
    found = session.exec(
        select(AuditEntry, StaffMember)
        .outerjoin(StaffMember, col(AuditEntry.staff_id) == StaffMember.id)
        .where(AuditEntry.school_id == staff.school_id)
        .where(AuditEntry.pupil_id == pupil_id)
        .where(col(AuditEntry.act).in_(list(acts)))
        .order_by(col(AuditEntry.id))
    )
    return list(found)


def unanswered_alerts(session: Session) -> list[Alert]:
    """Those that no safeguarding lead has acknowledged, of every school, the oldest first: for the product itself."""
    return list(session.exec(select(Alert).where(_unanswered()).order_by(col(Alert.id))))


def is_still_to_tell(session: Session, alert_id: int, staff_id: int) -> bool:
    """Not to somebody whom the words turned out to name, nor to one who has read it meanwhile, nor to anybody but the
    trusted adult once a lead has. For the product itself.
    """
    alert = session.get(Alert, alert_id)
    if alert is None or alert.kept_from_id == staff_id:
        return False
    read = session.exec(select(AlertAcknowledgement).where(AlertAcknowledgement.alert_id == alert_id)).all()
    by_a_lead = [each for each in read if each.role == "safeguarding_lead" and each.staff_id != alert.kept_from_id]
    is_answered = staff_id != alert.adult_id and bool(by_a_lead)
    return not is_answered and staff_id not in {each.staff_id for each in read}


def escalated_for_office(session: Session, staff: StaffMember) -> list[datetime]:
    """When those alerts were raised that no lead has answered although they were sent on: all that an administrator
    learns, the oldest first.
    """
    escalated = (
        select(Alert.created_at)
        .where(Alert.school_id == staff.school_id)
        .where(col(Alert.kept_from_id).is_distinct_from(staff.id))
        .where(_unanswered())
        .where(exists().where(col(AlertStep.alert_id) == Alert.id).where(col(AlertStep.kind) == "escalated"))
        .order_by(col(Alert.id))
    )
    with as_the_product(session):
        return list(session.exec(escalated))


def escalated_among(session: Session, alert_ids: Iterable[int]) -> set[int]:
    """Those of these alerts that were sent on, because no lead had answered."""
    sent_on = select(AlertStep.alert_id).where(AlertStep.kind == "escalated")
    return set(session.exec(sent_on.where(col(AlertStep.alert_id).in_(list(alert_ids)))))


def people_to_tell(session: Session, school_id: int, kept_from_id: int | None) -> list[StaffMember]:
    """Safeguarding leads and administrators who are there, but not whom the words name."""
    found = session.exec(
        select(StaffMember)
        .where(StaffMember.school_id == school_id)
        .where(col(StaffMember.role).in_(("safeguarding_lead", "administrator")))
        .where(col(StaffMember.left_at).is_(None))
        .where(or_(StaffMember.id != kept_from_id, kept_from_id is None))
        .order_by(col(StaffMember.id))
    )
    return list(found)


def unscreened_since(session: Session, before: datetime) -> list[tuple[Conversation, Pupil, str]]:
    """Conversations with words that the bot has not screened and that came before this moment, each with an occasion:
    a new one when words begin to wait anew, and for every turn that the bot refused. For the product itself.
    """
    is_refused = col(Turn.state) == "refused"
    refused = case((is_refused, col(Turn.id)), else_="")
    waiting = (
        select(col(Turn.conversation_id), refused.label("refused"), func.min(Turn.received_at).label("since"))
        .where(col(Turn.state).in_(("waiting", "refused")))
        .where(Turn.kind != "open")
        .where(Turn.received_at < before)
        .group_by(col(Turn.conversation_id), refused)
        .subquery()
    )
    found = session.exec(
        select(Conversation, Pupil, waiting.c.refused, waiting.c.since)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .join(waiting, waiting.c.conversation_id == Conversation.id)
    )
    return [(conversation, pupil, turn or since.isoformat()) for conversation, pupil, turn, since in found]


def _unanswered() -> ColumnElement[bool]:
    """Whom the words turned out to name has answered for nobody."""
    by_a_lead = (
        exists()
        .where(col(AlertAcknowledgement.alert_id) == Alert.id)
        .where(col(AlertAcknowledgement.role) == "safeguarding_lead")
        .where(col(AlertAcknowledgement.staff_id).is_distinct_from(col(Alert.kept_from_id)))
    )
    return ~by_a_lead
