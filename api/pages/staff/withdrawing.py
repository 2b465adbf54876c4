from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.access import conversation_held_by
from api.pages.staff.desk import DeskDep, go
from api.services.talk import withdrawing
from api.services.talk.withdrawing import AskedBy

router = APIRouter(prefix="/conversations/{conversation_id}/withdraw")


@router.get("")
def ask(desk: DeskDep, conversation_id: str) -> Response:
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    return desk.show("withdraw.html", conversation=opened.conversation, pupil=opened.pupil)


@router.post("")
def withdraw(desk: DeskDep, conversation_id: str, asked_by: Annotated[AskedBy, Form()]) -> Response:
    pupil_id = withdrawing.withdraw(desk.session, desk.staff, conversation_id, asked_by)
    return go(f"/staff/pupils/{pupil_id}")
