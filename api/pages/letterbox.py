"""Where a device posts what it sealed while it had no line. No answer here holds a word that anybody said."""

import json
import logging
from itertools import zip_longest
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.access import Opened
from api.database import Database
from api.errors import Malformed, Refusal
from api.pages.doors import AddressDep, DatabaseDep, SettingsDep, TurnsDep
from api.pages.sent import said_in
from api.services.talk import letterbox
from api.services.talk.letterbox import Box
from api.services.talk.turns import Said, Turns

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)

Envelope = Annotated[str, Field(max_length=120_000)]
Became = Literal["taken", "refused"]
# names and values in the order in which they stood in the form; cards to sort have a field each
Fields = list[tuple[str, UploadFile | str]]
_FIELDS: TypeAdapter[list[tuple[str, str]]] = TypeAdapter(Annotated[list[tuple[str, str]], Field(max_length=200)])


class Posted(BaseModel):
    """In the order in which they were sealed; the whole within the limit of every request."""

    model_config = ConfigDict(hide_input_in_errors=True, frozen=True)

    box: Annotated[str, Field(max_length=1000)]
    envelopes: Annotated[list[Envelope], Field(min_length=1, max_length=20)]
    waited: Annotated[list[int], Field(max_length=20)] = []  # seconds, of each


@router.post("/letterbox")
async def post_late_words(
    posted: Posted, database: DatabaseDep, settings: SettingsDep, turns: TurnsDep, address: AddressDep
) -> Response:
    """What became of each. Refused is for good: the device need not keep it."""
    secret = settings.secret.get_secret_value()
    box, opened = await run_in_threadpool(_open, database, posted.box, secret, address)
    sealed = zip_longest(posted.envelopes, posted.waited[: len(posted.envelopes)], fillvalue=0)
    became = [await _take(turns, opened, box, str(envelope), int(waited), secret) for envelope, waited in sealed]
    turns.ask_beside(opened)
    return JSONResponse({"became": became})


def _open(database: Database, sealed: str, secret: str, address: str) -> tuple[Box, Opened]:
    with database.writing() as session:
        box = letterbox.read_box(session, sealed, secret, address)
        return box, letterbox.conversation_of(session, box)


async def _take(turns: Turns, opened: Opened, box: Box, envelope: str, waited: int, secret: str) -> Became:
    try:
        await turns.keep(opened, _said_in(letterbox.open_envelope(box, envelope, secret), waited))
    except Refusal as refusal:
        log.warning("conversation %s: words that came late were refused: %s", opened.conversation.id, refusal.code)
        return "refused"
    return "taken"


def _said_in(form: str, waited: int) -> Said:
    try:
        fields: Fields = [*_FIELDS.validate_python(json.loads(form)), ("waited", str(waited))]
        return said_in(FormData(fields))
    except (ValueError, RecursionError):
        raise Malformed from None
