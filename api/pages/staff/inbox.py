"""What waits to be read. The list renews itself on an open page; without scripts it is loaded again."""

import json
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from api.access import is_lead
from api.models import Role, now
from api.pages.doors import CatalogDep
from api.pages.staff.desk import Desk, DeskDep, PageNumber
from api.services.review import evaluation_data, inbox
from api.services.review.inbox import Wanted
from api.services.review.working_days import local_day

router = APIRouter(prefix="/inbox")
READERS: tuple[Role, ...] = ("trusted_adult", "safeguarding_lead")


def _wanted(mine: bool = False, page: PageNumber = 1, read: PageNumber = 1) -> Wanted:
    return Wanted(mine, page, read)


WantedDep = Annotated[Wanted, Depends(_wanted)]


@router.get("")
def list_inbox(desk: DeskDep, wanted: WantedDep) -> Response:
    desk.must_be(*READERS)
    return desk.show("inbox.html", "inbox", **_list(desk, wanted), is_lead=is_lead(desk.staff))


@router.get("/lines")
def show_lines(desk: DeskDep, wanted: WantedDep, known: str = "") -> Response:
    """The list alone, for an open page that has the version `known` already and asks again every few seconds."""
    desk.must_be(*READERS)
    found = _list(desk, wanted)
    if found["inbox"].version == known:
        return Response(status_code=204)
    return desk.pages.show("staff/inbox_lines.html", desk.translator, **found)


@router.get("/tag-reviews")
def take_out_tag_reviews(desk: DeskDep, catalog: CatalogDep) -> Response:
    """One JSON object a line: words without names, codes before and after, the verdict."""
    desk.must_be("safeguarding_lead")
    with desk.database.writing() as session:
        found = evaluation_data.take_out(session, desk.staff, catalog.taxonomy)
    lines = "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found)
    name = {"Content-Disposition": 'attachment; filename="tag-reviews.jsonl"'}
    return Response(lines, media_type="application/jsonl; charset=utf-8", headers=name)


def _list(desk: Desk, wanted: Wanted) -> dict[str, Any]:
    found = inbox.listed(desk.session, desk.staff, wanted, local_day(now()))
    return {"inbox": found, "wanted": wanted, "language": desk.language}
