from fastapi import APIRouter, Response

from api.pages.staff.attention import attention_for
from api.pages.staff.desk import DeskDep, RowId, go
from api.services import alerts

router = APIRouter()


@router.get("/attention")
def show_attention(desk: DeskDep, known: str = "") -> Response:
    """The strip alone, for an open page that has the version `known` already and asks again every second."""
    attention = attention_for(desk.session, desk.staff)
    if attention.version == known:
        return Response(status_code=204)
    return desk.pages.show("staff/attention.html", desk.translator, attention=attention)


@router.get("/alerts")
def list_alerts(desk: DeskDep) -> Response:
    """What this reader has to read, then what no lead has acknowledged, then the rest; the newest of each first."""
    found = alerts.listed(desk.session, desk.staff)
    found.sort(key=lambda alert: (not alert.unread, alert.state == "acknowledged"))
    return desk.show("alerts.html", "alerts", alerts=found)


@router.get("/alerts/{alert_id}")
def show_alert(desk: DeskDep, alert_id: RowId) -> Response:
    alert = alerts.get(desk.session, desk.staff, alert_id)
    return desk.show("alert.html", "alerts", alert=alert, language=desk.language)


@router.post("/alerts/{alert_id}/acknowledge")
def acknowledge(desk: DeskDep, alert_id: RowId) -> Response:
    alerts.acknowledge(desk.session, desk.staff, alert_id)
    return go(f"/staff/alerts/{alert_id}")
