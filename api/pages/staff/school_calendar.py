"""Public holidays and the school's own closures: the clock of the promise to read stands still on them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.errors import Unfit
from api.models import School, now
from api.pages.staff.desk import Desk, RowId, go
from api.pages.staff.office import OfficeDep
from api.services.people import school_calendar
from api.services.review.working_days import local_day
from api.services.rhythm import half_terms

router = APIRouter(prefix="/people/calendar")


@router.get("")
def show(desk: OfficeDep) -> Response:
    return show_calendar(desk)


@router.post("/closures")
def add(
    desk: OfficeDep,
    first_day: Annotated[date, Form()],
    last_day: Annotated[date, Form()],
    name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    try:
        with desk.database.writing() as session:
            school_calendar.add_closure(session, desk.staff, first_day, last_day, name)
    except Unfit as refusal:
        return show_calendar(desk, refusal)
    return go("/staff/people/calendar")


@router.post("/closures/{closure_id}/remove")
def remove(desk: OfficeDep, closure_id: RowId) -> Response:
    with desk.database.writing() as session:
        school_calendar.remove_closure(session, desk.staff, closure_id)
    return go("/staff/people/calendar")


def show_calendar(desk: Desk, refusal: Unfit | None = None) -> Response:
    school = desk.session.get_one(School, desk.staff.school_id)
    return desk.show(
        "school_calendar.html",
        "people",
        refusal.status if refusal else 200,
        closures=school_calendar.closures(desk.session, desk.staff),
        half_terms=half_terms.listed(desk.session, desk.staff),
        holidays=school_calendar.public_holidays(school, local_day(now())),
        fault=refusal.fault if refusal else None,
    )
