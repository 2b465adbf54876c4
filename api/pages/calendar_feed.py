"""The calendar that a program on somebody's phone or computer fetches by itself, by an address nobody can guess."""

from fastapi import APIRouter, Request, Response

from api.access import staff_by_feed
from api.models import ContactKind
from api.pages.doors import DatabaseDep, SettingsDep
from api.pages.rendering import PagesDep, translator_for
from api.services.rhythm import feed

router = APIRouter(prefix="/calendar", include_in_schema=False)
TYPE = "text/calendar; charset=utf-8"


@router.get("/{token}.ics")
def show_feed(token: str, request: Request, pages: PagesDep, database: DatabaseDep, settings: SettingsDep) -> Response:
    with database.reading() as session:
        staff = staff_by_feed(session, token)
        translator = translator_for(request, chosen=staff.language)

        def named(kind: ContactKind) -> tuple[str, str]:
            title, _, description = (
                pages.render("staff/calendar_event.txt", translator, kind=kind).strip().partition("\n")
            )
            return title.strip(), description.strip()

        content = feed.feed(session, staff, named, f"{settings.public_url.rstrip('/')}/staff/contacts")
    headers = {"Content-Disposition": 'inline; filename="pupil-voice.ics"'}
    return Response(content, media_type=TYPE, headers=headers)
