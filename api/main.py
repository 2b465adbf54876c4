"""Puts the product together: `uvicorn api.main:create_app --factory`."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from api import errors
from api.agent import Agent
from api.database import Database
from api.guards import Refusals, SafeHeaders
from api.identity import IdentityProviders, providers_of
from api.logs import hide_links, warn_of_an_open_wall
from api.machine_translation import MachineTranslation
from api.mail import PostOffice
from api.pages import (
    calendar_feed,
    device,
    display,
    health,
    letterbox,
    letters,
    messages,
    parent,
    parent_ways_in,
    pupil,
    staff,
    texting,
)
from api.pages.rendering import Pages, build_pages
from api.pages.speaking_refusals import refusal_page
from api.services.attendance import first_day
from api.services.catalog import Catalog
from api.services.mailing.postman import Postman
from api.services.people import setting_up
from api.services.reaching import link_reminders, ways
from api.services.reaching.courier import Carriers, Courier
from api.services.replies.promise_reminders import reminders_due
from api.services.rhythm.reminding import contacts_due
from api.services.safeguarding import escalating
from api.services.safeguarding.escalating import Rhythm
from api.services.scheduler import Round, Scheduler, by_day
from api.services.talk.asking import Asking
from api.services.talk.replay import Replayer
from api.services.talk.turns import Turns
from api.settings import Settings
from api.texting import provider_of

STATIC = Path(__file__).parent / "static"
# once: what each address needs is worked out at its first request, which takes longer than all else at start. Each is
# looked for in this order, so that the turns of a conversation do not pass by every page of staff.
PAGES = APIRouter()
for page in (parent, pupil, letterbox, display, device, parent_ways_in, texting, health, staff, calendar_feed):
    PAGES.include_router(page.router)


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    lifespan = partial(_run, settings=settings)
    app = FastAPI(title="Pupil Voice", openapi_url=None, lifespan=lifespan, routes=[*PAGES.routes])
    app.state.settings = settings
    app.state.pages = build_pages(settings)
    app.state.catalog = Catalog.read(settings.interview_data)
    own_server = settings.translate_url
    app.state.machine_translation = MachineTranslation(own_server, settings.translate_key) if own_server else None
    app.state.ways = ways.available(settings)
    app.state.text_provider = provider_of(settings)
    app.state.identity_providers = IdentityProviders(providers_of(settings), settings.public_url)
    app.mount("/static", StaticFiles(directory=STATIC))
    errors.register(app, refusal_page)
    app.add_middleware(Refusals, page=refusal_page, own_origin=settings.public_url.rstrip("/"))
    app.add_middleware(SafeHeaders)
    return app


@asynccontextmanager
async def _run(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """Everything with a connection lives from here to there."""
    hide_links()
    database = Database(settings.database_url)
    warn_of_an_open_wall(database)
    setting_up.announce(database, settings.secret.get_secret_value(), settings.public_url)
    secret = settings.bot_secret.get_secret_value()
    async with Agent(settings.bot_url, secret, settings.bot_timeout) as agent:
        asking = Asking(database, agent, app.state.catalog.signposts)
        pages: Pages = app.state.pages
        turns = Turns(database, asking, settings.bot_timeout, lambda code: pages.translators.find(code) is not None)
        app.state.database, app.state.agent, app.state.turns = database, agent, turns
        write = letters.writer(pages, settings.public_url)
        postman = Postman(database, PostOffice(settings), write)
        courier = _courier(app, database, settings)
        scheduler = Scheduler(database, _rounds(settings))
        working = (Replayer(database, asking), postman, courier, scheduler)
        beside = [asyncio.create_task(each.run()) for each in working]
        if settings.environment != "test":  # there hundreds of products start in one process, and must leave it again
            _keep_what_was_loaded()
        yield
        for each in (postman, courier, scheduler):
            each.stop()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await turns.close()
    database.close()


def _keep_what_was_loaded() -> None:
    """It stays for good; a search through it for what nobody needs would stop every turn for 70 ms and more."""
    gc.collect()
    gc.freeze()


def _courier(app: FastAPI, database: Database, settings: Settings) -> Courier:
    catalog: Catalog = app.state.catalog
    carriers = Carriers(PostOffice(settings) if settings.mail_host else None, provider_of(settings))
    write = messages.writer(app.state.pages, settings, catalog.signposts)
    return Courier(database, carriers, write, catalog.reaching.hours, settings.secret.get_secret_value())


def _rounds(settings: Settings) -> tuple[Round, ...]:
    """What the product does by itself, the most urgent first."""
    rhythm = Rhythm.of(settings)
    return (
        Round(
            "alerts",
            timedelta(seconds=5),
            lambda session, at: escalating.go_on(session, rhythm, at),
            lambda session, at: escalating.is_needed(session, rhythm, at),
        ),
        Round("first_day", first_day.EVERY, first_day.Means.of(settings).go_on, first_day.is_due),
        Round("promises", timedelta(hours=1), by_day(reminders_due)),
        Round(
            "links",
            link_reminders.EVERY,
            link_reminders.going_on(ways.available(settings), settings.secret.get_secret_value()),
            link_reminders.is_due,
        ),
        Round("contacts", timedelta(hours=1), by_day(contacts_due)),
    )
