"""Themes over many pupils, for those who lead the school: counts, and nobody singled out by one."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.errors import NotFound
from api.models import Audience, now
from api.pages.doors import CatalogDep
from api.pages.staff.desk import Desk, DeskDep
from api.services.catalog import Catalog
from api.services.insight import themes
from api.services.insight.terms import Term, begun_by
from api.services.insight.themes import Themes
from api.services.insight.themes_table import as_csv

router = APIRouter()
Code = Annotated[str, Query(max_length=20)]


@router.get("/themes")
def show_themes(desk: DeskDep, catalog: CatalogDep, term: Code = "", voice: Audience = "pupil") -> Response:
    found = _themes(desk, catalog, term, voice)
    desk.notes("themes_read", "themes", found.term.code, voice=voice)
    return desk.show(
        "themes.html",
        "themes",
        themes=found,
        terms=_terms(),
        factor=lambda code: desk.translator.pgettext("factor", catalog.taxonomy.labels[code]),
        language=desk.language,
    )


@router.get("/themes.csv")
def save_as_table(desk: DeskDep, catalog: CatalogDep, term: Code = "", voice: Audience = "pupil") -> Response:
    found = _themes(desk, catalog, term, voice)
    desk.notes("themes_exported", "themes", found.term.code, voice=voice)
    header = {"Content-Disposition": f'attachment; filename="themes-{found.term.code}-{voice}.csv"'}
    return Response(as_csv(found), media_type="text/csv; charset=utf-8", headers=header)


def _themes(desk: Desk, catalog: Catalog, code: str, voice: Audience) -> Themes:
    desk.must_be("attendance_lead", "safeguarding_lead")
    term = next((each for each in _terms() if code in ("", each.code)), None)
    if term is None:
        raise NotFound
    with desk.database.reading() as session:  # the product's own: the reader gets counts of what they may not read
        return themes.over(session, desk.staff, voice, term, catalog.taxonomy)


def _terms() -> list[Term]:
    return begun_by(now().date())
