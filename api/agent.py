"""The one exchange with the bot (tests/contract). Nothing here knows what a conversation is about."""

import ssl
from typing import Annotated, Any, Literal, Self

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.models import AgeBand, Audience, MessageKind, TurnKind

VERSION = 1


class BotFailed(Exception):
    """The bot did not give an answer that can be used; the turn waits."""


class BotUnreachable(BotFailed):
    """Nobody answers, or not in time, or not yet ready: no other turn will fare better."""


class BotSlow(BotUnreachable):
    """No answer in time, which may be because of this very turn."""


class BotRefused(BotFailed):
    """The bot will never take this turn."""


class BotForgot(Exception):
    """The bot lost its memory of the conversation after turn `known` (None: all of it)."""

    def __init__(self, known: str | None) -> None:
        super().__init__("the bot does not know the previous turn")
        self.known = known


class _Part(BaseModel):
    # an error that quoted its input would carry words into a log; unknown fields are a newer bot's
    model_config = ConfigDict(hide_input_in_errors=True, extra="ignore", frozen=True)


class Line(_Part):
    """A stretch of a turn's text, in code points."""

    turn: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    start: Annotated[int, Field(ge=0, le=8000)]
    end: Annotated[int, Field(ge=0, le=8000)]


class Earlier(_Part):
    """Of earlier conversations of the same person: how many, and what was told about, what weighed most first."""

    conversations: int = 0
    topics: list[str] = []


class TurnSent(_Part):
    version: Literal[1] = 1
    conversation: str
    turn: str
    previous: str | None
    kind: TurnKind
    text: str
    choices: list[str]
    asked: str | None
    target: Line | None
    language: str
    audience: Audience
    guide: str
    age_band: AgeBand | None
    pattern: str | None
    earlier: Earlier


class Choice(_Part):
    code: str
    text: str


class Message(_Part):
    id: str
    kind: MessageKind
    topic: str | None
    language: str
    text: str
    quote: Line | None
    choices: list[Choice]
    multiple: bool


class Span(_Part):
    code: str
    start: int
    end: int
    confidence: float


class Interview(_Part):
    state: Literal["asking", "paused", "reading_back", "finished", "alerted"]
    topic: str | None
    asked: str | None
    done: int
    of: int
    wants_person: bool


class AlertRaised(_Part):
    codes: Annotated[list[str], Field(min_length=1)]
    spans: list[Span]


class Reply(_Part):
    version: Literal[1]
    conversation: str
    turn: str
    messages: Annotated[list[Message], Field(min_length=1)]
    reading: dict[str, Any]
    summary: dict[str, Any]
    interview: Interview
    alert: AlertRaised | None


def _trusting_nobody() -> ssl.SSLContext:
    """Where no TLS is spoken: to read whom to trust takes longer than a turn."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Agent:
    """Keeps its connections open between turns; `async with` closes them."""

    def __init__(self, url: str, secret: str, timeout: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"X-Pupil-Voice-Secret": secret},
            timeout=httpx.Timeout(timeout, connect=2.0, pool=timeout),
            trust_env=False,  # words must not take a way round through somebody's proxy
            verify=True if url.startswith("https:") else _trusting_nobody(),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def turn(self, sent: TurnSent) -> Reply:
        body = sent.model_dump_json()
        try:
            response = await self._client.post(
                "/webhooks/interview/turn", content=body, headers={"Content-Type": "application/json"}
            )
        except httpx.ReadTimeout as error:
            raise BotSlow(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise BotUnreachable(type(error).__name__) from None
        return _read(response, sent)

    async def is_ready(self) -> bool:
        try:
            response = await self._client.get("/webhooks/interview/health", timeout=2.0)
        except httpx.HTTPError:
            return False
        return response.status_code == 200


def _read(response: httpx.Response, sent: TurnSent) -> Reply:
    match response.status_code:
        case 200:
            return _validated(response, sent)
        case 409:
            raise BotForgot(_known(response))
        case 400 | 413 | 422:
            raise BotRefused(f"status {response.status_code}")
        case 403 | 502 | 503 | 504:
            raise BotUnreachable(f"status {response.status_code}")
        case status:
            raise BotFailed(f"status {status}")


def _validated(response: httpx.Response, sent: TurnSent) -> Reply:
    try:
        reply = Reply.model_validate_json(response.content)
    except ValidationError as error:
        raise BotFailed(f"a reply of another shape: {error.error_count()} faults") from None
    if (reply.conversation, reply.turn) != (sent.conversation, sent.turn):
        raise BotFailed("a reply to another turn")
    return reply


def _known(response: httpx.Response) -> str | None:
    try:
        known = response.json()["known"]
    except (ValueError, KeyError, TypeError):
        return None
    return known if isinstance(known, str) else None
