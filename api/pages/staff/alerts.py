from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.access import is_lead
from api.errors import Malformed, Refusal
from api.i18n import TIMEZONE
from api.models import Role, now
from api.pages.staff.attention import attention_for
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep, FormId, RowId, go
from api.services import audit
from api.services.safeguarding import alerts, handling
from api.services.safeguarding.alerts import FOLLOWS, AlertView, Told
from api.services.safeguarding.handling import LONGEST_NOTE, LeadsStep, NoteMissing, Overtaken

router = APIRouter()
READERS: tuple[Role, ...] = ("safeguarding_lead", "trusted_adult")
LONG_AGO = timedelta(days=366)
Seen = Annotated[int, Form(ge=0, lt=BEYOND_ANY_ROW)]
Note = Annotated[str, Form(max_length=LONGEST_NOTE)]
Name = Annotated[str, Form(max_length=200)]


@router.get("/attention")
def show_attention(desk: DeskDep, known: str = "") -> Response:
    """The strip alone, for an open page that has the version `known` already and asks again every second."""
    attention = attention_for(desk.session, desk.staff)
    if attention.version == known:
        return Response(status_code=204)
    return desk.pages.show("staff/attention.html", desk.translator, attention=attention)


@router.get("/alerts")
def list_alerts(desk: DeskDep) -> Response:
    """What this reader has to read, then by state; the newest of each first."""
    desk.must_be(*READERS)
    found = alerts.listed(desk.session, desk.staff)
    found.sort(key=lambda alert: (not alert.unread, alerts.STATES.index(alert.state)))
    return desk.show("alerts.html", "alerts", alerts=found)


@router.get("/alerts/{alert_id}")
def show_alert(desk: DeskDep, alert_id: RowId) -> Response:
    alert = alerts.get(desk.session, desk.staff, alert_id)
    desk.notes("alert_read", "alert", alert_id, alert.pupil_id)
    return _show(desk, alert)


@router.post("/alerts/{alert_id}/acknowledge")
def acknowledge(desk: DeskDep, alert_id: RowId) -> Response:
    handling.acknowledge(desk.session, desk.staff, alert_id)
    return go(f"/staff/alerts/{alert_id}")


@router.post("/alerts/{alert_id}/steps")
def take_step(
    desk: DeskDep, alert_id: RowId, form_id: FormId, seen: Seen, kind: Annotated[LeadsStep, Form()], note: Note = ""
) -> Response:
    try:
        handling.take_step(desk.session, desk.staff, alert_id, kind, note, handling.Form(form_id, seen))
    except (Overtaken, NoteMissing) as refusal:
        return _show(desk, _read_again(desk, alert_id), refusal, seen, kind=kind, note=note)
    return go(f"/staff/alerts/{alert_id}#steps")


@router.post("/alerts/{alert_id}/told")
def tell_in_person(
    desk: DeskDep, alert_id: RowId, form_id: FormId, seen: Seen, to: Name, by: Name, at: Annotated[str, Form()]
) -> Response:
    told = Told(to, by, _moment(at))
    try:
        handling.tell_in_person(desk.session, desk.staff, alert_id, told, handling.Form(form_id, seen))
    except (Overtaken, NoteMissing) as refusal:
        return _show(desk, _read_again(desk, alert_id), refusal, seen, to=to, by=by, at=at)
    return go(f"/staff/alerts/{alert_id}#steps")


def _read_again(desk: Desk, alert_id: int) -> AlertView:
    """After a refusal. The form's own transaction goes on: SQLite has one writer."""
    desk.session.rollback()
    alert = alerts.get(desk.session, desk.staff, alert_id)
    audit.record(desk.session, desk.staff, "alert_read", "alert", alert_id, pupil_id=alert.pupil_id)
    desk.session.commit()
    return alert


def _show(desk: Desk, alert: AlertView, refusal: Refusal | None = None, seen: int = 0, **typed: str) -> Response:
    """After a refusal with what was typed, and with what others did since the page was made."""
    handles = is_lead(desk.staff)
    at = now().astimezone(TIMEZONE).strftime("%Y-%m-%dT%H:%M")
    kept = {"kind": "", "note": "", "to": "", "by": desk.staff.name, "at": at}
    return desk.show(
        "alert.html",
        "alerts",
        refusal.status if refusal else 200,
        alert=alert,
        language=desk.language,
        handles=handles,
        follows=[state for state in FOLLOWS[alert.state] if state != "acknowledged"],
        fault=refusal.code if refusal else None,
        meanwhile=[step for step in alert.steps if step.id > seen] if isinstance(refusal, Overtaken) else [],
        last_step=alert.steps[-1].id if alert.steps else 0,
        typed={**kept, **typed},
        longest_note=LONGEST_NOTE,
    )


def _moment(typed: str) -> datetime:
    """As a browser sends it: the school's clock, without a zone. Not in the future, and not in another time."""
    try:
        moment = datetime.fromisoformat(typed).replace(tzinfo=TIMEZONE)
        is_likely = now() - LONG_AGO <= moment <= now()
    except (ValueError, OverflowError):
        raise Malformed from None
    if not is_likely:
        raise Malformed
    return moment
