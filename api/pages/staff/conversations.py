from typing import Annotated, Any

from fastapi import APIRouter, Form, Response

from api.access import Opened, conversation_for_staff, may_read, pupil_for, summary_for_staff
from api.errors import Malformed, NotAllowed
from api.pages.doors import CatalogDep
from api.pages.staff.desk import Desk, DeskDep, RowId, go
from api.pages.staff.summary_sheet import sheet_of
from api.pages.staff.transcript_steps import steps_of
from api.services import alerts, conversations, summaries, transcript

router = APIRouter()
Code = Annotated[str, Form(max_length=16)]
Name = Annotated[str, Form(max_length=40)]
Note = Annotated[str, Form(max_length=200)]


@router.get("/pupils/{pupil_id}/start")
def prepare(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId) -> Response:
    pupil = pupil_for(desk.session, desk.staff, pupil_id)
    if not may_read(desk.staff, pupil):
        raise NotAllowed
    return desk.show(
        "start.html",
        pupil=pupil,
        language=pupil.language,
        guides=desk.named("guide", catalog.guides_for("pupil")),
        patterns=desk.named("pattern", catalog.patterns),
    )


@router.post("/pupils/{pupil_id}/conversations")
def start(
    desk: DeskDep,
    catalog: CatalogDep,
    pupil_id: RowId,
    language: Code,
    present: Note,
    place: Note,
    guide: Name = "pupil",
    pattern: Name = "",
) -> Response:
    if guide not in catalog.guides_for("pupil") or pattern not in {"", *catalog.patterns}:
        raise Malformed
    spoken = desk.offered(language)
    started = conversations.start(
        desk.session, desk.staff, pupil_id, "pupil", spoken, present, place, guide=guide, pattern=pattern or None
    )
    return go(f"/staff/conversations/{started.id}/hand-over")


@router.get("/conversations/{conversation_id}")
def show_transcript(desk: DeskDep, conversation_id: str) -> Response:
    opened = conversation_for_staff(desk.session, desk.staff, conversation_id)
    steps = steps_of(transcript.page(desk.session, opened))
    return desk.show("conversation.html", steps=steps, view="transcript", **_head(desk, opened))


@router.get("/conversations/{conversation_id}/summary")
def show_summary(desk: DeskDep, catalog: CatalogDep, conversation_id: str) -> Response:
    opened = summary_for_staff(desk.session, desk.staff, conversation_id)
    taxonomy = catalog.taxonomy
    return desk.show(
        "summary.html",
        sheet=sheet_of(summaries.view(desk.session, opened, taxonomy), taxonomy.kinds),
        factor=lambda code: desk.translator.pgettext("factor", taxonomy.labels[code]),
        domain=lambda code: desk.translator.pgettext("domain", taxonomy.labels[code]),
        view="summary",
        **_head(desk, opened),
    )


@router.post("/conversations/{conversation_id}/read")
def mark_read(desk: DeskDep, conversation_id: str) -> Response:
    conversations.mark_read(desk.session, desk.staff, conversation_id)
    return go(f"/staff/conversations/{conversation_id}/summary")


@router.post("/conversations/{conversation_id}/person-came")
def person_came(desk: DeskDep, conversation_id: str) -> Response:
    conversations.person_came(desk.session, desk.staff, conversation_id)
    return go(f"/staff/conversations/{conversation_id}/summary")


def _head(desk: Desk, opened: Opened) -> dict[str, Any]:
    here = opened.conversation.id
    return {
        "opened": opened,
        "conversation": opened.conversation,
        "pupil": opened.pupil,
        "language": desk.language(opened.conversation.language),
        "alerts": [alert for alert in alerts.listed(desk.session, desk.staff) if alert.conversation == here],
    }
