"""The first page of an installation without a school. Afterwards it does not exist."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from api import access
from api.errors import NoSchoolYet, NotFound, Refusal, TooManyAttempts, Unfit, WrongCode
from api.pages.doors import AddressDep, CatalogDep, DatabaseDep, SettingsDep
from api.pages.rendering import pages_of, translator_for
from api.pages.staff.desk import go
from api.services.catalog import Catalog
from api.services.people import setting_up

router = APIRouter(prefix="/set-up")


class Given(BaseModel):
    code: str = Field(default="", max_length=60, repr=False)
    school: str = Field(default="", max_length=200)
    country: str = Field(default="", max_length=10)
    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=300)
    password: str = Field(default="", max_length=400, repr=False)
    again: str = Field(default="", max_length=400, repr=False)
    pin: str = Field(default="", max_length=40, repr=False)
    language: str = Field(default="", max_length=16)

    @property
    def first(self) -> setting_up.First:
        return setting_up.First(self.school, self.country, self.name, self.email, self.password, self.pin)


def school_first(request: Request, database: DatabaseDep) -> None:
    """Before anybody can sign in there has to be a school. Once there is one nobody asks again."""
    if getattr(request.app.state, "has_school", False):
        return
    with database.reading() as session:
        request.app.state.has_school = access.any_school(session)
    if not request.app.state.has_school:
        raise NoSchoolYet


@router.get("")
def ask(request: Request, database: DatabaseDep, catalog: CatalogDep, language: str = "") -> Response:
    return _ask(request, database, catalog, Given(language=language))


@router.post("")
def set_up(
    request: Request,
    database: DatabaseDep,
    catalog: CatalogDep,
    settings: SettingsDep,
    address: AddressDep,
    given: Annotated[Given, Form()],
) -> Response:
    try:
        if given.password != given.again:
            raise Unfit("password_differs")
        if given.country not in catalog.signposts.countries:
            raise Unfit("country")
        with database.writing() as session:
            setting_up.set_up(session, settings.secret.get_secret_value(), given.code, address, given.first)
    except (Unfit, WrongCode, TooManyAttempts) as refusal:
        return _ask(request, database, catalog, given, refusal)
    return go("/staff/sign-in")


def _ask(
    request: Request, database: DatabaseDep, catalog: Catalog, given: Given, refusal: Refusal | None = None
) -> Response:
    translator = translator_for(request, chosen=given.language)
    with database.reading() as session:
        if access.any_school(session):
            raise NotFound
    return pages_of(request).show(
        "staff/set_up.html",
        translator,
        refusal.status if refusal else 200,
        given=given,
        countries=list(catalog.signposts.countries),
        fault=(refusal.fault if isinstance(refusal, Unfit) else refusal.code) if refusal else None,
        seconds=refusal.seconds if isinstance(refusal, TooManyAttempts) else 0,
    )
