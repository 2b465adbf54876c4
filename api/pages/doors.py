"""Who is asking, as one Annotated for each capability, and the cookies that say so."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import BackgroundTasks, Depends, Request, Response
from sqlmodel import Session

from api import access
from api.access import Opened, SignIn
from api.database import NOBODY, Database
from api.errors import NotHandedOver, NotSignedIn, WordNeeded
from api.guards import SAFE_METHODS
from api.models import StaffMember
from api.pages.sent import read_said
from api.services.catalog import Catalog
from api.services.people import signing_in
from api.services.reaching import agreed_words
from api.services.talk import hand_overs
from api.services.talk.turns import Said, Turns
from api.settings import Settings

STAFF_COOKIE, STAFF_PATH = "staff", "/staff"
# an open page asks for these again and again: nobody need be there
ASKED_BY_ITSELF = {"/staff/attention", "/staff/inbox/lines", "/staff/today/lists"}
TABLET_COOKIE, TABLET_PATH = "tablet", "/pupil"
# what browsers keep beside our own "no-store": pages for the Back button, pictures of what was picked
NOTHING_OF_THE_LAST = {"Clear-Site-Data": '"cache"'}
WORD_COOKIE = "word"  # that the word agreed with the family was given on this device; each link has a path of its own


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
    """Stands for whoever came in by a door of this request, and for nobody when none did."""
    begin = database.reading if request.method in SAFE_METHODS else database.writing
    with begin(lambda: getattr(request.state, "stands_for", NOBODY)) as session:
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


def _sign_in(token: StaffTokenDep, database: DatabaseDep) -> SignIn:
    """Also one that still lacks its second factor; only the pages that ask for it may take this."""
    with database.reading() as session:
        return access.sign_in_by_token(session, token)


def _complete_sign_in(
    request: Request, token: StaffTokenDep, database: DatabaseDep, afterwards: BackgroundTasks
) -> SignIn:
    with database.reading() as session:
        found = access.complete_sign_in_by_token(session, token)
    request.state.stands_for = access.as_staff(found.staff)
    if signing_in.is_due(found.kept) and request.url.path not in ASKED_BY_ITSELF:
        afterwards.add_task(signing_in.note_use, database, found.kept.token_hash)
    return found


CompleteSignInDep = Annotated[SignIn, Depends(_complete_sign_in)]


async def _staff(found: CompleteSignInDep) -> StaffMember:
    return found.staff


def _tablet(request: Request, database: DatabaseDep) -> Opened:
    token = request.cookies.get(TABLET_COOKIE)
    if not token:
        raise NotHandedOver
    with database.reading() as session:
        return _came_in(request, access.conversation_on_tablet(session, token))


def _link(token: str, request: Request, database: DatabaseDep) -> Opened:
    """Before the word that may have been agreed; only the page that asks for it may take this."""
    with database.reading() as session:
        return _came_in(request, access.conversation_by_link(session, token))


def _parent(token: str, request: Request, database: DatabaseDep, settings: SettingsDep) -> Opened:
    with database.reading() as session:
        opened = access.conversation_by_link(session, token)
        carer = access.carer_in(session, opened)
    _came_in(request, opened)
    proof, secret = request.cookies.get(WORD_COOKIE), settings.secret.get_secret_value()
    if carer and opened.link and not agreed_words.is_proven(opened.link, carer, proof, secret):
        raise WordNeeded(f"/parent/{token}/word")
    return opened


def _came_in(request: Request, opened: Opened) -> Opened:
    """Noted on the request: whose rows it may see, and in which language a refusal further on is told."""
    request.state.stands_for = access.as_speaker(opened)
    request.state.language = opened.conversation.language
    return opened


SignInDep = Annotated[SignIn, Depends(_sign_in)]
StaffDep = Annotated[StaffMember, Depends(_staff)]
TabletDep = Annotated[Opened, Depends(_tablet)]
LinkDep = Annotated[Opened, Depends(_link)]
ParentDep = Annotated[Opened, Depends(_parent)]
SaidDep = Annotated[Said, Depends(read_said)]


def keep_staff(response: Response, token: str, settings: Settings) -> None:
    _keep(response, STAFF_COOKIE, STAFF_PATH, token, settings)


def keep_tablet(response: Response, token: str, settings: Settings) -> None:
    """Longer than the browser runs: after a crash or an empty battery the pupil goes on where they were."""
    _keep(response, TABLET_COOKIE, TABLET_PATH, token, settings, hand_overs.TABLET_LASTS)
    response.headers.update(NOTHING_OF_THE_LAST)


def keep_word(response: Response, token: str, proof: str, until: datetime, settings: Settings) -> None:
    """Lax, because a family comes from a message in another app, and then no stricter cookie is sent."""
    path, secure = f"/parent/{token}", settings.secure_cookies
    response.set_cookie(WORD_COOKIE, proof, path=path, expires=until, httponly=True, samesite="lax", secure=secure)


def forget_staff(response: Response) -> None:
    response.delete_cookie(STAFF_COOKIE, path=STAFF_PATH)


def forget_tablet(response: Response) -> None:
    response.delete_cookie(TABLET_COOKIE, path=TABLET_PATH)
    response.headers.update(NOTHING_OF_THE_LAST)


def _keep(
    response: Response, name: str, path: str, token: str, settings: Settings, lasts: timedelta | None = None
) -> None:
    age, secure = int(lasts.total_seconds()) if lasts else None, settings.secure_cookies
    response.set_cookie(name, token, max_age=age, path=path, httponly=True, samesite="strict", secure=secure)
