"""What only a person can do for a family, for whoever works with it."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel

from api.errors import Unfit
from api.models import now
from api.pages.staff.desk import Desk, DeskDep, FormId, RowId, go
from api.pages.staff.today import READERS
from api.services.reaching import tasks

router = APIRouter(prefix="/tasks")


class Done(BaseModel):
    form_id: FormId
    note: str = ""


@router.get("")
def list_tasks(desk: DeskDep) -> Response:
    desk.must_be(*READERS)
    return _list(desk)


@router.post("/{task_id}/done")
def done(desk: DeskDep, task_id: RowId, form: Annotated[Done, Form()]) -> Response:
    desk.must_be(*READERS)
    try:
        tasks.done(desk.session, desk.staff, task_id, form.note, now())
    except Unfit as refusal:
        return _list(desk, refusal, task_id, form.note)
    return go("/staff/tasks")


def _list(desk: Desk, refusal: Unfit | None = None, at_fault: int = 0, typed: str = "") -> Response:
    found = tasks.listed(desk.session, desk.staff, now())
    return desk.show(
        "tasks.html",
        "today",
        refusal.status if refusal else 200,
        todo=tasks.in_order(found, is_done=False),
        done=tasks.in_order(found, is_done=True),
        longest=tasks.LONGEST_NOTE,
        fault=refusal.fault if refusal else None,
        at_fault=at_fault,
        typed=typed,
    )
