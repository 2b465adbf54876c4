"""One's own account: password, PIN, second factor, and where one is signed in."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel, Field

from api.access import SignIn
from api.errors import Refusal, TooManyAttempts, Unfit, WrongSecondFactor
from api.pages.doors import AddressDep, CompleteSignInDep, SettingsDep
from api.pages.staff.desk import Desk, DeskDep, go
from api.pages.staff.second_factor import Code, Sealed, lead_to_recovery_codes
from api.pages.staff.shown_once import kept, take_away
from api.services.people import account, second_factor
from api.settings import Settings

router = APIRouter(prefix="/account")
HOME = "/staff/account"
Password = Annotated[str, Form(max_length=400)]
OTHERS = "others"


class NewPassword(BaseModel):
    old: str = Field("", max_length=400, repr=False)
    new: str = Field("", max_length=400, repr=False)
    again: str = Field("", max_length=400, repr=False)


@router.get("")
def show_account(desk: DeskDep, mine: CompleteSignInDep, done: str = "") -> Response:
    return _show(desk, mine, done=done)


@router.post("/password")
def change_password(desk: DeskDep, mine: CompleteSignInDep, given: Annotated[NewPassword, Form()]) -> Response:
    try:
        account.change_password(desk.session, mine, given.old, given.new, given.again)
    except (Unfit, TooManyAttempts) as refusal:
        return _show(desk, mine, "password", refusal)
    return go(f"{HOME}?done=password")


@router.post("/pin")
def choose_pin(desk: DeskDep, mine: CompleteSignInDep, pin: Code = "") -> Response:
    try:
        account.choose_pin(desk.session, desk.staff, pin)
    except Unfit as refusal:
        return _show(desk, mine, "pin", refusal)
    return go(f"{HOME}?done=pin")


@router.post("/sessions/end")
def end_sessions(desk: DeskDep, mine: CompleteSignInDep, which: Code = "") -> Response:
    if which == OTHERS:
        account.end_other_sessions(desk.session, mine)
    else:
        account.end_session(desk.session, desk.staff, which)
    return go(f"{HOME}?done=sessions")


@router.get("/second-factor")
def ask_set_up(desk: DeskDep, settings: SettingsDep) -> Response:
    return go(HOME) if desk.staff.totp_secret else _show_set_up(desk, settings)


@router.post("/second-factor")
def set_up(
    desk: DeskDep,
    mine: CompleteSignInDep,
    settings: SettingsDep,
    address: AddressDep,
    sealed: Sealed = "",
    code: Code = "",
) -> Response:
    if desk.staff.totp_secret:  # sent twice
        return go(HOME)
    try:
        codes = account.set_up_second_factor(desk.session, mine, sealed, code, _secret(settings), address)
    except (WrongSecondFactor, TooManyAttempts) as refusal:
        return _show_set_up(desk, settings, sealed, refusal)
    return lead_to_recovery_codes(codes, settings)


@router.post("/second-factor/off")
def take_off_second_factor(desk: DeskDep, mine: CompleteSignInDep, password: Password = "") -> Response:
    try:
        account.take_off_second_factor(desk.session, desk.staff, password)
    except (Unfit, TooManyAttempts) as refusal:
        return _show(desk, mine, "second_factor", refusal)
    return go(f"{HOME}?done=second_factor_off")


@router.post("/recovery-codes")
def make_recovery_codes(
    desk: DeskDep, mine: CompleteSignInDep, settings: SettingsDep, password: Password = ""
) -> Response:
    try:
        codes = account.new_recovery_codes(desk.session, desk.staff, password, _secret(settings))
    except (Unfit, TooManyAttempts) as refusal:
        return _show(desk, mine, "second_factor", refusal)
    return lead_to_recovery_codes(codes, settings)


@router.get("/recovery-codes")
def show_recovery_codes(desk: DeskDep, settings: SettingsDep) -> Response:
    codes = (kept(desk.request) or "").split(".")
    response = desk.show("recovery_codes.html", "account", codes=[code for code in codes if code])
    take_away(response, desk.request.url.path, settings)
    return response


def _show(desk: Desk, mine: SignIn, form: str = "", refusal: Refusal | None = None, done: str = "") -> Response:
    """`form` names the one that was refused, `done` the one that was taken."""
    return desk.show(
        "account.html",
        "account",
        refusal.status if refusal else 200,
        mine=mine.kept,
        sessions=account.sessions_of(desk.session, desk.staff),
        named_by=account.NAMED_BY,
        has_password=bool(desk.staff.password_hash),
        is_required=second_factor.is_required_of(desk.staff),
        codes_left=second_factor.recovery_codes_left(desk.session, desk.staff),
        form=form,
        done=done,
        **_fault(refusal),
    )


def _show_set_up(desk: Desk, settings: Settings, sealed: str = "", refusal: Refusal | None = None) -> Response:
    candidate = second_factor.offer(desk.staff, _secret(settings), sealed)
    status = refusal.status if refusal else 200
    return desk.show("account_second_factor.html", "account", status, candidate=candidate, **_fault(refusal))


def _fault(refusal: Refusal | None) -> dict[str, Any]:
    fault = refusal.fault if isinstance(refusal, Unfit) else refusal.code if refusal else None
    return {"fault": fault, "seconds": refusal.seconds if isinstance(refusal, TooManyAttempts) else 0}


def _secret(settings: Settings) -> str:
    return settings.secret.get_secret_value()
