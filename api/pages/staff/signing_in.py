from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from api.errors import TooManyAttempts, WrongSignIn
from api.pages.doors import AddressDep, SessionDep, SettingsDep, StaffDep, StaffTokenDep, forget_staff, keep_staff
from api.pages.rendering import PagesDep, translator_for
from api.pages.staff.desk import DeskDep, go
from api.services import signing_in

router = APIRouter()
Typed = Annotated[str, Form(max_length=200)]


class Credentials(BaseModel):
    email: str = Field("", max_length=200)
    password: str = Field("", max_length=200, repr=False)
    language: str = ""


@router.get("")
def enter(_staff: StaffDep) -> Response:
    return go("/staff/pupils")


@router.get("/sign-in")
def ask(request: Request, pages: PagesDep, language: str = "") -> Response:
    return _ask(request, pages, language)


@router.post("/sign-in")
def sign_in(
    request: Request,
    session: SessionDep,
    settings: SettingsDep,
    pages: PagesDep,
    address: AddressDep,
    given: Annotated[Credentials, Form()],
) -> Response:
    try:
        token = signing_in.sign_in(session, given.email, given.password, address)
    except (WrongSignIn, TooManyAttempts) as refusal:
        return _ask(request, pages, given.language, given.email, refusal)
    response = go("/staff/pupils")
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
    return go(back if back.startswith("/staff/") else "/staff/pupils")


def _ask(
    request: Request,
    pages: PagesDep,
    language: str,
    email: str = "",
    refusal: WrongSignIn | TooManyAttempts | None = None,
) -> Response:
    return pages.show(
        "staff/sign_in.html",
        translator_for(request, chosen=language),
        refusal.status if refusal else 200,
        email=email,
        fault=refusal.code if refusal else None,
        seconds=refusal.seconds if isinstance(refusal, TooManyAttempts) else 0,
    )
