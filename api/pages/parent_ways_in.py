"""Before a parent's conversation opens: the code of a letter, typed, and the word that was agreed with the school."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import carer_in
from api.errors import LinkNotOpen, Refusal, TooManyAttempts, UnknownLanguage, WrongCode, WrongWord
from api.pages.doors import AddressDep, DatabaseDep, LinkDep, SessionDep, SettingsDep, keep_word
from api.pages.rendering import Pages, PagesDep, translator_for
from api.services.reaching import agreed_words
from api.services.talk import parent_links

router = APIRouter(prefix="/parent", include_in_schema=False)
Typed = Annotated[str, Form(max_length=64)]
Word = Annotated[str, Form(max_length=200)]


@router.get("")
def ask_for_code(request: Request, pages: PagesDep, language: str | None = None) -> Response:
    """The language first: whoever types from a letter may read no other."""
    if language is None or pages.translators.find(language) is None:
        translators = pages.translators
        return pages.show("parent/language_first.html", translator_for(request), door="parent", translators=translators)
    return _code_page(request, pages, language)


@router.post("")
def take_code(
    request: Request,
    pages: PagesDep,
    database: DatabaseDep,
    address: AddressDep,
    code: Typed = "",
    language: Typed = "",
) -> Response:
    if pages.translators.find(language) is None:
        raise UnknownLanguage
    try:
        with database.writing() as session:  # nobody came in by a door yet: the code itself opens it
            token = parent_links.by_code(session, code, language, address)
    except (WrongCode, TooManyAttempts) as refusal:
        return _code_page(request, pages, language, refusal, code)
    return RedirectResponse(f"/parent/{token}", 303)


@router.get("/{token}/word")
def ask_for_word(
    token: str,
    request: Request,
    opened: LinkDep,
    pages: PagesDep,
    session: SessionDep,
    language: str | None = None,
) -> Response:
    carer = carer_in(session, opened)
    if carer is None or not carer.word_hash:
        return RedirectResponse(f"/parent/{token}", 303)
    return _word_page(request, pages, language or opened.conversation.language)


@router.post("/{token}/word")
def take_word(
    token: str,
    request: Request,
    opened: LinkDep,
    pages: PagesDep,
    session: SessionDep,
    settings: SettingsDep,
    address: AddressDep,
    word: Word = "",
    language: Typed = "",
) -> Response:
    carer = carer_in(session, opened)
    if carer is None or opened.link is None:
        raise LinkNotOpen
    try:
        secret = settings.secret.get_secret_value()
        proof = agreed_words.answer(session, opened.link, carer, word, address, secret)
    except (WrongWord, TooManyAttempts) as refusal:
        return _word_page(request, pages, language, refusal)
    response = RedirectResponse(f"/parent/{token}", 303)
    keep_word(response, token, proof, opened.link.expires_at, settings)
    return response


def _code_page(
    request: Request, pages: Pages, language: str, refusal: Refusal | None = None, typed: str = ""
) -> Response:
    """What was typed stays: one wrong letter is sooner found than eight are typed again."""
    return _page("parent/code.html", request, pages, language, refusal, typed=typed)


def _word_page(request: Request, pages: Pages, language: str, refusal: Refusal | None = None) -> Response:
    return _page("parent/word.html", request, pages, language, refusal)


def _page(
    template: str, request: Request, pages: Pages, language: str, refusal: Refusal | None, **about: str
) -> Response:
    status, error = (refusal.status, refusal.code) if refusal else (200, None)
    return pages.show(template, translator_for(request, chosen=language), status, door="parent", error=error, **about)
