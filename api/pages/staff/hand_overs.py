from fastapi import APIRouter, Response

from api.access import conversation_held_by
from api.pages.doors import SettingsDep, StaffTokenDep, forget_staff, keep_tablet
from api.pages.staff.desk import DeskDep, go
from api.pages.staff.shown_once import keep_for_next_page, kept, take_away
from api.services.talk import hand_overs

router = APIRouter(prefix="/conversations/{conversation_id}/hand-over")


@router.get("")
def choose_way(desk: DeskDep, conversation_id: str) -> Response:
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    return desk.show("hand_over.html", conversation=opened.conversation, pupil=opened.pupil)


@router.post("/here")
def hand_over_here(desk: DeskDep, settings: SettingsDep, token: StaffTokenDep, conversation_id: str) -> Response:
    """The adult is signed out of this device before the pupil's page opens on it."""
    tablet = hand_overs.here(desk.session, desk.staff, conversation_id, token)
    response = go("/pupil")
    forget_staff(response)
    keep_tablet(response, tablet, settings)
    return response


@router.post("/code")
def make_code(desk: DeskDep, settings: SettingsDep, conversation_id: str) -> Response:
    code = hand_overs.by_code(desk.session, desk.staff, conversation_id)
    page = f"/staff/conversations/{conversation_id}/hand-over/code"
    response = go(page)
    keep_for_next_page(response, code, page, settings)
    return response


@router.get("/code")
def show_code(desk: DeskDep, settings: SettingsDep, conversation_id: str) -> Response:
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    address = settings.public_url + "/pupil"
    response = desk.show(
        "code.html", conversation=opened.conversation, pupil=opened.pupil, code=kept(desk.request), address=address
    )
    take_away(response, desk.request.url.path, settings)
    return response
