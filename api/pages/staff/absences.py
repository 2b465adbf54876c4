"""One absence: what was done to find out where the pupil is, and what only a person can do."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel, Field

from api.access import is_lead
from api.errors import NotFound, Unfit
from api.models import Accounted, School, now
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep, FormId, RowId, go
from api.pages.staff.today import READERS
from api.services.attendance import overview, steps
from api.services.attendance.steps import Noted
from api.services.reaching import tasks, telephones

router = APIRouter(prefix="/absences/{absence_id}")


class Note(BaseModel):
    form_id: FormId
    note: str = ""


class Call(Note):
    """`carer` 0: nobody in particular was called."""

    carer: Annotated[int, Field(ge=0, lt=BEYOND_ANY_ROW)] = 0
    called: bool = False

    def noted(self) -> Noted:
        return Noted(self.form_id, "called" if self.called else "note", self.note, self.carer or None)


class Known(Note):
    how: Accounted


class Decision(Note):
    agreed: bool

    def decided(self) -> steps.Decision:
        return steps.Decision(self.form_id, self.agreed, self.note)


@router.get("")
def show(desk: DeskDep, absence_id: RowId) -> Response:
    desk.must_be(*READERS)
    return _page(desk, absence_id)


@router.post("/notes")
def note(desk: DeskDep, absence_id: RowId, form: Annotated[Call, Form()]) -> Response:
    noted = form.noted()
    return _after(desk, absence_id, form, lambda: steps.note(desk.session, desk.staff, absence_id, noted, now()))


@router.post("/accounted")
def account(desk: DeskDep, absence_id: RowId, form: Annotated[Known, Form()]) -> Response:
    known = (form.how, form.note, form.form_id)
    return _after(desk, absence_id, form, lambda: steps.account(desk.session, desk.staff, absence_id, *known, now()))


@router.post("/reopened")
def reopen(desk: DeskDep, absence_id: RowId, form: Annotated[Note, Form()]) -> Response:
    form_id = form.form_id
    return _after(desk, absence_id, form, lambda: steps.reopen(desk.session, desk.staff, absence_id, form_id, now()))


@router.post("/visit")
def ask_for_a_visit(desk: DeskDep, absence_id: RowId, form: Annotated[Note, Form()]) -> Response:
    asked = (form.note, form.form_id, now())
    return _after(desk, absence_id, form, lambda: steps.ask_for_a_visit(desk.session, desk.staff, absence_id, *asked))


@router.post("/visit/decision")
def decide_visit(desk: DeskDep, absence_id: RowId, form: Annotated[Decision, Form()]) -> Response:
    """A safeguarding lead's alone; for others the address does not exist."""
    if not is_lead(desk.staff):
        raise NotFound
    decided = form.decided()
    return _after(
        desk, absence_id, form, lambda: steps.decide_visit(desk.session, desk.staff, absence_id, decided, now())
    )


def _after(desk: Desk, absence_id: int, form: Note, act: Callable[[], None]) -> Response:
    """What was written is never lost: after a refusal it stands in the same form again."""
    desk.must_be(*READERS)
    try:
        act()
    except Unfit as refusal:
        which = desk.request.url.path.partition(f"{absence_id}/")[2]
        return _page(desk, absence_id, refusal, which, form)
    return go(f"/staff/absences/{absence_id}")


def _page(
    desk: Desk, absence_id: int, refusal: Unfit | None = None, which: str = "", typed: Note | None = None
) -> Response:
    return desk.show(
        "absence.html",
        "today",
        refusal.status if refusal else 200,
        page=overview.one(desk.session, desk.staff, absence_id),
        how=steps.HOW,
        phone=partial(telephones.shown, country=desk.session.get_one(School, desk.staff.school_id).country),
        language=desk.language,
        longest=tasks.LONGEST_NOTE,
        fault=refusal.fault if refusal else None,
        which=which,
        typed=typed.note if typed else "",
    )
