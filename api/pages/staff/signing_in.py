from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from api.errors import TooManyAttempts, WrongSignIn
from api.pages.doors import AddressDep, SessionDep, SettingsDep, StaffDep, StaffTokenDep, forget_staff, keep_staff
from api.pages.staff.desk import DeskDep, go
from api.pages.staff.devices import DeviceDep
from api.pages.staff.door import show_door
from api.pages.staff.landing import landing
from api.services.people import signing_in

router = APIRouter()
Typed = Annotated[str, Form(max_length=200)]


class Credentials(BaseModel):
    email: str = Field("", max_length=200)
    password: str = Field("", max_length=200, repr=False)
    language: str = ""


@router.get("")
def enter(staff: StaffDep) -> Response:
    return go(landing(staff.role))


@router.get("/sign-in")
def ask(request: Request, language: str = "") -> Response:
    return show_door(request, language)


@router.post("/sign-in")
def sign_in(
    request: Request,
    session: SessionDep,
    settings: SettingsDep,
    address: AddressDep,
    device: DeviceDep,
    given: Annotated[Credentials, Form()],
) -> Response:
    try:
        token = signing_in.sign_in(session, given.email, given.password, address, device)
    except (WrongSignIn, TooManyAttempts) as refusal:
        return show_door(request, given.language, given.email, refusal)
    response = go("/staff")  # which knows where each role begins, and who still has to give a code
    keep_staff(response, token, settings)
    return response


@router.post("/sign-out")
def sign_out(session: SessionDep, token: StaffTokenDep) -> Response:
    signing_in.sign_out(session, token)
    response = go("/staff/sign-in")
    forget_staff(response)
    return response


@router.post("/language")
def choose_language(desk: DeskDep, language: Typed, back: Typed = "") -> Response:
    signing_in.choose_language(desk.session, desk.staff, desk.offered(language))
    return go(back if back.startswith("/staff/") else landing(desk.staff.role))
