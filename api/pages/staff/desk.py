"""What every staff page has at hand: who reads, in which language, and the strip of what cannot wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from api.access import as_staff
from api.database import Database
from api.errors import NotFound, UnknownLanguage
from api.i18n import Language, Translator
from api.models import Role, School, StaffMember
from api.pages.doors import DatabaseDep, SessionDep, StaffDep
from api.pages.rendering import Pages, PagesDep, translator_for
from api.pages.staff.attention import attention_for
from api.security import new_id
from api.services import audit

BEYOND_ANY_ROW = 2**31
RowId = Annotated[
    int, Path(ge=1, lt=BEYOND_ANY_ROW)
]  # a larger one would break the database instead of finding nothing


# the rooms of the staff's pages, in the order in which the bar names them, and whose they are
ROOMS: tuple[tuple[str, frozenset[Role]], ...] = (
    ("inbox", frozenset({"trusted_adult", "safeguarding_lead"})),
    ("today", frozenset({"trusted_adult", "safeguarding_lead", "attendance_lead"})),
    ("pupils", frozenset({"trusted_adult", "safeguarding_lead", "attendance_lead", "administrator"})),
    ("calendar", frozenset({"trusted_adult", "safeguarding_lead", "attendance_lead"})),
    ("promises", frozenset({"trusted_adult", "safeguarding_lead", "attendance_lead"})),
    ("alerts", frozenset({"trusted_adult", "safeguarding_lead"})),
    ("themes", frozenset({"safeguarding_lead", "attendance_lead"})),
    ("audit", frozenset({"safeguarding_lead"})),
    ("messages", frozenset({"trusted_adult", "safeguarding_lead", "attendance_lead", "administrator"})),
    ("people", frozenset({"administrator"})),
)
PageNumber = Annotated[int, Query(ge=1, le=10_000)]  # of a long list, from 1
# a form carries a random id, so that sending it twice counts once
FormId = Annotated[str, Form(pattern=r"^[0-9a-f]{32}$")]


@dataclass(frozen=True)
class Named:
    name: str
    label: str


@dataclass(frozen=True)
class Desk:
    request: Request
    session: Session
    staff: StaffMember
    pages: Pages
    translator: Translator
    database: Database

    def show(self, template: str, room: str = "pupils", status: int = 200, **things: Any) -> HTMLResponse:
        frame = {
            "me": self.staff,
            "school": self.session.get_one(School, self.staff.school_id),
            "attention": attention_for(self.session, self.staff),
            "room": room,
            "rooms": [name for name, roles in ROOMS if self.staff.role in roles],
            "new_form": new_id,
            "mail_is_off": not self.request.app.state.settings.mail_host,
            "here": self._address(),
        }
        return self.pages.show(f"staff/{template}", self.translator, status, **frame, **things)

    def must_be(self, *roles: Role) -> None:
        """A room of others does not exist for this reader."""
        if self.staff.role not in roles:
            raise NotFound

    def notes(self, act: str, about: str, about_id: object, pupil_id: int | None = None, **details: Any) -> None:
        """Into the audit trail, in a transaction of its own: for pages that only read."""
        with self.database.writing(as_staff(self.staff)) as session:
            audit.record(session, self.staff, act, about, about_id, pupil_id=pupil_id, **details)
            session.commit()

    def _address(self) -> str:
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def offered(self, code: str) -> str:
        """A language that a conversation can be held in."""
        if self.pages.translators.find(code) is None:
            raise UnknownLanguage
        return code

    def named(self, context: str, sources: Mapping[str, str]) -> list[Named]:
        """Things to choose from, by their names in the reader's language."""
        return [Named(name, self.translator.pgettext(context, source)) for name, source in sources.items()]

    def language(self, code: str) -> Language:
        """Of a conversation, which may have been held in a language that is no longer on offer."""
        known = self.pages.translators.known
        return next((language for language in known if language.code == code), Language(code, code, "unknown"))


def desk(request: Request, session: SessionDep, staff: StaffDep, pages: PagesDep, database: DatabaseDep) -> Desk:
    return Desk(request, session, staff, pages, translator_for(request, chosen=staff.language), database)


DeskDep = Annotated[Desk, Depends(desk)]


def go(path: str) -> RedirectResponse:
    """After a form: the page that shows what became of it, so that loading again sends nothing twice."""
    return RedirectResponse(path, 303)
