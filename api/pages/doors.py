"""Who is asking, as one Annotated for each capability, and the cookies that say so."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlmodel import Session

from api import access
from api.access import Opened
from api.database import Database
from api.errors import NotHandedOver, NotSignedIn
from api.guards import SAFE_METHODS
from api.models import StaffMember
from api.pages.sent import read_said
from api.services.catalog import Catalog
from api.services.turns import Said, Turns
from api.settings import Settings

STAFF_COOKIE, STAFF_PATH = "staff", "/staff"
TABLET_COOKIE, TABLET_PATH = "tablet", "/pupil"


# What does not wait is async, although it awaits nothing: the framework gives every plain function a thread.


async def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


async def _database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


async def _catalog(request: Request) -> Catalog:
    found: Catalog = request.app.state.catalog
    return found


async def _turns(request: Request) -> Turns:
    found: Turns = request.app.state.turns
    return found


SettingsDep = Annotated[Settings, Depends(_settings)]
DatabaseDep = Annotated[Database, Depends(_database)]
CatalogDep = Annotated[Catalog, Depends(_catalog)]
TurnsDep = Annotated[Turns, Depends(_turns)]


def _session(request: Request, database: DatabaseDep) -> Iterator[Session]:
    with database.reading() if request.method in SAFE_METHODS else database.writing() as session:
        yield session


# ends before the answer is sent: a slow phone must not hold the store
SessionDep = Annotated[Session, Depends(_session, scope="function")]


async def _address(request: Request) -> str:
    return request.client.host if request.client else ""


AddressDep = Annotated[str, Depends(_address)]


# Each door looks in a short transaction of its own, so that nothing is held while the bot thinks.


async def _staff_token(request: Request) -> str:
    token = request.cookies.get(STAFF_COOKIE)
    if not token:
        raise NotSignedIn
    return token


StaffTokenDep = Annotated[str, Depends(_staff_token)]


def _staff(token: StaffTokenDep, database: DatabaseDep) -> StaffMember:
    with database.reading() as session:
        return access.staff_by_token(session, token)


def _tablet(request: Request, database: DatabaseDep) -> Opened:
    token = request.cookies.get(TABLET_COOKIE)
    if not token:
        raise NotHandedOver
    with database.reading() as session:
        return _with_language(request, access.conversation_on_tablet(session, token))


def _parent(token: str, request: Request, database: DatabaseDep) -> Opened:
    with database.reading() as session:
        return _with_language(request, access.conversation_by_link(session, token))


def _with_language(request: Request, opened: Opened) -> Opened:
    """Noted on the request, so that a refusal further on is told in the language of the conversation."""
    request.state.language = opened.conversation.language
    return opened


StaffDep = Annotated[StaffMember, Depends(_staff)]
TabletDep = Annotated[Opened, Depends(_tablet)]
ParentDep = Annotated[Opened, Depends(_parent)]
SaidDep = Annotated[Said, Depends(read_said)]


def keep_staff(response: Response, token: str, settings: Settings) -> None:
    _keep(response, STAFF_COOKIE, STAFF_PATH, token, settings)


def keep_tablet(response: Response, token: str, settings: Settings) -> None:
    _keep(response, TABLET_COOKIE, TABLET_PATH, token, settings)


def forget_staff(response: Response) -> None:
    response.delete_cookie(STAFF_COOKIE, path=STAFF_PATH)


def forget_tablet(response: Response) -> None:
    response.delete_cookie(TABLET_COOKIE, path=TABLET_PATH)


def _keep(response: Response, name: str, path: str, token: str, settings: Settings) -> None:
    response.set_cookie(name, token, path=path, httponly=True, samesite="strict", secure=settings.secure_cookies)
