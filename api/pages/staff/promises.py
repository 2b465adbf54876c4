"""What adults promised in reply to somebody's words, and what became of it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel

from api.access import Opened, conversation_held_by, count_promises_for_staff, may_read, summary_for_staff
from api.errors import Malformed
from api.guards import SAFE_METHODS
from api.models import Outcome, Role
from api.pages.doors import CatalogDep
from api.pages.staff.desk import Desk, DeskDep, FormId, PageNumber, RowId, go
from api.services import audit
from api.services.catalog import Catalog
from api.services.replies import copies, promises
from api.services.replies.promises import Answer, Draft, Fault, Kept
from api.services.review.working_days import calendar_of
from api.services.talk import readback

router = APIRouter()
READERS: tuple[Role, ...] = promises.OWNERS
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
A_PAGE = 25
LINE = re.compile(r"^([\w-]{1,64}):(\d{1,5}):(\d{1,5})$")


class NewPromise(BaseModel):
    """As it comes from the form; a day that cannot be read is no day, so that nothing that was written is lost."""

    form_id: FormId
    kind: str
    owner: int
    due_on: str = ""
    words: str = ""
    language: str
    line: str = ""

    def draft(self) -> Draft:
        return Draft(self.kind, self.owner, _day(self.due_on), self.words, self.language, _line(self.line))


class GivenAnswer(BaseModel):
    version: int
    outcome: Outcome
    words: str = ""
    language: str

    def answer(self) -> Answer:
        return Answer(self.outcome, self.words, self.language)


@router.get("/promises")
def list_promises(desk: DeskDep, catalog: CatalogDep, whose: str = "mine", page: PageNumber = 1) -> Response:
    desk.must_be(*READERS)
    mine = whose != "all"
    offset = (page - 1) * A_PAGE
    kept = promises.listed(desk.session, desk.staff, mine=mine, offset=offset, limit=A_PAGE)
    more = count_promises_for_staff(desk.session, desk.staff, mine=mine) > offset + A_PAGE
    named = _names(desk, catalog)
    return desk.show("promises.html", "promises", kept=kept, mine=mine, page=page, more=more, **named)


@router.get("/promises/{promise_id}")
def show_promise(desk: DeskDep, catalog: CatalogDep, promise_id: RowId) -> Response:
    desk.must_be(*READERS)
    return _promise_page(desk, catalog, promise_id)


@router.post("/promises/{promise_id}/answer")
def answer_promise(
    desk: DeskDep, catalog: CatalogDep, promise_id: RowId, form: Annotated[GivenAnswer, Form()]
) -> Response:
    """Of two people who answer at once the second sees what the first wrote, with their own words kept in the form."""
    desk.must_be(*READERS)
    desk.offered(form.language)
    given = form.answer()
    fault: str | None = promises.fault_in_answer(given)
    if fault is None:
        if promises.answer(desk.session, desk.staff, promise_id, form.version, given):
            return go(f"/staff/promises/{promise_id}")
        desk.session.rollback()
        fault = "outdated"
    return _promise_page(desk, catalog, promise_id, 409 if fault == "outdated" else 422, given=given, fault=fault)


@router.get("/conversations/{conversation_id}/promise")
def prepare(desk: DeskDep, catalog: CatalogDep, conversation_id: str, line: str = "") -> Response:
    desk.must_be(*READERS)
    opened = summary_for_staff(desk.session, desk.staff, conversation_id)
    due_on = promises.usual_day(calendar_of(desk.session, desk.staff)).isoformat()
    empty = {"form_id": "", "kind": "", "words": "", "language": desk.translator.language.code}
    return _new_page(desk, catalog, opened, {**empty, "owner": desk.staff.id, "due_on": due_on, "line": line})


@router.post("/conversations/{conversation_id}/promises")
def make(desk: DeskDep, catalog: CatalogDep, conversation_id: str, form: Annotated[NewPromise, Form()]) -> Response:
    desk.must_be(*READERS)
    opened = summary_for_staff(desk.session, desk.staff, conversation_id)
    desk.offered(form.language)
    if form.kind not in catalog.promises.kinds:
        raise Malformed
    if fault := promises.fault_in(form.draft()):
        return _new_page(desk, catalog, opened, form.model_dump(), fault)
    promise = promises.make(desk.session, desk.staff, opened, form.draft(), form.form_id)
    return go(f"/staff/conversations/{conversation_id}/summary#promise-{promise.id}")


@router.get("/conversations/{conversation_id}/copy")
def show_copy(desk: DeskDep, catalog: CatalogDep, conversation_id: str) -> Response:
    """To print for them: in their language, not in that of the staff."""
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    desk.notes("copy_opened", "conversation", conversation_id, opened.pupil.id)
    translator = desk.pages.translators[opened.conversation.language]
    copy = copies.copy_of(desk.session, opened, catalog.promises, translator)
    back = f"/staff/conversations/{conversation_id}/summary"
    return desk.pages.show("speaking/copy.html", translator, copy=copy, back=back, door=copy.audience)


def promises_on(desk: Desk, catalog: Catalog, opened: Opened) -> dict[str, Any]:
    """For `staff/promises_of.html` on the page of a conversation: what was promised to the one who speaks in it."""
    return {"kept": promises.to_voice_of(desk.session, desk.staff, opened), **_names(desk, catalog)}


def promises_about(desk: Desk, catalog: Catalog, pupil_id: int) -> dict[str, Any]:
    """For `staff/promises_about.html` on the page of a pupil."""
    kept: Sequence[Kept] = []
    if desk.staff.role in READERS:
        kept = promises.about_pupil(desk.session, desk.staff, pupil_id)
    return {"kept": kept, **_names(desk, catalog)}


def _promise_page(desk: Desk, catalog: Catalog, promise_id: int, status: int = 200, **form: Any) -> Response:
    kept = promises.one(desk.session, desk.staff, promise_id)
    _note_reading(desk, "promise_read", "promise", promise_id, kept.promise.pupil_id)
    may_hand_over = kept.pupil is not None and may_read(desk.staff, kept.pupil)
    return desk.show(
        "promise.html",
        "promises",
        status,
        each=kept,
        given=form.get("given"),
        fault=form.get("fault"),
        outcomes=OUTCOMES,
        longest=promises.LONGEST_WORDS,
        may_hand_over=may_hand_over,
        **_names(desk, catalog),
    )


def _new_page(
    desk: Desk, catalog: Catalog, opened: Opened, form: dict[str, Any], fault: Fault | None = None
) -> Response:
    lines = [each for each in readback.lines(desk.session, opened) if each.quote and not each.left_out]
    _note_reading(desk, "summary_read", "conversation", opened.conversation.id, opened.pupil.id)
    return desk.show(
        "promise_new.html",
        status=422 if fault else 200,
        conversation=opened.conversation,
        pupil=opened.pupil,
        lines=[each for each in lines if opened.reader == "staff" or not each.for_adult_only],
        kinds=list(catalog.promises.kinds),
        owners=promises.owners(desk.session, desk.staff),
        first_day=promises.today(),
        last_day=promises.today() + promises.LATEST,
        longest=promises.LONGEST_WORDS,
        form=form,
        fault=fault,
        **_names(desk, catalog),
    )


def _note_reading(desk: Desk, act: str, about: str, about_id: object, pupil_id: int) -> None:
    """A form that comes back holds the store already, and another transaction would wait for it for ever."""
    if desk.request.method in SAFE_METHODS:
        desk.notes(act, about, about_id, pupil_id)
        return
    audit.record(desk.session, desk.staff, act, about, about_id, pupil_id=pupil_id)
    desk.session.commit()


def _names(desk: Desk, catalog: Catalog) -> dict[str, Any]:
    return {"kind_name": lambda kind: catalog.promises.for_staff(kind, desk.translator)}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _line(text: str) -> tuple[str, int, int] | None:
    if not text:
        return None
    found = LINE.match(text)
    if found is None:
        raise Malformed
    return found[1], int(found[2]), int(found[3])
