from typing import Annotated, Any

from fastapi import APIRouter, Form, Response

from api.access import carers_of, conversation_held_by
from api.errors import Malformed, NotToBeReached, Unfit
from api.models import Carer, Pupil
from api.pages.doors import CatalogDep, SettingsDep
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep, FormId, RowId, go
from api.pages.staff.letters import drawn, way_in_of
from api.pages.staff.shown_once import keep_for_next_page, kept, take_away
from api.security import new_id
from api.services.catalog import Catalog
from api.services.reaching import carers, deliveries, inviting
from api.services.reaching.inviting import Invited
from api.services.talk import parent_links, short_codes
from api.services.talk.conversations import Plan
from api.settings import Settings

router = APIRouter()
TERMS = (3, 14, 42)  # days; a fortnight is the usual rhythm (practice 33), six weeks are half a term
SHOWN: inviting.Way = "shown"
Relation = Annotated[str, Form(max_length=80)]
Code = Annotated[str, Form(max_length=16)]
Days = Annotated[int, Form()]
Carers = Annotated[int, Form(ge=0, lt=BEYOND_ANY_ROW)]
Guide = Annotated[str, Form(max_length=40)]


@router.get("/pupils/{pupil_id}/invite")
def prepare(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId) -> Response:
    pupil = inviting.pupil_to_ask_about(desk.session, desk.staff, pupil_id)
    return _form(desk, catalog, pupil)


@router.post("/pupils/{pupil_id}/invite")
def invite(
    desk: DeskDep,
    settings: SettingsDep,
    catalog: CatalogDep,
    pupil_id: RowId,
    days: Days,
    relation: Relation = "",
    language: Code = "",
    carer: Carers = 0,
    lives_apart: Annotated[bool, Form()] = False,
    guide: Guide = "parent",
    way: Code = SHOWN,
    form_id: FormId = "",
) -> Response:
    """`carer`: 0 for somebody who is not in the list."""
    if guide not in catalog.guides_for("parent"):
        raise Malformed
    form = _chosen(desk, settings, way, days, form_id)
    pupil = inviting.pupil_to_ask_about(desk.session, desk.staff, pupil_id)
    about = (relation, language, lives_apart)
    try:
        asked = _carer(desk, pupil, carer, about, form.form_id)
        invited = inviting.invite(desk.session, desk.staff, pupil, asked, Plan("parent", asked.language, guide), form)
    except (NotToBeReached, Unfit) as refusal:
        return _form(desk, catalog, pupil, refusal)
    return _lead_on(invited, settings)


@router.post("/conversations/{conversation_id}/links")
def renew(
    desk: DeskDep,
    settings: SettingsDep,
    conversation_id: str,
    days: Days = parent_links.LASTS_DAYS,
    way: Code = SHOWN,
    form_id: FormId = "",
) -> Response:
    """Another link to the same conversation: the parent finds what they wrote where they left it."""
    form = _chosen(desk, settings, way, days, form_id)
    try:
        invited = inviting.renew(desk.session, desk.staff, conversation_id, form)
    except (NotToBeReached, Unfit) as refusal:
        return _link_page(desk, conversation_id, status=refusal.status, fault=refusal.fault)
    return _lead_on(invited, settings)


@router.get("/conversations/{conversation_id}/link")
def show_link(desk: DeskDep, settings: SettingsDep, conversation_id: str) -> Response:
    response = _link_page(desk, conversation_id, **_shown_now(desk, settings))
    take_away(response, desk.request.url.path, settings)
    return response


@router.post("/links/{link_id}/revoke")
def revoke(desk: DeskDep, link_id: RowId, pupil: Annotated[int, Form(ge=1, lt=BEYOND_ANY_ROW)]) -> Response:
    parent_links.revoke(desk.session, desk.staff, link_id)
    return go(f"/staff/pupils/{pupil}")


def _chosen(desk: Desk, settings: Settings, way: str, days: int, form_id: str) -> inviting.Form:
    found = next((each for each in _ways(desk) if each == way), None)
    if found is None or days not in TERMS:
        raise Malformed
    return inviting.Form(found, days, form_id or new_id(), settings.secret.get_secret_value())


def _ways(desk: Desk) -> list[inviting.Way]:
    """Shown, or sent by what is set up here."""
    return [SHOWN, *sorted(desk.request.app.state.ways)]


def _carer(desk: Desk, pupil: Pupil, carer_id: int, about: tuple[str, str, bool], form_id: str) -> Carer:
    if carer_id:
        return inviting.carer_chosen(desk.session, desk.staff, pupil, carer_id)
    relation, language, lives_apart = about
    new = carers.checked(
        desk.session, desk.staff, {desk.offered(language)}, relation, language, lives_apart=lives_apart
    )
    return inviting.carer_named(desk.session, desk.staff, pupil, new, form_id)


def _form(desk: Desk, catalog: Catalog, pupil: Pupil, refusal: NotToBeReached | Unfit | None = None) -> Response:
    return desk.show(
        "invite.html",
        status=refusal.status if refusal else 200,
        pupil=pupil,
        carers=carers_of(desk.session, pupil.id),
        terms=TERMS,
        ways=_ways(desk),
        guides=desk.named("guide", catalog.guides_for("parent")),
        fault=refusal.fault if refusal else None,
    )


def _lead_on(invited: Invited, settings: Settings) -> Response:
    page = f"/staff/conversations/{invited.conversation_id}/link"
    response = go(page)
    if invited.made:
        keep_for_next_page(response, f"{invited.made.token}.{invited.made.code}", page, settings)
    return response


def _shown_now(desk: Desk, settings: Settings) -> dict[str, Any]:
    token, _, code = (kept(desk.request) or "").partition(".")
    if not code:
        return {}
    address = way_in_of(settings, token)
    secrets = {"token": token, "code": code, "address": address}
    return {**secrets, "grouped": short_codes.grouped(code), "drawing": drawn(address)}


def _link_page(desk: Desk, conversation_id: str, status: int = 200, **shown: Any) -> Response:
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    newest = parent_links.listed(desk.session, desk.staff, conversation_id)[:1]
    sent = inviting.newest_sent(desk.session, opened)
    known = {"opened": opened, "pupil": opened.pupil, "links": newest, "ways": _ways(desk)}
    state = deliveries.state_of(sent) if sent else None
    things = {"address": None, "fault": None, "sent": sent, "state": state, **known, **shown}
    return desk.show("link.html", status=status, **things)
