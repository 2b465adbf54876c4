"""What an adult adds beside the words of one conversation."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api import access
from api.access import conversation_for_staff
from api.errors import NotFound
from api.machine_translation import MachineTranslation
from api.models import Verdict
from api.pages.doors import CatalogDep
from api.pages.staff.beside_words import marks_to_choose
from api.pages.staff.conversations import head_of
from api.pages.staff.desk import BEYOND_ANY_ROW, DeskDep, FormId, go
from api.services.review import expectations, reviewing, summaries, tag_reviews, translating
from api.services.review.tag_reviews import Judgement
from api.services.talk.words import LONGEST

router = APIRouter(prefix="/conversations/{conversation_id}")
Offset = Annotated[int, Form(ge=0, le=LONGEST)]
Code = Annotated[str, Form(max_length=40)]
TurnId = Annotated[str, Form(max_length=64)]
# what the page had marked as new, to be marked again, and the line to come back to
Since = Annotated[str, Form(pattern=r"^-?\d{0,9}$")]
LineName = Annotated[str, Form(pattern=r"^[\w-]{0,120}$")]


@router.post("/notes")
def add_note(
    desk: DeskDep,
    conversation_id: str,
    form_id: FormId,
    words: Annotated[str, Form(max_length=2 * LONGEST)] = "",
    since: Since = "",
) -> Response:
    reviewing.add_note(desk.session, desk.staff, conversation_id, words, form_id)
    return _back(conversation_id, since, "notes")


@router.post("/tags")
def judge_tag(
    desk: DeskDep,
    catalog: CatalogDep,
    conversation_id: str,
    form_id: FormId,
    turn: TurnId,
    start: Offset,
    end: Offset,
    code: Code,
    verdict: Annotated[Verdict, Form()],
    corrected_to: Code = "",
    since: Since = "",
    line: LineName = "",
) -> Response:
    given = Judgement(turn, start, end, code, verdict, corrected_to or None)
    tag_reviews.judge(desk.session, desk.staff, conversation_id, given, form_id, catalog.taxonomy)
    return _back(conversation_id, since, line)


@router.post("/interpreter")
def ask_for_interpreter(desk: DeskDep, conversation_id: str, since: Since = "") -> Response:
    reviewing.ask_for_interpreter(desk.session, desk.staff, conversation_id)
    return _back(conversation_id, since, "interpreter")


@router.post("/interpreter-came")
def interpreter_came(desk: DeskDep, conversation_id: str, since: Since = "") -> Response:
    reviewing.interpreter_came(desk.session, desk.staff, conversation_id)
    return _back(conversation_id, since, "interpreter")


@router.get("/assign")
def choose_reader(desk: DeskDep, conversation_id: str) -> Response:
    opened = conversation_for_staff(desk.session, desk.staff, conversation_id)
    if not reviewing.may_assign(desk.session, desk.staff, opened):
        raise NotFound
    review = access.review_of(desk.session, opened)
    return desk.show(
        "assign.html",
        "inbox",
        chosen=(review and review.assigned_to_id) or opened.adult.id,
        adult=opened.adult,
        colleagues=access.reviewers_for(desk.session, opened),
        **head_of(desk, opened),
    )


@router.post("/assign")
def assign(
    desk: DeskDep, conversation_id: str, to: Annotated[int | None, Form(ge=1, lt=BEYOND_ANY_ROW)] = None
) -> Response:
    reviewing.assign(desk.session, desk.staff, conversation_id, to)
    return go("/staff/inbox")


@router.get("/expect")
def ask_what_is_expected(desk: DeskDep, catalog: CatalogDep, conversation_id: str) -> Response:
    opened = conversation_for_staff(desk.session, desk.staff, conversation_id)
    if not expectations.may_expect(desk.session, desk.staff, opened):
        return go(f"/staff/conversations/{conversation_id}/summary")
    factors = marks_to_choose(desk, catalog.taxonomy, ("factors",))
    return desk.show("expect.html", "inbox", factors=factors, **head_of(desk, opened))


@router.post("/expect")
def expect(
    desk: DeskDep,
    catalog: CatalogDep,
    conversation_id: str,
    words: Annotated[str, Form(max_length=500)] = "",
    codes: Annotated[list[Code] | None, Form(max_length=60)] = None,
) -> Response:
    expectations.expect(desk.session, desk.staff, conversation_id, words, codes or (), catalog.taxonomy)
    return go(f"/staff/conversations/{conversation_id}/summary")


@router.get("/translation")
def show_translation(
    request: Request,
    desk: DeskDep,
    catalog: CatalogDep,
    conversation_id: str,
    turn: Annotated[str, Query(max_length=64)],
    start: Annotated[int, Query(ge=0, le=LONGEST)],
    end: Annotated[int, Query(ge=0, le=LONGEST)],
) -> Response:
    """Asks the machine anew each time: what it says is kept nowhere."""
    machine: MachineTranslation | None = request.app.state.machine_translation
    opened = conversation_for_staff(desk.session, desk.staff, conversation_id)
    if machine is None or not translating.may_translate(desk.session, opened, catalog.taxonomy):
        raise NotFound
    view = summaries.view(desk.session, opened, catalog.taxonomy)
    item = translating.line_at(view, turn, start, end)
    desk.notes("line_translated", "conversation", conversation_id, opened.pupil.id)
    desk.session.commit()  # nothing of the store is held while the machine thinks
    translated = translating.translated(machine, item, desk.translator.language.code)
    return desk.show("translation.html", "inbox", item=item, translated=translated, **head_of(desk, opened))


def _back(conversation_id: str, since: str, place: str) -> Response:
    query = f"?since={since}" if since.lstrip("-") else ""
    return go(f"/staff/conversations/{conversation_id}/summary{query}#{place}")
