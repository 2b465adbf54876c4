from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from pydantic import BaseModel, Field

from api.access import Opened, conversation_for_staff, may_read, pupil_for, summary_for_staff
from api.errors import Malformed, NotAllowed, Unfit
from api.models import Pupil
from api.pages.doors import CatalogDep, SettingsDep
from api.pages.staff.beside_words import beside_words
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep, RowId, go
from api.pages.staff.promises import promises_on
from api.pages.staff.transcript_steps import steps_of
from api.services.catalog import Catalog
from api.services.review import reviewing
from api.services.rhythm import fatigue, starting
from api.services.safeguarding import alerts
from api.services.talk import conversations, transcript
from api.services.talk.conversations import Plan

router = APIRouter()
LONGEST_CODE = 40  # of a guide, a pattern or a reason
MaybeRow = Annotated[int, Query(ge=0, lt=BEYOND_ANY_ROW)]
Since = Annotated[int | None, Query(ge=-1, lt=BEYOND_ANY_ROW)]
Seen = Annotated[int | None, Form(ge=0, lt=BEYOND_ANY_ROW)]


class NewTalk(BaseModel):
    """As it comes from the form. `contact`: the planned contact that it comes from, 0 for none; `reason`: what an adult
    goes on for when the pupil has had enough.
    """

    language: str = Field(max_length=16)
    present: str = Field(max_length=200)
    place: str = Field(max_length=200)
    guide: str = Field(default="pupil", max_length=LONGEST_CODE)
    pattern: str = Field(default="", max_length=LONGEST_CODE)
    reason: str = Field(default="", max_length=LONGEST_CODE)
    contact: int = Field(default=0, ge=0, lt=BEYOND_ANY_ROW)


@router.get("/pupils/{pupil_id}/start")
def prepare(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId, guide: str = "", contact: MaybeRow = 0) -> Response:
    pupil = pupil_for(desk.session, desk.staff, pupil_id)
    if not may_read(desk.staff, pupil):
        raise NotAllowed
    name = desk.staff.name
    usual = NewTalk(language=pupil.language, present=name, place="", guide=guide[:LONGEST_CODE], contact=contact)
    return _start_page(desk, catalog, pupil, usual)


@router.post("/pupils/{pupil_id}/conversations")
def start(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId, form: Annotated[NewTalk, Form()]) -> Response:
    if form.guide not in catalog.guides_for("pupil") or form.pattern not in {"", *catalog.patterns}:
        raise Malformed
    plan = Plan("pupil", desk.offered(form.language), form.guide, form.pattern or None, form.present, form.place)
    try:
        started = starting.with_pupil(desk.session, desk.staff, pupil_id, plan, form.reason, form.contact or None)
    except Unfit as refusal:
        return _start_page(desk, catalog, pupil_for(desk.session, desk.staff, pupil_id), form, refusal)
    return go(f"/staff/conversations/{started.id}/hand-over")


@router.get("/conversations/{conversation_id}")
def show_transcript(desk: DeskDep, conversation_id: str) -> Response:
    opened = conversation_for_staff(desk.session, desk.staff, conversation_id)
    desk.notes("conversation_read", "conversation", conversation_id, opened.pupil.id)
    steps = steps_of(transcript.page(desk.session, opened))
    return desk.show("conversation.html", steps=steps, view="transcript", **head_of(desk, opened))


@router.get("/conversations/{conversation_id}/summary")
def show_summary(
    desk: DeskDep, catalog: CatalogDep, settings: SettingsDep, conversation_id: str, since: Since = None
) -> Response:
    """`since`: ordinal up to which the reader had seen the words when they came; a form on the page brings it back, so
    that what is new stays marked.
    """
    with desk.database.writing() as session:
        seen = reviewing.open_summary(session, desk.staff, conversation_id)
    opened = summary_for_staff(desk.session, desk.staff, conversation_id)
    beside = beside_words(desk, opened, catalog.taxonomy, seen if since is None else since)
    machine = bool(settings.translate_url)
    promised = promises_on(desk, catalog, opened)
    about = {**vars(beside), **head_of(desk, opened)}
    return desk.show("summary.html", view="summary", machine=machine, promised=promised, **about)


@router.post("/conversations/{conversation_id}/read")
def mark_read(desk: DeskDep, conversation_id: str, until: Seen = None) -> Response:
    reviewing.mark_read(desk.session, desk.staff, conversation_id, until)
    return go(f"/staff/conversations/{conversation_id}/summary")


@router.post("/conversations/{conversation_id}/person-came")
def person_came(desk: DeskDep, conversation_id: str) -> Response:
    conversations.person_came(desk.session, desk.staff, conversation_id)
    return go(f"/staff/conversations/{conversation_id}/summary")


def head_of(desk: Desk, opened: Opened) -> dict[str, Any]:
    """What stands on top of every page of one conversation."""
    here = opened.conversation.id
    return {
        "opened": opened,
        "conversation": opened.conversation,
        "pupil": opened.pupil,
        "language": desk.language(opened.conversation.language),
        "alerts": [alert for alert in alerts.listed(desk.session, desk.staff) if alert.conversation == here],
    }


def _start_page(desk: Desk, catalog: Catalog, pupil: Pupil, form: NewTalk, refusal: Unfit | None = None) -> Response:
    return desk.show(
        "start.html",
        status=refusal.status if refusal else 200,
        pupil=pupil,
        form=form,
        fault=refusal.fault if refusal else None,
        lately=fatigue.lately(desk.session, desk.staff, pupil),
        reasons=fatigue.REASONS,
        guides=desk.named("guide", catalog.guides_for("pupil")),
        patterns=desk.named("pattern", catalog.patterns),
    )
