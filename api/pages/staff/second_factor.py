"""The second half of signing in: the code, and the setting up of what makes it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access import SignIn
from api.errors import Refusal, TooManyAttempts, WrongSecondFactor
from api.pages.doors import AddressDep, SessionDep, SettingsDep, SignInDep
from api.pages.rendering import translator_for
from api.pages.staff.desk import go
from api.pages.staff.door import show_before
from api.pages.staff.shown_once import keep_for_next_page
from api.services.people import account, second_factor, signing_in
from api.settings import Settings

router = APIRouter(prefix="/sign-in")
Code = Annotated[str, Form(max_length=40)]
Sealed = Annotated[str, Form(max_length=400)]
RECOVERY_CODES = "/staff/account/recovery-codes"


@router.get("/code")
def ask_code(request: Request, session: SessionDep, settings: SettingsDep, found: SignInDep) -> Response:
    if found.kept.is_complete:
        return go("/staff")
    if found.staff.totp_secret is None:
        return go("/staff/sign-in/second-factor")
    return _show_code(request, session, settings, found)


@router.post("/code")
def answer_code(
    request: Request, session: SessionDep, settings: SettingsDep, address: AddressDep, found: SignInDep, code: Code = ""
) -> Response:
    try:
        signing_in.answer_code(session, found, code, settings.secret.get_secret_value(), address)
    except (WrongSecondFactor, TooManyAttempts) as refusal:
        return _show_code(request, session, settings, found, refusal)
    return go("/staff")


@router.get("/second-factor")
def ask_set_up(request: Request, settings: SettingsDep, found: SignInDep) -> Response:
    if found.kept.is_complete or found.staff.totp_secret:
        return go("/staff/sign-in/code")
    return _show_set_up(request, settings, found)


@router.post("/second-factor")
def set_up(
    request: Request,
    session: SessionDep,
    settings: SettingsDep,
    address: AddressDep,
    found: SignInDep,
    sealed: Sealed = "",
    code: Code = "",
) -> Response:
    if found.kept.is_complete:  # sent twice
        return go("/staff")
    try:
        codes = account.set_up_second_factor(
            session, found, sealed, code, settings.secret.get_secret_value(), address
        )  # fmt: skip
    except (WrongSecondFactor, TooManyAttempts) as refusal:
        return _show_set_up(request, settings, found, sealed, refusal)
    return lead_to_recovery_codes(codes, settings)


def lead_to_recovery_codes(codes: list[str], settings: Settings) -> Response:
    response = go(RECOVERY_CODES)
    keep_for_next_page(response, ".".join(codes), RECOVERY_CODES, settings)
    return response


def _show_code(
    request: Request, session: SessionDep, settings: Settings, found: SignIn, refusal: Refusal | None = None
) -> Response:
    translator = translator_for(request, chosen=found.staff.language)
    shown = second_factor.demo_code(session, found.staff, settings.secret.get_secret_value())
    return show_before(request, "second_factor_code", translator, refusal, demo_code=shown)


def _show_set_up(
    request: Request, settings: Settings, found: SignIn, sealed: str = "", refusal: Refusal | None = None
) -> Response:
    translator = translator_for(request, chosen=found.staff.language)
    candidate = second_factor.offer(found.staff, settings.secret.get_secret_value(), sealed)
    return show_before(request, "second_factor_new", translator, refusal, candidate=candidate)
