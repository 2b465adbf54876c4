"""Who is not there today, who is still unaccounted for, and what only a person can do. The lists renew themselves on an
open page; without scripts it is loaded again.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from pydantic import BaseModel, Field

from api import access
from api.errors import Unfit
from api.models import Role, now
from api.pages.doors import SettingsDep
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep, go
from api.services.attendance import overview, starting
from api.services.attendance.first_day import Means
from api.services.folding import folded
from api.services.reaching import tasks, ways
from api.services.review.working_days import calendar_of, local_day

router = APIRouter(prefix="/today")
READERS: tuple[Role, ...] = ("trusted_adult", "safeguarding_lead", "attendance_lead")
Pupil = Annotated[int, Field(ge=1, lt=BEYOND_ANY_ROW)]


class Chosen(BaseModel):
    pupils: Annotated[list[Pupil], Field(max_length=starting.MOST_AT_ONCE)] = []
    although_closed: bool = False


@router.get("")
def show_today(desk: DeskDep) -> Response:
    desk.must_be(*READERS)
    todo = tasks.in_order(tasks.listed(desk.session, desk.staff, now()), is_done=False)
    untouched: dict[str, Any] = {"fault": None, "at_fault": 0, "typed": "", "longest": tasks.LONGEST_NOTE}
    return desk.show("today.html", "today", **_lists(desk), todo=todo, **untouched)


@router.get("/lists")
def show_lists(desk: DeskDep, known: str = "") -> Response:
    """The lists alone, for an open page that has the version `known` already and asks again every few seconds."""
    desk.must_be(*READERS)
    found = _lists(desk)
    if found["today"].version == known:
        return Response(status_code=204)
    return desk.pages.show("staff/today_lists.html", desk.translator, **found)


@router.get("/start")
def choose(desk: DeskDep, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    desk.must_be(*READERS)
    return _choice(desk, q)


@router.post("/start")
def start(desk: DeskDep, settings: SettingsDep, form: Annotated[Chosen, Form()]) -> Response:
    """As the product, because an attendance lead reads no conversations; whom they may ask about is looked up first."""
    desk.must_be(*READERS)
    try:
        with desk.database.writing() as session:
            closed = form.although_closed
            starting.start(session, desk.staff, form.pupils, now(), Means.of(settings), although_closed=closed)
    except Unfit as refusal:
        return _choice(desk, "", refusal, form.pupils)
    return go("/staff/today")


def _lists(desk: Desk) -> dict[str, Any]:
    at = now()
    return {"today": overview.today(desk.session, desk.staff, at), "day": local_day(at)}


def what_to_know(desk: Desk) -> dict[str, Any]:
    """For `staff/absence_closed.html`."""
    is_working = calendar_of(desk.session, desk.staff).is_working(local_day(now()))
    return {"is_closed": not is_working, "sends": bool(ways.available(desk.request.app.state.settings))}


def _choice(desk: Desk, q: str, refusal: Unfit | None = None, chosen: list[int] | None = None) -> Response:
    day = local_day(now())
    pupils = access.pupils_to_ask_about(desk.session, desk.staff)
    return desk.show(
        "absence_start.html",
        "today",
        refusal.status if refusal else 200,
        pupils=[each for each in pupils if folded(q) in folded(each.name)],
        started=access.pupils_absent_on(desk.session, desk.staff, day),
        **what_to_know(desk),
        chosen=chosen or [],
        q=q,
        fault=refusal.fault if refusal else None,
    )
