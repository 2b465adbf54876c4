"""The bot's door (credentials.yml): one turn in, one reply out, as tests/contract describes it."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore
from sanic import Blueprint, Sanic, response
from sanic import Request as HttpRequest
from sanic.exceptions import PayloadTooLarge
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from adapters.conversation import Conversation
from adapters.exchange import LONGEST_BODY, Refused, Request, read
from adapters.nlg import CHANNEL
from adapters.planning import plans
from adapters.reply import reply
from adapters.tracker_store import WordlessTrackerStore
from adapters.turns import SAY

log = logging.getLogger("rasa.pupil_voice")
HEADER = "x-pupil-voice-secret"
Deliver = Callable[[UserMessage], Awaitable[Any]]


class Silence(OutputChannel):
    """Rasa sends each message as it is made; here the whole reply is read from the tracker afterwards."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Nothing leaves the bot on its own."""


class InterviewChannel(InputChannel):
    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InterviewChannel:
        if not credentials or not credentials.get("secret"):
            cls.raise_missing_credentials_exception()
        return cls(str(credentials["secret"]))

    def blueprint(self, on_new_message: Deliver) -> Blueprint:
        door = Blueprint("interview", __name__)

        @door.post("/turn", stream=True)
        async def turn(http: HttpRequest) -> HTTPResponse:
            return await _answered(self._turn(http, on_new_message))

        @door.get("/health")
        async def health(http: HttpRequest) -> HTTPResponse:
            return await _answered(_health(http.app))

        return door

    async def _turn(self, http: HttpRequest, on_new_message: Deliver) -> dict[str, Any]:
        if not hmac.compare_digest(http.headers.get(HEADER, "").encode(), self._secret):
            raise Refused(403, "secret")
        request = read(await body_of(http))
        if request.about["guide"] not in plans().guides:
            raise Refused(422, "bad_guide")
        store = store_of(http.app)
        async with self._alone(request.conversation):
            with store.hold(request.conversation) as tracker:
                return await _reply_to(request, tracker, on_new_message)

    @asynccontextmanager
    async def _alone(self, conversation: str) -> AsyncIterator[None]:
        """One turn of a conversation at a time. Rasa's own lock would let those who wait too long fall."""
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        async with lock:
            yield


async def _reply_to(request: Request, tracker: Conversation, on_new_message: Deliver) -> dict[str, Any]:
    if tracker.user_turn(request.turn) is None:
        if request.previous is not None and tracker.user_turn(request.previous) is None:
            raise Refused(409, "unknown_previous", known=tracker.last_turn())
        await on_new_message(message_of(request))
    message = tracker.user_turn(request.turn)
    if message is None:
        raise Refused(500, "not_answered")
    return reply(tracker, message)


def message_of(request: Request) -> UserMessage:
    """A choice or an opening holds no words, so there is nothing to understand and the parse is given."""
    told = {
        "text": "",
        "intent": {"name": request.kind, "confidence": 1.0},
        "entities": [],
        "language": {"code": request.about["language"], "confidence": 1.0, "proposed": None},
        "words": 0,
    }
    message = UserMessage(
        output_channel=Silence(),
        sender_id=request.conversation,
        input_channel=CHANNEL,
        message_id=request.turn,
        metadata=request.about,
        parse_data=None if request.kind == SAY else told,
    )
    message.text = request.text  # the constructor would strip it and shift every offset
    return message


async def body_of(http: HttpRequest) -> bytes:
    """No more of it is read than a turn may have."""
    body = b""
    try:
        async for chunk in http.stream:
            body += chunk
            if len(body) > LONGEST_BODY:
                raise Refused(413, "body_too_long")
    except PayloadTooLarge:
        raise Refused(413, "body_too_long") from None
    return body


def store_of(app: Sanic) -> WordlessTrackerStore:
    """The store itself. Rasa wraps every store so that an outage quietly becomes a conversation without a past,
    begun again at question one; unwrapped, the outage reaches the api as 503 and the turn is sent again later."""
    agent = getattr(app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise Refused(503, "not_ready")
    if isinstance(agent.tracker_store, FailSafeTrackerStore):
        store = agent.tracker_store._tracker_store  # noqa: SLF001 - the wrapper has no other way in
        agent.tracker_store = agent.processor.tracker_store = store
    unwrapped: WordlessTrackerStore = agent.tracker_store
    return unwrapped


async def _health(app: Sanic) -> dict[str, Any]:
    store_of(app).check()
    return {"bot": "ok"}


async def _answered(work: Awaitable[dict[str, Any]]) -> HTTPResponse:
    """The work's document, or the status and code of what went wrong: 503 when no turn can be taken now, 500 when it
    was this one, which must not look like an outage to the api: it would be tried for ever and hold up all others."""
    try:
        return _json(await work, 200)
    except Refused as refusal:
        return _json(refusal.body, refusal.status)
    except SQLAlchemyError:
        log.exception("the tracker store failed")
        return _json({"error": "store_down"}, 503)
    except Exception:
        log.exception("a turn failed")
        return _json({"error": "turn_failed"}, 500)


def _json(document: dict[str, Any], status: int) -> HTTPResponse:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return response.text(text, status=status, content_type="application/json")
