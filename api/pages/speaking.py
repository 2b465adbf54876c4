"""One conversation on one screen: the same for a pupil's tablet and a parent's phone."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.access import Opened, as_speaker
from api.database import Database
from api.errors import EmptyTurn, Refusal, TooLong, TurnIdTaken, UnknownLanguage, wants_json
from api.i18n import Translator
from api.pages.display import look_of
from api.pages.rendering import Pages, translator_for
from api.pages.screens import Screen, is_said
from api.security import new_id
from api.services.replies import answers_back
from api.services.talk import letterbox, readback, transcript
from api.services.talk.questions import ShownView
from api.services.talk.turns import Said, Turns
from api.services.talk.words import LONGEST

KEPT_IN_THE_BOX = (EmptyTurn, TooLong, TurnIdTaken)
PARTS = ("bar", "screen")
# states in which a link leads to what was promised; after an alert nothing but the link (practice 24)
SHOWS_PROMISES = ("paused", "finished", "alerted")


class Talk:
    """`door` names the templates, `address` is where this conversation lives."""

    def __init__(
        self,
        request: Request,
        opened: Opened,
        pages: Pages,
        database: Database,
        turns: Turns,
        *,
        door: str,
        address: str,
    ) -> None:
        self.request = request
        self.opened = opened
        self.door = door
        self.address = address
        self._pages = pages
        self._database = database
        self._turns = turns

    async def show(self) -> Response:
        screen, answered = await run_in_threadpool(self._arrived)
        if answered:
            return RedirectResponse(f"{self._home}/answers", 303)
        if not screen.page.exchanges:
            return self._welcome()
        return self._page(screen)

    async def open(self) -> Response:
        await self._turns.open(self.opened)
        return self._go_on()

    async def take(self, said: Said) -> Response:
        unsent = await self._unsent_words(said)
        try:
            outcome = await self._turns.take(self.opened, said)
        except KEPT_IN_THE_BOX as refusal:
            return await run_in_threadpool(self._refused, refusal, said.text or unsent)
        if wants_json(self.request):
            return await run_in_threadpool(self._changes, outcome.ordinal - 1)
        return await self._page_with(unsent) if unsent else self._go_on()

    async def change_language(self, code: str, turn_id: str | None) -> Response:
        if self._pages.translators.find(code) is None:
            raise UnknownLanguage
        await self._turns.change_language(self.opened, turn_id or new_id(), code)
        form = await self.request.form()
        unsent = str(form.get("draft", ""))
        return await self._page_with(unsent) if unsent.strip() else self._go_on()

    async def news(self, after: int) -> Response:
        return await run_in_threadpool(self._changes, after)

    async def said(self) -> Response:
        screen = await run_in_threadpool(self._screen, -1)
        exchanges = [exchange for exchange in screen.page.exchanges if is_said(exchange)]
        translator = self._translator(screen)
        return self._pages.show("speaking/said.html", translator, **self._door("talk/said"), exchanges=exchanges)

    async def _unsent_words(self, said: Said) -> str:
        """A button was pressed while words stood in the box: they are not sent, and not lost."""
        if said.kind != "choose" or wants_json(self.request):
            return ""
        form = await self.request.form()
        return str(form.get("text", "")).strip()

    def _arrived(self) -> tuple[Screen, bool]:
        """With whether an answer to what they said before waits for them and nothing would be interrupted by it."""
        screen = self._screen()
        if screen.state not in answers_back.AT_REST:
            return screen, False
        with self._database.reading(as_speaker(self.opened)) as session:
            return screen, answers_back.is_news_for(session, self.opened)

    def _screen(self, after: int | None = None, **more: Any) -> Screen:
        """With what is later than `after`; -1 for all of a conversation, which may be long."""
        with self._database.reading(as_speaker(self.opened)) as session:
            page = transcript.newest(session, self.opened, after)
            reading_back = page.state == "reading_back"
            lines = readback.lines(session, self.opened) if reading_back else []
            promised = page.state in SHOWS_PROMISES and answers_back.is_promised(session, self.opened)
        return Screen(self.address, page, tuple(lines), self._pages.translators, promised=promised, **more)

    def _translator(self, screen: Screen | None = None) -> Translator:
        language = screen.page.language if screen else self.opened.conversation.language
        return translator_for(self.request, chosen=language)

    @property
    def _home(self) -> str:
        return self.address.removesuffix("/talk")

    def _door(self, page: str = "talk") -> dict[str, Any]:
        look = look_of(self.opened, self._home, page)
        return {"door": self.door, "address": self.address, "home": self._home, "look": look}

    def _post(self) -> dict[str, Any]:
        """What the script needs to keep words on the device while there is no line."""
        secret = self.request.app.state.settings.secret.get_secret_value()
        return {"slot": letterbox.slot_for(self.opened, secret), "longest": LONGEST}

    def _go_on(self) -> Response:
        return RedirectResponse(self.address, 303)

    def _welcome(self) -> Response:
        link = self.opened.link
        about = {
            "name": self.opened.pupil.name,
            "school": self.opened.school.name,
            "until": link.expires_at if link else None,
        }
        return self._pages.show(f"{self.door}/start.html", self._translator(), 200, **self._door(), **about)

    def _page(self, screen: Screen, status: int = 200) -> Response:
        translator = self._translator(screen)
        return self._pages.show("speaking/talk.html", translator, status, **self._door(), **self._post(), screen=screen)

    async def _page_with(self, draft: str) -> Response:
        return self._page(await run_in_threadpool(lambda: self._screen(draft=draft)))

    def _refused(self, refusal: Refusal, words: str) -> Response:
        screen = self._screen(error=refusal.code, draft=words)
        if wants_json(self.request):
            return JSONResponse({**refusal.told(), **self._parts(screen, [])}, refusal.status)
        return self._page(screen, refusal.status)

    def _changes(self, after: int) -> Response:
        """For the script: parts of the page to put in place, and what is new since `after` to be read out."""
        screen = self._screen(after)
        news = [shown for exchange in screen.page.exchanges if exchange.ordinal > after for shown in exchange.shown]
        return JSONResponse(self._parts(screen, news))

    def _parts(self, screen: Screen, news: list[ShownView]) -> dict[str, Any]:
        translator = self._translator(screen)
        known = {**self._door(), "screen": screen, "news": news}
        rendered = {part: self._pages.render(f"speaking/{part}.html", translator, **known) for part in PARTS}
        return {
            "state": screen.state,
            "waiting": screen.waiting,
            "after": screen.after,
            "language": translator.language.tag,
            "parts": rendered,
            "news": self._pages.render("speaking/new.html", translator, **known),
        }
