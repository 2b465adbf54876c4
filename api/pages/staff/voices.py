"""All voices about one pupil beside each other, and over time. For staff: nothing here goes to a speaker."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Response

from api import access
from api.pages.doors import CatalogDep
from api.pages.staff.change_chart import chart_of
from api.pages.staff.desk import Desk, DeskDep, FormId, RowId, go
from api.services.catalog import Taxonomy
from api.services.insight import adult_views, changes, voices

router = APIRouter(prefix="/pupils/{pupil_id}")
Codes = Annotated[list[str], Form(default_factory=list, max_length=40)]
Line = Annotated[str, Form(max_length=300)]


@router.get("/voices")
def show_voices(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId) -> Response:
    desk.must_be("trusted_adult", "safeguarding_lead", "attendance_lead")
    drawn = voices.drawn(desk.session, desk.staff, pupil_id, catalog.taxonomy)
    desk.notes("voices_read", "pupil", pupil_id, pupil_id)
    return desk.show(
        "voices.html",
        pupil=drawn.pupil,
        map=drawn,
        may_write=access.may_read(desk.staff, drawn.pupil),
        mine=next((view for view, adult in drawn.views if adult.id == desk.staff.id), None),
        factors=_by_domain(catalog.taxonomy),
        **_names(desk, catalog.taxonomy),
    )


@router.get("/voices/changes")
def show_changes(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId) -> Response:
    desk.must_be("trusted_adult", "safeguarding_lead", "attendance_lead")
    pupil = access.pupil_for(desk.session, desk.staff, pupil_id)
    heard = voices.heard(desk.session, desk.staff, pupil_id, catalog.taxonomy)
    desk.notes("voices_read", "pupil", pupil_id, pupil_id)
    return desk.show(
        "voices_changes.html",
        pupil=pupil,
        courses=changes.courses(heard, catalog.taxonomy),
        chart_of=lambda course: chart_of(course, desk.translator.language.direction),
        **_names(desk, catalog.taxonomy),
    )


@router.post("/voices/own-view")
def write_view(
    desk: DeskDep,
    catalog: CatalogDep,
    pupil_id: RowId,
    form_id: FormId,
    codes: Codes,
    words: Line = "",
) -> Response:
    desk.must_be("trusted_adult", "safeguarding_lead")
    adult_views.write(desk.session, desk.staff, pupil_id, codes, words, form_id, catalog.taxonomy)
    return go(f"/staff/pupils/{pupil_id}/voices")


def _names(desk: Desk, taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "factor": lambda code: desk.translator.pgettext("factor", taxonomy.labels[code]),
        "domain": lambda code: desk.translator.pgettext("domain", taxonomy.labels[code]),
    }


def _by_domain(taxonomy: Taxonomy) -> dict[str, list[str]]:
    factors = [code for code, kind in taxonomy.kinds.items() if kind == "factors"]
    return {domain: [code for code in factors if taxonomy.domain([code]) == domain] for domain in taxonomy.domains}
