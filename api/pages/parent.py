"""The parent's link: the language first, then the same conversation whenever they come back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.errors import UnknownLanguage
from api.pages.answered_back import AnsweredBack, Seen, way_in
from api.pages.doors import CatalogDep, DatabaseDep, ParentDep, SaidDep, SessionDep, TurnsDep
from api.pages.rendering import PagesDep, translator_for
from api.pages.speaking import Talk
from api.services.talk import parent_links

router = APIRouter(prefix="/parent/{token}", include_in_schema=False)


async def talk_by_link(
    token: str, request: Request, opened: ParentDep, pages: PagesDep, database: DatabaseDep, turns: TurnsDep
) -> Talk:
    return Talk(request, opened, pages, database, turns, door="parent", address=f"/parent/{token}/talk")


def answered_back_by_link(
    token: str, request: Request, opened: ParentDep, session: SessionDep, pages: PagesDep, catalog: CatalogDep
) -> AnsweredBack:
    return AnsweredBack(request, session, opened, pages, catalog, door="parent", home=f"/parent/{token}")


TalkDep = Annotated[Talk, Depends(talk_by_link)]
AnsweredBackDep = Annotated[AnsweredBack, Depends(answered_back_by_link)]
Typed = Annotated[str, Form(max_length=64)]


@router.get("")
def arrive(token: str, request: Request, opened: ParentDep, pages: PagesDep, session: SessionDep) -> Response:
    if opened.link and opened.link.language_chosen_at:
        return way_in(session, opened, f"/parent/{token}")
    translator = translator_for(request, recorded=opened.conversation.language)
    address, translators = f"/parent/{token}", pages.translators
    return pages.show("parent/language.html", translator, door="parent", address=address, translators=translators)


@router.post("/language")
def choose_language(
    token: str, opened: ParentDep, pages: PagesDep, session: SessionDep, language: Typed = ""
) -> Response:
    if pages.translators.find(language) is None:
        raise UnknownLanguage
    parent_links.choose_language(session, opened, language)
    return way_in(session, opened, f"/parent/{token}")


@router.get("/talk")
async def talk(token: str, talk: TalkDep) -> Response:
    link = talk.opened.link
    if link and link.language_chosen_at is None:
        return RedirectResponse(f"/parent/{token}", 303)
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
