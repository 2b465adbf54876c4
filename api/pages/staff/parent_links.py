from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.access import conversation_held_by, may_read, pupil_for
from api.errors import Malformed, NotAllowed
from api.pages.doors import CatalogDep, SettingsDep
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep, RowId, go
from api.pages.staff.shown_once import keep_for_next_page, kept, take_away
from api.services.talk import conversations, parent_links
from api.services.talk.conversations import Plan
from api.settings import Settings

router = APIRouter()
TERMS = (3, 14, 42)  # days; a fortnight is the usual rhythm (practice 33), six weeks are half a term
Relation = Annotated[str, Form(max_length=80)]
Code = Annotated[str, Form(max_length=16)]
Days = Annotated[int, Form()]


@router.get("/pupils/{pupil_id}/invite")
def prepare(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId) -> Response:
    pupil = pupil_for(desk.session, desk.staff, pupil_id)
    if not may_read(desk.staff, pupil):
        raise NotAllowed
    return desk.show("invite.html", pupil=pupil, terms=TERMS, guides=desk.named("guide", catalog.guides_for("parent")))


@router.post("/pupils/{pupil_id}/invite")
def invite(
    desk: DeskDep,
    settings: SettingsDep,
    catalog: CatalogDep,
    pupil_id: RowId,
    relation: Relation,
    language: Code,
    days: Days,
    guide: Annotated[str, Form(max_length=40)] = "parent",
) -> Response:
    if guide not in catalog.guides_for("parent"):
        raise Malformed
    spoken = desk.offered(language)
    started = conversations.start(desk.session, desk.staff, pupil_id, Plan("parent", spoken, guide, relation=relation))
    return _link(desk, settings, started.id, days)


@router.post("/conversations/{conversation_id}/links")
def renew(desk: DeskDep, settings: SettingsDep, conversation_id: str, days: Days = 14) -> Response:
    """Another link to the same conversation: the parent finds what they wrote where they left it."""
    return _link(desk, settings, conversation_id, days)


@router.get("/conversations/{conversation_id}/link")
def show_link(desk: DeskDep, settings: SettingsDep, conversation_id: str) -> Response:
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    newest = parent_links.listed(desk.session, desk.staff, conversation_id)[:1]
    token = kept(desk.request)
    address = f"{settings.public_url}/parent/{token}" if token else None
    response = desk.show("link.html", opened=opened, pupil=opened.pupil, links=newest, address=address)
    take_away(response, desk.request.url.path, settings)
    return response


@router.post("/links/{link_id}/revoke")
def revoke(desk: DeskDep, link_id: RowId, pupil: Annotated[int, Form(ge=1, lt=BEYOND_ANY_ROW)]) -> Response:
    parent_links.revoke(desk.session, desk.staff, link_id)
    return go(f"/staff/pupils/{pupil}")


def _link(desk: Desk, settings: Settings, conversation_id: str, days: int) -> Response:
    if days not in TERMS:
        raise Malformed
    token = parent_links.make(desk.session, desk.staff, conversation_id, days)
    page = f"/staff/conversations/{conversation_id}/link"
    response = go(page)
    keep_for_next_page(response, token, page, settings)
    return response
