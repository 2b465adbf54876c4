"""What every request passes first, whatever page it is for. Plain ASGI: a guard must not buffer or cancel."""

import logging
import traceback
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors

log = logging.getLogger(__name__)

# 8000 characters, each four bytes and each byte escaped as %XX in a form, and the rest of the form
LARGEST_BODY = 128 * 1024
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    # not no-referrer: with it browsers send "Origin: null" with our own forms, and old ones then look cross-site
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SafeHeaders:
    """A shared tablet must not keep pages; static files may be kept, they hold nobody's words."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
                elif b"v=" not in scope["query_string"]:  # a module, named by another: never of another version
                    headers["Cache-Control"] = "no-cache"
            await send(message)

        await self.app(scope, receive, send_guarded if scope["type"] == "http" else send)


class Refusals:
    """Turns away what is foreign or too large, and anything that broke, as every other refusal is told."""

    def __init__(self, app: ASGIApp, page: errors.RefusalPage, own_origin: str) -> None:
        self.app = app
        self.page = page
        self.own_origin = own_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        watched = _Watched(receive, send, headers.get("content-length", "0"))
        try:
            if scope["method"] not in SAFE_METHODS and is_cross_site(headers, self.own_origin):
                raise errors.CrossSite
            await self.app(scope, watched.receive, watched.send)
        except errors.Refusal as refusal:
            await self._tell(refusal, scope, watched)
        except Exception as error:
            # the message of an error may hold what a person wrote; its type and place do not
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("broken: %s\n%s", type(error).__name__, place)
            await self._tell(errors.Broken(), scope, watched)

    async def _tell(self, refusal: errors.Refusal, scope: Scope, watched: "_Watched") -> None:
        if watched.answering:
            raise refusal from None  # what broke may quote what a person wrote, and the server logs it
        response: Response = errors.answer(Request(scope), refusal, self.page)
        await response(scope, watched.receive, watched.send)


class _Watched:
    """Counts the body and knows whether an answer has begun. A body that says it is too large is refused when it is
    asked for: by then it is known who speaks, and in which language they are told.
    """

    def __init__(self, receive: Receive, send: Send, declared: str) -> None:
        self._receive = receive
        self._send = send
        self._too_large = not declared.isdigit() or int(declared) > LARGEST_BODY
        self._read = 0
        self.answering = False

    async def receive(self) -> Message:
        if self._too_large:
            raise errors.TooLarge
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > LARGEST_BODY:
            raise errors.TooLarge
        return message

    async def send(self, message: Message) -> None:
        self.answering = True
        await self._send(message)


def is_cross_site(headers: Headers, own_origin: str) -> bool:
    """Browsers that say neither header are old; their cookies are still SameSite=Strict."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return False
    return origin != own_origin and urlsplit(origin).netloc != headers.get("host")
