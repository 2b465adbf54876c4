"""The pupil's tablet. Nothing here leads to a page of the staff, but the adult's PIN."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import Opened, conversation_on_tablet
from api.database import Database
from api.errors import Refusal, TooManyAttempts, WrongCode, WrongPin
from api.pages.answered_back import AnsweredBack, Seen, way_in
from api.pages.display import look_of
from api.pages.doors import (
    AddressDep,
    CatalogDep,
    DatabaseDep,
    SaidDep,
    SessionDep,
    SettingsDep,
    TabletDep,
    TurnsDep,
    forget_tablet,
    keep_tablet,
)
from api.pages.rendering import Pages, PagesDep, translator_for
from api.pages.speaking import Talk
from api.services.talk import hand_overs

router = APIRouter(prefix="/pupil", include_in_schema=False)
HOME, TALK = "/pupil", "/pupil/talk"


async def talk_on_tablet(
    request: Request, opened: TabletDep, pages: PagesDep, database: DatabaseDep, turns: TurnsDep
) -> Talk:
    return Talk(request, opened, pages, database, turns, door="pupil", address=TALK)


def answered_back_on_tablet(
    request: Request, opened: TabletDep, session: SessionDep, pages: PagesDep, catalog: CatalogDep
) -> AnsweredBack:
    return AnsweredBack(request, session, opened, pages, catalog, door="pupil", home=HOME)


TalkDep = Annotated[Talk, Depends(talk_on_tablet)]
AnsweredBackDep = Annotated[AnsweredBack, Depends(answered_back_on_tablet)]
Typed = Annotated[str, Form(max_length=32)]


@router.get("")
def arrive(opened: TabletDep, session: SessionDep) -> Response:
    return way_in(session, opened, HOME)


@router.get("/code")
def ask_for_code(request: Request, pages: PagesDep, language: str | None = None) -> Response:
    return _code_page(request, pages, language)


@router.post("/code")
def take_code(
    request: Request,
    pages: PagesDep,
    session: SessionDep,
    settings: SettingsDep,
    address: AddressDep,
    database: DatabaseDep,
    code: Typed = "",
    language: Typed = "",
) -> Response:
    try:
        token = hand_overs.with_code(session, code.replace(" ", ""), address)
    except (WrongCode, TooManyAttempts) as refusal:
        return _code_page(request, pages, language, refusal)
    response = _way_in_of(database, token)
    keep_tablet(response, token, settings)
    return response


@router.get("/talk")
async def talk(talk: TalkDep) -> Response:
    return await talk.show()


@router.post("/talk/open")
async def open_talk(talk: TalkDep) -> Response:
    return await talk.open()


@router.post("/talk/turn")
async def take_turn(talk: TalkDep, said: SaidDep) -> Response:
    return await talk.take(said)


@router.post("/talk/language")
async def change_language(talk: TalkDep, language: Typed = "", turn: Typed = "") -> Response:
    return await talk.change_language(language, turn or None)


@router.get("/talk/news")
async def news(talk: TalkDep, after: int = -1) -> Response:
    return await talk.news(after)


@router.get("/talk/said")
async def what_was_said(talk: TalkDep) -> Response:
    return await talk.said()


@router.get("/answers")
def what_was_promised(answered: AnsweredBackDep) -> Response:
    return answered.show()


@router.post("/answers")
def answers_were_seen(answered: AnsweredBackDep, shown: Seen = ()) -> Response:
    return answered.seen(shown)


@router.get("/copy")
def copy_of_words(answered: AnsweredBackDep) -> Response:
    return answered.copy()


@router.get("/leave")
def ask_for_pin(request: Request, opened: TabletDep, pages: PagesDep) -> Response:
    return _leave_page(request, pages, opened)


@router.post("/leave")
def leave(
    request: Request, opened: TabletDep, pages: PagesDep, session: SessionDep, address: AddressDep, pin: Typed = ""
) -> Response:
    try:
        hand_overs.leave(session, opened, pin, address)
    except (WrongPin, TooManyAttempts) as refusal:
        return _leave_page(request, pages, opened, refusal)
    response = RedirectResponse("/staff/sign-in", 303)
    forget_tablet(response)
    return response


def _way_in_of(database: Database, token: str) -> RedirectResponse:
    """The request came in by no door yet: the number itself opened it."""
    with database.reading() as session:
        return way_in(session, conversation_on_tablet(session, token), HOME)


def _code_page(request: Request, pages: PagesDep, language: str | None, refusal: Refusal | None = None) -> Response:
    translator = translator_for(request, chosen=language)
    status, error = (refusal.status, refusal.code) if refusal else (200, None)
    return pages.show("pupil/code.html", translator, status, door="pupil", error=error)


def _leave_page(request: Request, pages: Pages, opened: Opened, refusal: Refusal | None = None) -> Response:
    translator = translator_for(request, chosen=opened.conversation.language)
    status, error = (refusal.status, refusal.code) if refusal else (200, None)
    look = look_of(opened, HOME, "leave")
    return pages.show("pupil/leave.html", translator, status, door="pupil", look=look, error=error)
