"""What safeguarding leads do about an alert: each step with who, when and what. Steps are added, never changed."""

import json
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from api import access
from api.errors import Malformed, Refusal
from api.models import Alert, AlertAcknowledgement, AlertStep, StaffMember, StepKind
from api.services import audit
from api.services.safeguarding import alerts
from api.services.safeguarding.alerts import FOLLOWS, AlertView, Told
from api.services.talk.words import clean

LeadsStep = Literal["acting", "closed", "reopened", "note"]
LONGEST_NOTE = 4000  # code points


class Overtaken(Refusal):
    """Somebody else took a step since the page was made: nothing is stored until the asker has seen it."""

    status, code = 409, "overtaken"


class NoteMissing(Refusal):
    status, code = 422, "note_missing"


@dataclass(frozen=True)
class Form:
    """`seen`: id of the last step that stood on the page, 0 for none."""

    form_id: str
    seen: int


def acknowledge(session: Session, staff: StaffMember, alert_id: int) -> None:
    """For this reader only; the first time stays. A safeguarding lead's is a step, too."""
    alert = access.alert_for_staff(session, staff, alert_id)
    # on PostgreSQL two clicks at once would both find nothing yet; SQLite has one writer
    session.refresh(alert, with_for_update=True)
    if session.get(AlertAcknowledgement, (alert_id, staff.id)) is None:
        session.add(AlertAcknowledgement(alert_id=alert_id, staff_id=staff.id, role=staff.role))
        if access.is_lead(staff):
            _add(session, staff, alert, "acknowledged", f"acknowledged-{alert_id}-{staff.id}")
        else:
            audit.record(session, staff, "alert_acknowledged", "alert", alert_id, pupil_id=alert.pupil_id)
    session.commit()


def take_step(session: Session, lead: StaffMember, alert_id: int, kind: LeadsStep, note: str, form: Form) -> None:
    """Raises Overtaken, NoteMissing, and Malformed for a step that does not follow from the alert's state."""
    alert = access.alert_to_handle(session, lead, alert_id)
    if access.step_by_form(session, form.form_id):
        return
    (view,) = alerts.views(session, lead, [alert])
    _check_seen(view, form)
    note = clean(note)
    if not note and kind in ("closed", "note"):
        raise NoteMissing
    if kind != "note" and kind not in FOLLOWS[view.state]:
        raise Malformed
    _add(session, lead, alert, kind, form.form_id, note)
    session.commit()


def tell_in_person(session: Session, lead: StaffMember, alert_id: int, told: Told, form: Form) -> None:
    """Somebody was told face to face: to whom, by whom, when. Raises Overtaken and Malformed."""
    alert = access.alert_to_handle(session, lead, alert_id)
    if access.step_by_form(session, form.form_id):
        return
    (view,) = alerts.views(session, lead, [alert])
    _check_seen(view, form)
    to, by = clean(told.to), clean(told.by)
    if not to or not by:
        raise Malformed
    note = json.dumps({"to": to, "by": by, "at": told.at.isoformat()}, ensure_ascii=False)
    _add(session, lead, alert, "told_in_person", form.form_id, note)
    session.commit()


def _check_seen(view: AlertView, form: Form) -> None:
    """What the product itself did is no reason to ask again."""
    if any(step.id > form.seen and step.kind != "escalated" for step in view.steps):
        raise Overtaken


def _add(session: Session, lead: StaffMember, alert: Alert, kind: StepKind, form_id: str, note: str = "") -> None:
    step = AlertStep(alert_id=alert.id, kind=kind, staff_id=lead.id, role=lead.role, note=note, form_id=form_id)
    session.add(step)
    audit.record(session, lead, f"alert_{kind}", "alert", alert.id, pupil_id=alert.pupil_id)
