"""Where the link of an invitation leads: its holder has no account yet, or lost the way into it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from api.errors import Unfit
from api.pages.doors import DatabaseDep
from api.pages.rendering import pages_of, translator_for
from api.pages.staff.desk import go
from api.services.people import invitations

router = APIRouter(prefix="/invited")


class Chosen(BaseModel):
    password: str = Field("", max_length=400, repr=False)
    again: str = Field("", max_length=400, repr=False)
    pin: str = Field("", max_length=40, repr=False)
    language: str = Field("", max_length=16)


@router.get("/{token}")
def ask(request: Request, database: DatabaseDep, token: str, language: str = "") -> Response:
    return _ask(request, database, token, language)


@router.post("/{token}")
def accept(request: Request, database: DatabaseDep, token: str, chosen: Annotated[Chosen, Form()]) -> Response:
    spoken = translator_for(request, chosen=chosen.language).language.code
    try:
        if chosen.password != chosen.again:
            raise Unfit("password_differs")
        with database.writing() as session:
            invitations.accept(session, token, chosen.password, chosen.pin, spoken)
    except Unfit as refusal:
        return _ask(request, database, token, chosen.language, refusal)
    return go(f"/staff/sign-in?language={spoken}")


def _ask(request: Request, database: DatabaseDep, token: str, language: str, refusal: Unfit | None = None) -> Response:
    translator = translator_for(request, chosen=language)
    with database.reading() as session:
        invitation, school, person = invitations.opened(session, token)
    return pages_of(request).show(
        "staff/invited.html",
        translator,
        refusal.status if refusal else 200,
        invitation=invitation,
        school=school,
        has_pin=bool(person and person.pin_hash),
        is_new=person is None or person.left_at is not None,
        here=request.url.path,
        fault=refusal.fault if refusal else None,
    )
