"""`python -m api.cli`: what an operator does by hand. The only place of the api that prints."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from api import access, schema
from api.agent import Agent
from api.database import Database
from api.errors import Refusal, Unfit
from api.pages.rendering import build_pages
from api.services import audit
from api.services import demo as demo_school
from api.services.catalog import Catalog
from api.services.people import setting_up, staffing
from api.services.talk.asking import Asking
from api.services.talk.turns import Turns
from api.settings import Settings

REFUSED = {
    "password_short": "The password needs at least 10 characters.",
    "password_is_name": "The password must not be the name or the e-mail address.",
    "password_known": "Many people use this password.",
    "pin_short": "The PIN needs at least 4 digits and nothing else.",
    "pin_known": "This PIN is easy to guess.",
    "email": "This is not an e-mail address.",
    "email_taken": "This e-mail address is in use already.",
    "not_found": "Nobody with this e-mail address works at a school here.",
    "last_of_role": "This is the last one in their role, which a school cannot do without: invite another first.",
    "successor_needed": "There are pupils or promises: name a trusted adult or safeguarding lead with --successor.",
}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@contextmanager
def _database() -> Iterator[Database]:
    database = Database(Settings().database_url)
    try:
        yield database
    finally:
        database.close()


@app.command()
def migrate() -> None:
    """Bring the database up to date; safe to repeat."""
    with _database() as database:
        schema.upgrade(database)


@app.command()
def demo(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Make the demo school if it is missing, and print how to come in by each door."""
    settings = Settings()
    if settings.environment == "production":
        raise typer.BadParameter("The demo school has known passwords; it is not made in production.")
    with _database() as database, database.writing() as session:
        made = demo_school.prepare(session, settings.secret.get_secret_value())
    ways = asdict(made)
    ways["pupil"] = f"{settings.public_url}/pupil/code"
    ways["parent"] = f"{settings.public_url}/parent/{ways.pop('parent_token')}"
    ways["staff"] = f"{settings.public_url}/staff"
    typer.echo(json.dumps(ways) if as_json else "\n".join(f"{name}: {value}" for name, value in ways.items()))


@app.command()
def demo_past() -> None:
    """Let the invented people of the demo school tell what they told, to the running bot; safe to repeat."""
    settings = Settings()
    if settings.environment == "production":
        raise typer.BadParameter("There is no demo school in production.")
    with _database() as database:
        told = asyncio.run(_tell_the_past(settings, database))
    typer.echo(f"{told} conversations of invented people were told.", err=True)


async def _tell_the_past(settings: Settings, database: Database) -> int:
    catalog, pages = Catalog.read(settings.interview_data), build_pages(settings)
    async with Agent(settings.bot_url, settings.bot_secret.get_secret_value(), settings.bot_timeout) as agent:
        asking = Asking(database, agent, catalog.signposts)
        turns = Turns(database, asking, settings.bot_timeout, lambda code: pages.translators.find(code) is not None)
        try:
            return await demo_school.tell_the_past(database, turns, catalog.taxonomy)
        finally:
            await turns.close()


@app.command()
def set_up_code() -> None:
    """Print the code that the browser's set-up page asks for while there is no school."""
    typer.echo(setting_up.code(Settings().secret.get_secret_value()))


@app.command()
def create_admin(
    school: Annotated[str, typer.Option(prompt=True)],
    country: Annotated[str, typer.Option(prompt=True, help="for example GB-ENG")],
    name: Annotated[str, typer.Option(prompt=True)],
    email: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    pin: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Make a school and its first administrator; again with another name: another school in this installation. A
    school of that name which exists gets one more administrator.
    """
    known = Catalog.read(Settings().interview_data).signposts.countries
    if country not in known:
        raise typer.BadParameter(f"The country is one of {', '.join(known)}.")
    first = setting_up.First(school, country, name, email, password, pin)
    with _told(), _database() as database, database.writing() as session:
        setting_up.found(session, first)
    typer.echo(f"{email} can sign in.")


@app.command()
def staff_leaves(
    email: Annotated[str, typer.Option(prompt=True)],
    successor: Annotated[str, typer.Option(help="e-mail address of who takes over pupils and promises")] = "",
) -> None:
    """Somebody does not work at their school any more: sign them out for good."""
    with _told(), _database() as database, database.writing() as session:
        staffing.leave_by_operator(session, email, successor)
    typer.echo(f"{email} cannot sign in any more.")


@contextmanager
def _told() -> Iterator[None]:
    """A refusal in an operator's words."""
    try:
        yield
    except Refusal as refusal:
        code = refusal.fault if isinstance(refusal, Unfit) else refusal.code
        raise typer.BadParameter(REFUSED.get(code, code)) from None


@app.command()
def verify_audit() -> None:
    """Walk the audit trail of every school; status 1 when anything in it was changed.

    Keep the printed numbers elsewhere: entries that were cut off at the end show only by comparing.
    """
    whole = True
    with _database() as database, database.reading() as session:
        for school in access.audited_schools(session):
            found = audit.verify(session, school)
            whole = whole and found.is_whole
            state = "whole" if found.is_whole else f"BROKEN at entry {found.broken_at}"
            typer.echo(f"school {school}: {found.entries} entries, {state}, head {found.head}")
    if not whole:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
