"""Today's absentees from the table that the school's own system writes: first a look, then they are asked about."""

from typing import Annotated

from fastapi import APIRouter, File, Response

from api.errors import Unfit
from api.models import now
from api.pages.staff.desk import Desk, DeskDep
from api.pages.staff.today import READERS, what_to_know
from api.services.attendance import absence_import
from api.services.review.working_days import local_day

router = APIRouter(prefix="/today/import")


@router.get("")
def prepare(desk: DeskDep) -> Response:
    desk.must_be(*READERS)
    return _form(desk)


@router.post("")
def read_table(desk: DeskDep, table: Annotated[bytes, File()] = b"") -> Response:
    """Asks nobody: shows who would be asked about. The form on that page is the one that starts chosen pupils."""
    desk.must_be(*READERS)
    day = local_day(now())
    try:
        found = absence_import.preview(desk.session, desk.staff, absence_import.decoded(table), day)
    except Unfit as refusal:
        return _form(desk, refusal)
    return desk.show("absence_preview.html", "today", preview=found, **what_to_know(desk))


def _form(desk: Desk, refusal: Unfit | None = None) -> Response:
    things = {"columns": absence_import.COLUMNS, "fault": refusal.fault if refusal else None}
    return desk.show("absence_import.html", "today", refusal.status if refusal else 200, **things)
