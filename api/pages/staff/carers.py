"""Who cares for a pupil: how they are reached, in which order, and whether a safeguarding lead agreed."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import Carer, Pupil, School
from api.pages.doors import CatalogDep
from api.pages.staff.desk import Desk, DeskDep, FormId, RowId, go
from api.services.catalog import Catalog
from api.services.reaching import carers, deliveries, telephones, wishes
from api.services.reaching.carers import About
from api.services.reaching.wishes import Wish

router = APIRouter()

# What is changed here is changed in a session of the product's own, not in the desk's, which stands as its reader: an
# administrator keeps addresses, and may not see the task for the lead that follows from one.


class Given(BaseModel):
    relation: str = Field(default="", max_length=200)
    language: str = Field(default="", max_length=16)
    phone: str = Field(default="", max_length=60)
    email: str = Field(default="", max_length=320)
    lives_apart: bool = False


class GivenAnew(Given):
    form_id: FormId


class Wished(BaseModel):
    channel: str = Field(default="", max_length=20)
    hours: list[str] = Field(default_factory=list, max_length=10)
    at_most: str = Field(default="", max_length=4)
    hears: bool = False
    interpreter: bool = False


@router.get("/pupils/{pupil_id}/family")
def show_family(desk: DeskDep, pupil_id: RowId) -> Response:
    pupil, family = access.family_kept_by(desk.session, desk.staff, pupil_id)
    newest = carers.newest_messages(desk.session, desk.staff, family)
    return desk.show(
        "family.html",
        pupil=pupil,
        carers=family,
        waiting=access.carers_with_open_task(desk.session, family, "agree_carer"),
        messages={carer: (each, deliveries.state_of(each)) for carer, each in newest.items()},
        phone=_telephone(desk),
        language=desk.language,
        may_write=access.may_read(desk.staff, pupil),
    )


@router.get("/pupils/{pupil_id}/family/add")
def prepare(desk: DeskDep, pupil_id: RowId) -> Response:
    pupil, _ = access.family_kept_by(desk.session, desk.staff, pupil_id)
    return _form(desk, pupil, Given(language=pupil.language))


@router.post("/pupils/{pupil_id}/family/add")
def add(desk: DeskDep, pupil_id: RowId, given: Annotated[GivenAnew, Form()]) -> Response:
    try:
        with desk.database.writing() as session:
            carers.add(session, desk.staff, pupil_id, _checked(desk, session, given), given.form_id)
    except Unfit as refusal:
        pupil, _ = access.family_kept_by(desk.session, desk.staff, pupil_id)
        return _form(desk, pupil, given, refusal)
    return go(f"/staff/pupils/{pupil_id}/family")


@router.get("/carers/{carer_id}")
def show(desk: DeskDep, catalog: CatalogDep, carer_id: RowId) -> Response:
    return _page_of(desk, catalog, carer_id)


@router.post("/carers/{carer_id}")
def change(desk: DeskDep, catalog: CatalogDep, carer_id: RowId, given: Annotated[Given, Form()]) -> Response:
    try:
        with desk.database.writing() as session:
            pupil_id = carers.change(session, desk.staff, carer_id, _checked(desk, session, given))
    except Unfit as refusal:
        return _page_of(desk, catalog, carer_id, refusal, given)
    return go(f"/staff/pupils/{pupil_id}/family")


@router.post("/carers/{carer_id}/wishes")
def note_wishes(desk: DeskDep, catalog: CatalogDep, carer_id: RowId, given: Annotated[Wished, Form()]) -> Response:
    try:
        wish = wishes.read(
            catalog.reaching,
            given.channel,
            given.hours,
            given.at_most,
            hears=given.hears,
            interpreter=given.interpreter,
        )
        with desk.database.writing() as session:
            pupil_id = wishes.set_by_staff(session, desk.staff, carer_id, wish)
    except Unfit as refusal:
        return _page_of(desk, catalog, carer_id, refusal)
    return go(f"/staff/pupils/{pupil_id}/family")


@router.post("/carers/{carer_id}/word")
def agree_word(
    desk: DeskDep, catalog: CatalogDep, carer_id: RowId, word: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    try:
        with desk.database.writing() as session:
            pupil_id = carers.agree_word(session, desk.staff, carer_id, word)
    except Unfit as refusal:
        return _page_of(desk, catalog, carer_id, refusal)
    return go(f"/staff/pupils/{pupil_id}/family")


@router.post("/carers/{carer_id}/place")
def put_in_place(desk: DeskDep, carer_id: RowId, place: Annotated[int, Form(ge=0, le=100)]) -> Response:
    with desk.database.writing() as session:
        pupil_id = carers.put_in_place(session, desk.staff, carer_id, place)
    return go(f"/staff/pupils/{pupil_id}/family")


@router.post("/carers/{carer_id}/decide")
def decide(desk: DeskDep, carer_id: RowId, agreed: Annotated[bool, Form()]) -> Response:
    with desk.database.writing() as session:
        pupil_id = carers.decide(session, desk.staff, carer_id, agreed=agreed)
    return go(f"/staff/pupils/{pupil_id}/family")


@router.post("/carers/{carer_id}/leave")
def leave(desk: DeskDep, carer_id: RowId) -> Response:
    with desk.database.writing() as session:
        pupil_id = carers.leave(session, desk.staff, carer_id)
    return go(f"/staff/pupils/{pupil_id}/family")


def _checked(desk: Desk, session: Session, given: Given) -> About:
    offered = {language.code for language in desk.pages.translators.offered}
    return carers.checked(
        session,
        desk.staff,
        offered,
        given.relation,
        given.language,
        phone=given.phone,
        email=given.email,
        lives_apart=given.lives_apart,
    )


def _form(desk: Desk, pupil: Pupil, given: Given, refusal: Unfit | None = None) -> Response:
    fault, status = (refusal.fault, refusal.status) if refusal else (None, 200)
    return desk.show("carer_new.html", status=status, pupil=pupil, given=given, fault=fault, carer=None)


def _page_of(
    desk: Desk, catalog: Catalog, carer_id: int, refusal: Unfit | None = None, given: Given | None = None
) -> Response:
    carer, pupil = access.carer_kept_by(desk.session, desk.staff, carer_id)
    return desk.show(
        "carer.html",
        status=refusal.status if refusal else 200,
        pupil=pupil,
        carer=carer,
        given=given or _as_given(desk, carer),
        wish=Wish.of(carer),
        reaching=catalog.reaching,
        fault=refusal.fault if refusal else None,
    )


def _as_given(desk: Desk, carer: Carer) -> Given:
    about = carer.model_dump(include={"relation", "language", "email", "lives_apart"})
    return Given(**about, phone=_telephone(desk)(carer.phone) if carer.phone else "")


def _telephone(desk: Desk) -> Callable[[str], str]:
    country = desk.session.get_one(School, desk.staff.school_id).country
    return partial(telephones.shown, country=country)
