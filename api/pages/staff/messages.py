"""Messages to families: what waits and why, what went out, what did not arrive and what can be done about it.
Administrators see whether each way of sending works, and no family.
"""

from datetime import time
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from api.errors import NotToBeReached, Unfit
from api.models import Role, School, Sendable, now
from api.pages.doors import CatalogDep
from api.pages.staff.desk import Desk, DeskDep, FormId, PageNumber, RowId, go
from api.services.catalog import Catalog
from api.services.reaching import school_hours, unsent
from api.services.reaching.school_hours import SchoolHours

router = APIRouter(prefix="/messages")
WORK_WITH_FAMILIES: tuple[Role, ...] = ("trusted_adult", "safeguarding_lead", "attendance_lead")
A_PAGE = 25


class Asked(BaseModel):
    form_id: FormId


class Otherwise(Asked):
    way: Sendable


class Hours(Asked):
    quiet_from: time
    quiet_until: time
    answer_within: int

    def wanted(self) -> SchoolHours:
        return SchoolHours(self.quiet_from, self.quiet_until, self.answer_within)


@router.get("")
def show(desk: DeskDep, catalog: CatalogDep, sent: bool = False, page: PageNumber = 1) -> Response:
    return _show(desk, catalog, sent=sent, page=page)


@router.post("/{delivery_id}/again")
def try_again(desk: DeskDep, catalog: CatalogDep, delivery_id: RowId, form: Annotated[Asked, Form()]) -> Response:  # noqa: ARG001
    desk.must_be(*WORK_WITH_FAMILIES)
    try:
        unsent.try_again(desk.session, desk.staff, delivery_id, _secret(desk.request), now())
    except (NotToBeReached, Unfit) as refusal:
        return _show(desk, catalog, refusal, delivery_id)
    return go("/staff/messages")


@router.post("/{delivery_id}/otherwise")
def by_another_way(
    desk: DeskDep, catalog: CatalogDep, delivery_id: RowId, form: Annotated[Otherwise, Form()]
) -> Response:
    desk.must_be(*WORK_WITH_FAMILIES)
    try:
        unsent.by_another_way(desk.session, desk.staff, delivery_id, form.way, _secret(desk.request), now())
    except (NotToBeReached, Unfit) as refusal:
        return _show(desk, catalog, refusal, delivery_id)
    return go("/staff/messages")


@router.post("/{delivery_id}/settled")
def settle(desk: DeskDep, delivery_id: RowId, form: Annotated[Asked, Form()]) -> Response:  # noqa: ARG001
    desk.must_be(*WORK_WITH_FAMILIES)
    unsent.settle(desk.session, desk.staff, delivery_id, now())
    return go("/staff/messages")


@router.post("/hours")
def change_hours(desk: DeskDep, catalog: CatalogDep, form: Annotated[Hours, Form()]) -> Response:
    desk.must_be("administrator")
    try:
        school_hours.change(desk.session, desk.staff, form.wanted())
    except Unfit as refusal:
        return _show(desk, catalog, refusal, hours=form.wanted())
    return go("/staff/messages")


def _show(
    desk: Desk,
    catalog: Catalog,
    refusal: NotToBeReached | Unfit | None = None,
    at_fault: int = 0,
    *,
    sent: bool = False,
    page: int = 1,
    hours: SchoolHours | None = None,
) -> Response:
    with_families = desk.staff.role in WORK_WITH_FAMILIES
    found = _listed(desk, catalog, sent=sent, page=page) if with_families else []
    return desk.show(
        "messages.html",
        "messages",
        422 if refusal else 200,
        found=found[:A_PAGE],
        more=len(found) > A_PAGE,
        sent=sent,
        page=page,
        services=unsent.services(desk.session, desk.staff.school_id, _available(desk)),
        hours=hours or SchoolHours.of(desk.session.get_one(School, desk.staff.school_id)),
        with_families=with_families,
        fault=refusal.fault if refusal else None,
        at_fault=at_fault,
    )


def _listed(desk: Desk, catalog: Catalog, *, sent: bool, page: int) -> list[unsent.Standing]:
    """One more than a page holds, where there are more."""
    return unsent.listed(
        desk.session,
        desk.staff,
        catalog.reaching.hours,
        _available(desk),
        now(),
        is_open=not sent,
        offset=(page - 1) * A_PAGE,
        limit=A_PAGE + 1,
    )


def _available(desk: Desk) -> frozenset[Sendable]:
    ways: frozenset[Sendable] = desk.request.app.state.ways
    return ways


def _secret(request: Request) -> str:
    secret: str = request.app.state.settings.secret.get_secret_value()
    return secret
