"""The audit trail as the safeguarding lead reads it: who did what, when, and whether the chain is whole."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import access
from api.access import TrailFilter
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep
from api.services import audit

router = APIRouter(prefix="/audit")
PAGE = 50
Chosen = Annotated[int | None, Query(ge=1, lt=BEYOND_ANY_ROW)]


@router.get("")
def show_trail(desk: DeskDep, by: str = "", pupil: Chosen = None, act: str = "", before: Chosen = None) -> Response:
    """`by`: id of a member of staff, or empty for everybody."""
    desk.must_be("safeguarding_lead")
    wanted = TrailFilter(int(by) if by.isdecimal() else None, pupil, act or None)
    entries = access.audit_entries_for(desk.session, desk.staff, wanted, before, PAGE + 1)
    return desk.show(
        "audit.html",
        "audit",
        entries=entries[:PAGE],
        older=entries[PAGE - 1].id if len(entries) > PAGE else None,
        wanted=wanted,
        acts=access.audit_acts_for(desk.session, desk.staff),
        colleagues=access.colleagues_of(desk.session, desk.staff),
        names=_names(desk),
        pupils={each.id: each.name for each in access.pupils_of(desk.session, desk.staff)},
    )


@router.get("/verified")
def show_whether_whole(desk: DeskDep) -> Response:
    """A page of its own: walking the whole chain takes a while in an old school."""
    desk.must_be("safeguarding_lead")
    return desk.show("audit_verified.html", "audit", verified=audit.verify(desk.session, desk.staff.school_id))


def _names(desk: Desk) -> dict[int | None, str]:
    return {each.id: each.name for each in access.colleagues_of(desk.session, desk.staff)}
