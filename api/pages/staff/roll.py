"""The pupils of the school, as their administrator handles them: by name, without a word of theirs."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import Pupil
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, FormId, RowId, go
from api.pages.staff.office import OfficeDep
from api.services.people import roll_import, rolls
from api.services.people.rolls import About

router = APIRouter(prefix="/people/pupils")


class Given(BaseModel):
    name: str = Field(default="", max_length=200)
    year: str = Field(default="", max_length=40)
    age_band: str = Field(default="", max_length=10)  # empty: that of the year
    language: str = Field(default="", max_length=16)
    adult: int = Field(default=0, ge=0, lt=BEYOND_ANY_ROW)


class GivenAnew(Given):
    form_id: FormId
    twin: bool = False


@router.get("")
def list_roll(desk: OfficeDep) -> Response:
    adults = {each.id: each.name for each in access.colleagues_of(desk.session, desk.staff)}
    pupils = access.pupils_of(desk.session, desk.staff)
    return desk.show("roll.html", "people", pupils=pupils, adults=adults, language=desk.language)


@router.get("/add")
def prepare(desk: OfficeDep) -> Response:
    return _form(desk, None, Given(language=desk.staff.language))


@router.post("/add")
def add(desk: OfficeDep, given: Annotated[GivenAnew, Form()]) -> Response:
    try:
        with desk.database.writing() as session:
            about = _checked(desk, session, given)
            rolls.add(session, desk.staff, about, given.form_id, twin=given.twin)
    except Unfit as refusal:
        return _form(desk, None, given, refusal)
    return go("/staff/people/pupils")


@router.get("/import")
def prepare_import(desk: OfficeDep) -> Response:
    return _import(desk)


@router.post("/import")
def read_table(desk: OfficeDep, table: Annotated[bytes, File()] = b"") -> Response:
    """Stores nothing: shows what would be stored."""
    try:
        text = roll_import.decoded(table)
        preview = roll_import.preview(desk.session, desk.staff, text, _languages(desk))
    except Unfit as refusal:
        return _import(desk, refusal)
    adults = {each.id: each.name for each in access.colleagues_of(desk.session, desk.staff)}
    return desk.show("roll_preview.html", "people", preview=preview, adults=adults, language=desk.language)


@router.post("/import/confirm")
def import_table(desk: OfficeDep, table: Annotated[str, Form(max_length=2 * roll_import.LARGEST_FILE)]) -> Response:
    try:
        with desk.database.writing() as session:
            roll_import.add_all(session, desk.staff, table, _languages(desk))
    except Unfit as refusal:
        return _import(desk, refusal)
    return go("/staff/people/pupils")


@router.get("/{pupil_id}")
def show(desk: OfficeDep, pupil_id: RowId) -> Response:
    pupil = access.pupil_for(desk.session, desk.staff, pupil_id)
    return _form(desk, pupil, _as_given(pupil))


@router.post("/{pupil_id}")
def change(desk: OfficeDep, pupil_id: RowId, given: Annotated[Given, Form()]) -> Response:
    try:
        with desk.database.writing() as session:
            rolls.change(session, desk.staff, pupil_id, _checked(desk, session, given))
    except Unfit as refusal:
        return _form(desk, access.pupil_for(desk.session, desk.staff, pupil_id), given, refusal)
    return go("/staff/people/pupils")


@router.post("/{pupil_id}/erase")
def erase(desk: OfficeDep, pupil_id: RowId, typed: Annotated[str, Form(max_length=200)] = "") -> Response:
    try:
        with desk.database.writing() as session:
            rolls.erase(session, desk.staff, pupil_id, typed)
    except Unfit as refusal:
        pupil = access.pupil_for(desk.session, desk.staff, pupil_id)
        return _form(desk, pupil, _as_given(pupil), refusal)
    return go("/staff/people/pupils")


def _as_given(pupil: Pupil) -> Given:
    about = pupil.model_dump(include={"name", "year", "age_band", "language"})
    return Given(**about, adult=pupil.trusted_adult_id)


def _form(desk: Desk, pupil: Pupil | None, given: Given, refusal: Unfit | None = None) -> Response:
    return desk.show(
        "roll_pupil.html",
        "people",
        refusal.status if refusal else 200,
        pupil=pupil,
        given=given,
        bands=rolls.BANDS,
        adults=rolls.adults_of(desk.session, desk.staff),
        fault=refusal.fault if refusal else None,
    )


def _import(desk: Desk, refusal: Unfit | None = None) -> Response:
    things = {"columns": roll_import.COLUMNS, "fault": refusal.fault if refusal else None}
    return desk.show("roll_import.html", "people", refusal.status if refusal else 200, **things)


def _checked(desk: Desk, session: Session, given: Given) -> About:
    offered = {language.code for language in desk.pages.translators.offered}
    about = (given.name, given.year, given.age_band, given.language, given.adult)
    return rolls.checked(session, desk.staff, offered, *about)


def _languages(desk: Desk) -> dict[str, str]:
    """Codes of the languages on offer by what a table may call them: code, own name or English name, folded."""
    offered = desk.pages.translators.offered
    return {
        name.casefold(): language.code
        for language in offered
        for name in (language.code, language.name, language.locale.get_language_name("en") or language.name)
    }
