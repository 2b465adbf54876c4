"""Who works at the school: inviting, roles, leaving, lost passwords and phones."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel, Field

from api import access
from api.errors import Unfit
from api.models import Role, now
from api.pages.doors import SettingsDep
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, RowId, go
from api.pages.staff.office import OfficeDep
from api.pages.staff.shown_once import keep_for_next_page, kept, take_away
from api.services.people import invitations, staffing
from api.settings import Settings

router = APIRouter(prefix="/people")
Successor = Annotated[int | None, Form(ge=1, lt=BEYOND_ANY_ROW)]


class Invited(BaseModel):
    form_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    name: str = Field("", max_length=200)
    email: str = Field("", max_length=300)
    role: Role = "trusted_adult"


@router.get("")
def list_people(desk: OfficeDep) -> Response:
    return desk.show("people.html", "people", overview=staffing.overview(desk.session, desk.staff), now=now())


@router.get("/invite")
def prepare(desk: OfficeDep) -> Response:
    return desk.show("people_invite.html", "people", roles=staffing.ROLES, given=None, fault=None)


@router.post("/invite")
def invite(desk: OfficeDep, settings: SettingsDep, given: Annotated[Invited, Form()]) -> Response:
    try:
        with desk.database.writing() as session:
            made, token = invitations.invite(session, desk.staff, given.name, given.email, given.role, given.form_id)
    except Unfit as refusal:
        things = {"roles": staffing.ROLES, "given": given, "fault": refusal.fault}
        return desk.show("people_invite.html", "people", refusal.status, **things)
    return _to_link(made, token, settings)


@router.get("/invitations/{invitation_id}")
def show_link(desk: OfficeDep, settings: SettingsDep, invitation_id: RowId) -> Response:
    invitation = access.invitation_for(desk.session, desk.staff, invitation_id)
    token = kept(desk.request)
    address = f"{settings.public_url}/staff/invited/{token}" if token else None
    response = desk.show("people_link.html", "people", invitation=invitation, address=address)
    take_away(response, desk.request.url.path, settings)
    return response


@router.post("/invitations/{invitation_id}/renew")
def renew(desk: OfficeDep, settings: SettingsDep, invitation_id: RowId) -> Response:
    with desk.database.writing() as session:
        made, token = invitations.renew(session, desk.staff, invitation_id)
    return _to_link(made, token, settings)


@router.post("/invitations/{invitation_id}/revoke")
def revoke(desk: OfficeDep, invitation_id: RowId) -> Response:
    with desk.database.writing() as session:
        invitations.revoke(session, desk.staff, invitation_id)
    return go("/staff/people")


@router.get("/staff/{person_id}")
def show_person(desk: OfficeDep, person_id: RowId) -> Response:
    return _person(desk, person_id)


@router.post("/staff/{person_id}/role")
def change_role(
    desk: OfficeDep, person_id: RowId, role: Annotated[Role, Form()], successor: Successor = None
) -> Response:
    try:
        with desk.database.writing() as session:
            staffing.change_role(session, desk.staff, person_id, role, successor)
    except Unfit as refusal:
        return _person(desk, person_id, refusal)
    return go(f"/staff/people/staff/{person_id}")


@router.post("/staff/{person_id}/leave")
def leave(desk: OfficeDep, person_id: RowId, successor: Successor = None) -> Response:
    try:
        with desk.database.writing() as session:
            staffing.leave(session, desk.staff, person_id, successor)
    except Unfit as refusal:
        return _person(desk, person_id, refusal)
    return go("/staff/people")


@router.post("/staff/{person_id}/second-factor")
def reset_second_factor(desk: OfficeDep, person_id: RowId) -> Response:
    with desk.database.writing() as session:
        staffing.forget_second_factor(session, desk.staff, person_id)
    return go(f"/staff/people/staff/{person_id}")


@router.post("/staff/{person_id}/link")
def make_link(desk: OfficeDep, settings: SettingsDep, person_id: RowId) -> Response:
    with desk.database.writing() as session:
        made, token = invitations.link_for(session, desk.staff, person_id)
    return _to_link(made, token, settings)


def _person(desk: Desk, person_id: int, refusal: Unfit | None = None) -> Response:
    person = access.colleague_for(desk.session, desk.staff, person_id)
    with desk.database.reading() as session:  # the desk's own shows an administrator no promises
        must_hand_on = staffing.must_hand_on(session, person)
    return desk.show(
        "person.html",
        "people",
        refusal.status if refusal else 200,
        person=person,
        roles=staffing.ROLES,
        must_hand_on=must_hand_on,
        pupils=access.pupils_trusting(desk.session, person),
        successors=staffing.successors_of(desk.session, person),
        fault=refusal.fault if refusal else None,
    )


def _to_link(invitation_id: int, token: str | None, settings: Settings) -> Response:
    """Without a token the form was sent twice: the page says that the link was shown already."""
    page = f"/staff/people/invitations/{invitation_id}"
    response = go(page)
    if token:
        keep_for_next_page(response, token, page, settings)
    return response
