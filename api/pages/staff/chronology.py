"""Everything about one pupil's safety in the order of time: for safeguarding leads, also when the pupil was erased."""

from fastapi import APIRouter, Response

from api import documents
from api.pages.staff.desk import Desk, DeskDep, RowId
from api.services.safeguarding import chronology
from api.services.safeguarding.chronology import Chronology

router = APIRouter()
CSV, PDF = "text/csv; charset=utf-8", "application/pdf"


@router.get("/pupils/{pupil_id}/chronology")
@router.get("/alerts/pupil/{pupil_id}")
def show(desk: DeskDep, pupil_id: RowId) -> Response:
    found = _of(desk, pupil_id)
    desk.notes("chronology_read", "pupil", pupil_id, pupil_id)
    return desk.show("chronology.html", "alerts", chronology=found, language=desk.language)


@router.get("/pupils/{pupil_id}/chronology.csv")
@router.get("/alerts/pupil/{pupil_id}/chronology.csv")
def save_as_table(desk: DeskDep, pupil_id: RowId) -> Response:
    table = chronology.as_csv(_of(desk, pupil_id))
    desk.notes("chronology_exported", "pupil", pupil_id, pupil_id, format="csv")
    return _attached(table, f"chronology-{pupil_id}.csv", CSV)


@router.get("/pupils/{pupil_id}/chronology.pdf")
@router.get("/alerts/pupil/{pupil_id}/chronology.pdf")
def save_as_document(desk: DeskDep, pupil_id: RowId) -> Response:
    document = documents.pdf("chronology", _of(desk, pupil_id), desk.translator, desk.staff.name)
    desk.notes("chronology_exported", "pupil", pupil_id, pupil_id, format="pdf")
    return _attached(document, f"chronology-{pupil_id}.pdf", PDF)


@router.get("/alerts/{alert_id}.pdf")
def save_alert(desk: DeskDep, alert_id: RowId) -> Response:
    desk.must_be("safeguarding_lead")
    found = chronology.of_alert(desk.session, desk.staff, alert_id)
    document = documents.pdf("chronology", found, desk.translator, desk.staff.name)
    desk.notes("alert_exported", "alert", alert_id, found.pupil_id, format="pdf")
    return _attached(document, f"alert-{alert_id}.pdf", PDF)


def _attached(content: bytes, name: str, media_type: str) -> Response:
    """To be saved. The name of the file holds no name of a person: lists of downloads are seen by others."""
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _of(desk: Desk, pupil_id: int) -> Chronology:
    desk.must_be("safeguarding_lead")
    return chronology.of_pupil(desk.session, desk.staff, pupil_id)
