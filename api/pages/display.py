"""How the screen looks: one form on every page of a speaker, and where it leads back to."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api.access import Opened
from api.errors import wants_json
from api.models import AgeBand
from api.pages.doors import ParentDep, SessionDep, TabletDep
from api.services.talk import display
from api.services.talk.display import Display

router = APIRouter(include_in_schema=False)
# pages that the form stands on; it leads back to no other
PAGES = ("talk", "talk/said", "answers", "copy", "leave")


@dataclass(frozen=True)
class Look:
    """`home` is where the speaker's pages live: /pupil, or /parent/{token}. `page` is one of PAGES."""

    display: Display
    band: AgeBand | None
    home: str
    page: str

    def choices(self, language: str) -> dict[str, tuple[str, ...]]:
        return display.choices(language)


def look_of(opened: Opened, home: str, page: str = "talk") -> Look:
    return Look(display.of(opened.conversation.display), opened.conversation.age_band, home, page)


class Chosen(Display):
    page: str = "talk"


ChosenDep = Annotated[Chosen, Form()]


@router.post("/pupil/display")
def choose_on_tablet(request: Request, opened: TabletDep, session: SessionDep, chosen: ChosenDep) -> Response:
    return _keep(request, session, opened, chosen, "/pupil")


@router.post("/parent/{token}/display")
def choose_by_link(token: str, request: Request, opened: ParentDep, session: SessionDep, chosen: ChosenDep) -> Response:
    return _keep(request, session, opened, chosen, f"/parent/{token}")


def _keep(request: Request, session: Session, opened: Opened, chosen: Chosen, home: str) -> Response:
    """A script has changed its page already and needs nothing back."""
    display.keep(session, opened, display.of(chosen.model_dump(exclude={"page"})))
    if wants_json(request):
        return Response(status_code=204)
    page = chosen.page if chosen.page in PAGES else PAGES[0]
    return RedirectResponse(f"{home}/{page}", 303)
