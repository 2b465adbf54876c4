"""The half terms of the school, on the page of its calendar."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.errors import Unfit
from api.pages.staff.desk import RowId, go
from api.pages.staff.office import OfficeDep
from api.pages.staff.school_calendar import show_calendar
from api.services.rhythm import half_terms

router = APIRouter(prefix="/people/calendar/half-terms")


@router.post("")
def add(
    desk: OfficeDep,
    first_day: Annotated[date, Form()],
    last_day: Annotated[date, Form()],
    name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    try:
        with desk.database.writing() as session:
            half_terms.add(session, desk.staff, first_day, last_day, name)
    except Unfit as refusal:
        return show_calendar(desk, refusal)
    return go("/staff/people/calendar#half-terms")


@router.post("/{half_term_id}/remove")
def remove(desk: OfficeDep, half_term_id: RowId) -> Response:
    with desk.database.writing() as session:
        half_terms.remove(session, desk.staff, half_term_id)
    return go("/staff/people/calendar#half-terms")
