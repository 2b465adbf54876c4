"""Documents of one conversation, to print, to send and to keep. Each that leaves is noted in the audit trail."""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from api import documents
from api.access import Opened, conversation_for_staff, conversation_held_by, summary_for_staff
from api.i18n import Translator
from api.models import now
from api.pages.doors import CatalogDep
from api.pages.staff.desk import Desk, DeskDep
from api.services.replies import copies
from api.services.review import exports
from api.services.review.working_days import local_day

router = APIRouter()
Format = Literal["pdf", "docx"]
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
MAKERS: dict[str, Callable[..., bytes]] = {"pdf": documents.pdf, "docx": documents.docx}


@router.get("/conversations/{conversation_id}/summary.json")
def save_summary_as_json(desk: DeskDep, catalog: CatalogDep, conversation_id: str) -> Response:
    opened = summary_for_staff(desk.session, desk.staff, conversation_id)
    export = exports.summary(desk.session, opened, catalog.taxonomy)
    _note(desk, opened, "summary", "json")
    return JSONResponse(exports.as_json(export), headers=attached("summary", conversation_id, "json"))


@router.get("/conversations/{conversation_id}/summary.{form}")
def save_summary(
    desk: DeskDep, catalog: CatalogDep, conversation_id: str, form: Format, language: str = ""
) -> Response:
    opened = summary_for_staff(desk.session, desk.staff, conversation_id)
    export = exports.summary(desk.session, opened, catalog.taxonomy)
    return _saved(desk, opened, "summary", form, export, _speaks(desk, language))


@router.get("/conversations/{conversation_id}/record.{form}")
def save_record(desk: DeskDep, conversation_id: str, form: Format, language: str = "") -> Response:
    opened = conversation_for_staff(desk.session, desk.staff, conversation_id)
    export = exports.record(desk.session, opened)
    return _saved(desk, opened, "record", form, export, _speaks(desk, language))


@router.get("/conversations/{conversation_id}/copy.{form}")
def save_copy(desk: DeskDep, catalog: CatalogDep, conversation_id: str, form: Format, language: str = "") -> Response:
    """For the pupil or the family to keep: their own lines without those for one adult, in their language."""
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    theirs = desk.pages.translators[opened.conversation.language]
    translator = _speaks(desk, language) if language else theirs
    content = copies.copy_of(desk.session, opened, catalog.promises, translator)
    return _saved(desk, opened, "copy", form, content, translator)


def attached(what: str, conversation_id: str, form: str) -> dict[str, str]:
    """Headers of a file to save. Its name holds no name of a person: lists of downloads are seen by others."""
    day = local_day(now()).isoformat()
    return {"Content-Disposition": f'attachment; filename="{what}-{day}-{conversation_id[:8]}.{form}"'}


def _saved(
    desk: Desk, opened: Opened, what: documents.Kind, form: Format, content: object, translator: Translator
) -> Response:
    made = MAKERS[form](what, content, translator, desk.staff.name)
    _note(desk, opened, what, form)
    tongue = {"Content-Language": translator.language.tag}
    return Response(made, media_type=MEDIA[form], headers={**attached(what, opened.conversation.id, form), **tongue})


def _speaks(desk: Desk, language: str) -> Translator:
    """The reader's own language unless they chose another."""
    if not language:
        return desk.translator
    return desk.pages.translators[desk.offered(language)]


def _note(desk: Desk, opened: Opened, what: str, form: str) -> None:
    desk.notes(f"{what}_exported", "conversation", opened.conversation.id, opened.pupil.id, format=form)
