"""A letter on paper that invites a carer, in their language. It can be printed only while the code is shown: neither
the address nor the code is kept.
"""

from typing import Annotated, Any

import segno
from fastapi import APIRouter, Form, Response
from markupsafe import Markup

from api.access import Opened, carer_in, conversation_held_by
from api.i18n import Translator
from api.models import ParentLink
from api.pages.doors import SettingsDep
from api.pages.staff.desk import Desk, DeskDep
from api.services.talk import parent_links, short_codes
from api.settings import Settings

router = APIRouter()
Secret = Annotated[str, Form(max_length=80)]


@router.post("/conversations/{conversation_id}/letter")
def show_letter(
    desk: DeskDep,
    settings: SettingsDep,
    conversation_id: str,
    token: Secret,
    code: Secret,
    language: Annotated[str, Form(max_length=16)] = "",
) -> Response:
    opened = conversation_held_by(desk.session, desk.staff, conversation_id)
    link = parent_links.printed(desk.session, desk.staff, opened, token, code)
    family = desk.pages.translators[language or opened.conversation.language]
    address = way_in_of(settings, token)
    ways = {"drawing": drawn(address), "typed": way_in_of(settings), "code": short_codes.grouped(code)}
    letter = _letter(desk, opened, link, family, ways)
    return desk.show("letter.html", pupil=opened.pupil, opened=opened, token=token, code=code, **letter)


def way_in_of(settings: Settings, token: str = "") -> str:
    """Where a parent comes in; without a token, where they type the code."""
    return "/".join(part for part in (settings.public_url.rstrip("/"), "parent", token) if part)


def drawn(address: str) -> Markup:
    """For a camera."""
    return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4))  # noqa: S704 - made here


def _letter(desk: Desk, opened: Opened, link: ParentLink, family: Translator, ways: dict[str, str]) -> dict[str, Any]:
    """As the family reads it, and what it says, in the reader's language."""
    carer = carer_in(desk.session, opened)
    known = {
        "school_name": opened.school.name,
        "adult_name": opened.adult.name,
        "until": link.expires_at,
        "asks_word": bool(carer and carer.word_hash),
        **ways,
    }
    sheet, gloss = (
        Markup(desk.pages.render("staff/letter_words.html", reader, **known, is_gloss=is_gloss))  # noqa: S704 - escaped
        for reader, is_gloss in ((family, False), (desk.translator, True))
    )
    return {"sheet": sheet, "gloss": gloss, "family": family.language}
