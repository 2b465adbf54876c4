"""Puts the product together: `uvicorn api.main:create_app --factory`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import errors
from api.agent import Agent
from api.database import Database
from api.guards import Refusals, SafeHeaders
from api.identity import IdentityProviders, providers_of
from api.logs import hide_links, warn_of_an_open_wall
from api.machine_translation import MachineTranslation
from api.mail import PostOffice
from api.pages import health, letters, parent, pupil, staff
from api.pages.rendering import Pages, build_pages
from api.pages.speaking_refusals import refusal_page
from api.services.catalog import Catalog
from api.services.mailing.postman import Postman, by_day
from api.services.people import setting_up
from api.services.replies.promise_reminders import reminders_due
from api.services.safeguarding.escalating import Rhythm
from api.services.talk.asking import Asking
from api.services.talk.replay import Replayer
from api.services.talk.turns import Turns
from api.settings import Settings

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    app = FastAPI(title="Pupil Voice", openapi_url=None, lifespan=partial(_run, settings=settings))
    app.state.settings = settings
    app.state.pages = build_pages(settings)
    app.state.catalog = Catalog.read(settings.interview_data)
    own_server = settings.translate_url
    app.state.machine_translation = MachineTranslation(own_server, settings.translate_key) if own_server else None
    app.state.identity_providers = IdentityProviders(providers_of(settings), settings.public_url)
    for page in (health, staff, pupil, parent):
        app.include_router(page.router)
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
        reminders = (by_day(reminders_due),)
        postman = Postman(database, PostOffice(settings), write, Rhythm.of(settings), reminders)
        beside = [asyncio.create_task(each.run()) for each in (Replayer(database, asking), postman)]
        yield
        postman.stop()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await turns.close()
    database.close()
