"""`python -m api.cli`: what an operator does by hand. The only place of the api that prints."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from api import schema
from api.database import Database
from api.security import hash_password
from api.services import demo as demo_school
from api.services import staffing
from api.settings import Settings

SHORTEST_PASSWORD, SHORTEST_PIN = 10, 4

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
        made = demo_school.prepare(session)
    ways = asdict(made)
    ways["pupil"] = f"{settings.public_url}/pupil/code"
    ways["parent"] = f"{settings.public_url}/parent/{ways.pop('parent_token')}"
    ways["staff"] = f"{settings.public_url}/staff"
    typer.echo(json.dumps(ways) if as_json else "\n".join(f"{name}: {value}" for name, value in ways.items()))


@app.command()
def create_admin(
    school: Annotated[str, typer.Option(prompt=True)],
    country: Annotated[str, typer.Option(prompt=True, help="for example GB-ENG")],
    name: Annotated[str, typer.Option(prompt=True)],
    email: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    pin: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Make a school and its first member of staff."""
    if len(password) < SHORTEST_PASSWORD:
        raise typer.BadParameter(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    if not pin.isdecimal() or len(pin) < SHORTEST_PIN:
        raise typer.BadParameter(f"The PIN needs at least {SHORTEST_PIN} digits and nothing else.")
    with _database() as database, database.writing() as session:
        staffing.found_school(session, school, country, name, email, hash_password(password), hash_password(pin))
    typer.echo(f"{email} can sign in.")


if __name__ == "__main__":
    app()
