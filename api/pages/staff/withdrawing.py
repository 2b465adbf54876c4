from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.access import conversation_held_by
from api.errors import Unfit
from api.pages.staff.desk import Desk, DeskDep, go
from api.services.talk import withdrawing
from api.services.talk.withdrawing import AskedBy

router = APIRouter(prefix="/conversations/{conversation_id}/withdraw")


@router.get("")
def ask(desk: DeskDep, conversation_id: str) -> Response:
    return _page(desk, conversation_id)


@router.post("")
def withdraw(desk: DeskDep, conversation_id: str, asked_by: Annotated[AskedBy, Form()]) -> Response:
    try:
        pupil_id = withdrawing.withdraw(desk.session, desk.staff, conversation_id, asked_by)
    except Unfit as refusal:
        return _page(desk, conversation_id, refusal)
    return go(f"/staff/pupils/{pupil_id}")


def _page(desk: Desk, conversation_id: str, refusal: Unfit | None = None) -> Response:
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    status = refusal.status if refusal else 200
    fault = refusal.fault if refusal else None
    return desk.show("withdraw.html", status=status, conversation=opened.conversation, pupil=opened.pupil, fault=fault)
