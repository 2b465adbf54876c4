"""The provider's door: messages that people sent, and what became of those sent to them. Nobody else is let in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from api.catalogs import SOURCE_LANGUAGE
from api.database import Database
from api.errors import NotFound
from api.pages.doors import CatalogDep, DatabaseDep, SettingsDep, TurnsDep
from api.pages.messages import fixed
from api.pages.rendering import Pages, PagesDep
from api.services.signposts import Signposts
from api.services.texting import reporting
from api.services.texting.receiving import Kept, Receiving
from api.texting import NotGenuine, Posted, Received, Reported, TextProvider

router = APIRouter(prefix="/texting/{name}", include_in_schema=False)


async def _provider(name: str, request: Request) -> TextProvider:
    """The address exists where texting is on."""
    found: TextProvider | None = request.app.state.text_provider
    if found is None or found.name != name:
        raise NotFound
    return found


async def _posted(request: Request, settings: SettingsDep) -> Posted:
    """By the address that the provider signed; behind a proxy the request has another."""
    form = await request.form(max_files=0, max_fields=100)
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{settings.public_url.rstrip('/')}{request.url.path}{query}"
    return Posted(address, request.headers, fields)


async def _receiving(turns: TurnsDep, settings: SettingsDep, catalog: CatalogDep) -> Receiving:
    return Receiving(turns, catalog.steering, settings.secret.get_secret_value())


ProviderDep = Annotated[TextProvider, Depends(_provider)]
PostedDep = Annotated[Posted, Depends(_posted)]
ReceivingDep = Annotated[Receiving, Depends(_receiving)]


@router.post("/message")
async def message(
    provider: ProviderDep,
    posted: PostedDep,
    receiving: ReceivingDep,
    database: DatabaseDep,
    pages: PagesDep,
    catalog: CatalogDep,
) -> Response:
    """Answered once the words are safe, and before the bot is asked: providers wait for seconds only."""
    try:
        received = provider.received(posted)
    except NotGenuine:
        return Response(status_code=403)
    kept = await run_in_threadpool(_keep, database, receiving, received)
    if kept.opened:
        receiving.turns.ask_beside(kept.opened)
    told = _to_a_stranger(pages, catalog.signposts, received) if kept.is_unknown else None
    media_type, body = provider.answer(told)
    return Response(body, media_type=media_type)


@router.post("/status")
async def status(provider: ProviderDep, posted: PostedDep, database: DatabaseDep) -> Response:
    try:
        reported = provider.reported(posted)
    except NotGenuine:
        return Response(status_code=403)
    await run_in_threadpool(_note, database, reported)
    return Response(status_code=204)


def _keep(database: Database, receiving: Receiving, received: Received) -> Kept:
    with database.writing() as session:
        return receiving.keep(session, received)


def _note(database: Database, reported: Reported) -> None:
    with database.writing() as session:
        reporting.note(session, reported)


def _to_a_stranger(pages: Pages, signposts: Signposts, received: Received) -> str:
    """Whose language nobody knows."""
    places = signposts.places("default", "parent")
    return fixed(pages, "unknown_number", pages.translators[SOURCE_LANGUAGE], received.channel, places).text
