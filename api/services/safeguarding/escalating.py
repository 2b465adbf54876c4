"""An alert that no safeguarding lead has acknowledged is told again, and to more people, until one has.

What is due follows from the rows and the clock alone, and everything has a name that exists once: a restart loses
nothing and doubles nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor, log2

from sqlmodel import Session

from api import access
from api.models import Alert, AlertStep, StaffMember
from api.services import audit
from api.services.mailing import outbox, telling
from api.settings import Settings


@dataclass(frozen=True)
class Rhythm:
    repeated_after: timedelta
    escalated_after: timedelta
    unscreened_after: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "Rhythm":
        minutes = (settings.alert_repeated_after, settings.alert_escalated_after, settings.unscreened_told_after)
        return cls(*(timedelta(minutes=each) for each in minutes))


def go_on(session: Session, rhythm: Rhythm, at: datetime) -> None:
    """Posts what is due at this moment, and records what was sent on. The caller commits."""
    for alert in access.unanswered_alerts(session):
        people = telling.told(session, alert.school_id, alert.kept_from_id)
        _escalate(session, alert, people, rhythm, at)
        _repeat(session, alert, people, rhythm, at)
    _tell_of_unscreened(session, rhythm, at)


def is_needed(session: Session, rhythm: Rhythm, at: datetime) -> bool:
    """Looked up without writing: SQLite has one writer, and turns come first."""
    return bool(access.unanswered_alerts(session) or access.unscreened_since(session, at - rhythm.unscreened_after))


def round_of(waited: timedelta, first_after: timedelta) -> int:
    """0 before the first; each round lasts twice as long as the one before, so that the record stays readable."""
    return 0 if waited < first_after else floor(log2(waited / first_after)) + 1


def _escalate(session: Session, alert: Alert, people: list[StaffMember], rhythm: Rhythm, at: datetime) -> None:
    """To every lead; where there is no second one, and from the second round on, to the administrators too."""
    number = round_of(at - alert.created_at, rhythm.escalated_after)
    form_id = f"escalated-{alert.id}-{number}"
    if not number or access.step_by_form(session, form_id):
        return
    session.add(AlertStep(alert_id=alert.id, kind="escalated", at=at, form_id=form_id))
    audit.append(session, alert.school_id, None, "alert_escalated", "alert", alert.id, pupil_id=alert.pupil_id)
    leads = telling.leads_among(people)
    office = {each.id for each in people} - leads
    telling.write(session, alert, leads, "alert_escalated", f"escalated-{number}")
    if len(leads) < 2 or number > 1:
        telling.write(session, alert, office, "alert_unanswered", f"escalated-{number}")


def _repeat(session: Session, alert: Alert, people: list[StaffMember], rhythm: Rhythm, at: datetime) -> None:
    number = floor((at - alert.created_at) / rhythm.repeated_after)
    if not number:
        return
    waiting = outbox.waiting_about_alert(session, alert.id)
    telling.write(session, alert, telling.leads_among(people) - waiting, "alert_again", f"again-{number}")


def _tell_of_unscreened(session: Session, rhythm: Rhythm, at: datetime) -> None:
    """Once for each time that words begin to wait: while the bot is away nobody else looks at them."""
    for conversation, pupil, occasion in access.unscreened_since(session, at - rhythm.unscreened_after):
        people = telling.told(session, pupil.school_id, conversation.kept_from_id)
        adults = {pupil.trusted_adult_id} - {conversation.kept_from_id}
        for staff_id in sorted(adults | telling.leads_among(people)):
            outbox.post(
                session,
                school_id=pupil.school_id,
                staff_id=staff_id,
                kind="unscreened",
                about={"conversation": conversation.id},
                key=f"unscreened-{conversation.id}-{occasion}-{staff_id}",
            )
