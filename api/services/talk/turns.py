"""Taking a turn: the words are safe first, then the bot is asked. A bot that fails never loses or refuses words."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api import access
from api.access import Opened
from api.agent import BotFailed, Line
from api.database import Database
from api.errors import Malformed, UnknownLanguage
from api.models import Turn, TurnChannel, TurnState, now
from api.security import new_id
from api.services.talk import arrivals, conversations
from api.services.talk.asking import Asking, Settled
from api.services.talk.words import clean_and_check

log = logging.getLogger(__name__)

LANGUAGE_CHOICE = "language:"
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
KINDS_OF_CHOICE = "topic|feeling|card|ladder|control|language|readback|reach|hours|way|rhythm"
ChoiceCode = Annotated[str, Field(pattern=rf"^({KINDS_OF_CHOICE}):[A-Za-z0-9_.-]{{1,40}}$")]


LONGEST_WAIT = 30 * 24 * 3600  # seconds; as long as a letterbox is open
WORTH_NOTING = 60  # seconds; less is what a line usually takes


def _wait(given: object) -> int:
    """Words are never refused for a clock that is wrong."""
    digits = str(given)
    return min(int(digits), LONGEST_WAIT) if digits.isdecimal() and len(digits) < len(str(LONGEST_WAIT)) + 1 else 0


class Said(BaseModel):
    """What a page sends. `asked` is the Shown.id of the question that stood on the screen."""

    model_config = ConfigDict(hide_input_in_errors=True, frozen=True)

    turn: Id
    kind: Literal["say", "choose"]
    text: str = ""
    choices: Annotated[list[ChoiceCode], Field(max_length=32)] = []
    asked: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    target: Line | None = None
    # seconds on the device until it was sent: its clock may be wrong, but not by much within one wait
    waited: Annotated[int, BeforeValidator(_wait)] = 0

    @property
    def said_at(self) -> datetime | None:
        """None where it came at once."""
        return now() - timedelta(seconds=self.waited) if self.waited >= WORTH_NOTING else None


class Outcome(BaseModel):
    turn: str
    ordinal: int
    state: TurnState


class Turns:
    """`patience`: seconds after which a person is told that their words are kept and the answer comes later."""

    def __init__(self, database: Database, asking: Asking, patience: float, is_offered: Callable[[str], bool]) -> None:
        self._database = database
        self._asking = asking
        self._patience = patience
        self._is_offered = is_offered
        self._under_way: set[asyncio.Task[Settled]] = set()

    def new_id(self) -> str:
        return new_id()

    async def open(self, opened: Opened) -> Outcome:
        """The first turn, which brings the first messages. Its id is fixed, so that it happens once."""
        turn_id = f"open-{opened.conversation.id}"
        if opened.conversation.state != "new":
            return Outcome(turn=turn_id, ordinal=0, state="answered")
        return await self._take(opened, lambda: self._store_opening(opened, turn_id))

    async def take(self, opened: Opened, said: Said, channel: TurnChannel = "page") -> Outcome:
        """Stores and commits, then waits for the bot as long as patience lasts."""
        return await self._take(opened, lambda: self._store(opened, said, channel))

    async def keep(self, opened: Opened, said: Said) -> None:
        """Only stores: words that waited on a device are all kept before the bot is asked about the first."""
        await run_in_threadpool(self._store, opened, said)

    def ask_beside(self, opened: Opened) -> None:
        """Nobody waits for the answer; it stands when the page is next looked at."""
        self._asked(opened)

    async def change_language(self, opened: Opened, turn_id: str, code: str) -> Outcome | None:
        """Before the conversation has begun there is nothing to say again: the choice is only kept."""
        if not self._is_offered(code):
            raise UnknownLanguage
        if opened.conversation.state == "new":
            await run_in_threadpool(self._set_language, opened, code)
            return None
        choice = f"{LANGUAGE_CHOICE}{code}"
        return await self.take(opened, Said(turn=turn_id, kind="choose", choices=[choice]))

    async def close(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _take(self, opened: Opened, store: Callable[[], Turn]) -> Outcome:
        turn = await run_in_threadpool(store)
        if turn.state != "waiting":
            return Outcome(turn=turn.id, ordinal=turn.ordinal, state=turn.state)
        settled = await self._wait_for_answer(opened)
        state = settled[turn.id] if turn.id in settled else await run_in_threadpool(self._state_now, opened, turn)
        return Outcome(turn=turn.id, ordinal=turn.ordinal, state=state)

    async def _wait_for_answer(self, opened: Opened) -> Settled:
        """The asking goes on by itself when the person has waited enough or has closed the page."""
        task = self._asked(opened)
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        return task.result() if done else {}

    def _asked(self, opened: Opened) -> asyncio.Task[Settled]:
        task = asyncio.create_task(self._ask_quietly(opened))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _ask_quietly(self, opened: Opened) -> Settled:
        """Whatever happens here, the words are stored and the replayer will try again."""
        try:
            return await self._asking.until_none_waits(opened)
        except BotFailed as failure:
            log.warning("conversation %s waits: %s", opened.conversation.id, failure)
        except Exception as error:
            log.error("conversation %s waits: %s", opened.conversation.id, type(error).__name__)
        return {}

    def store(self, session: Session, opened: Opened, said: Said, channel: TurnChannel) -> Turn:
        """Stores and commits together with whatever the caller wants to be kept with it."""
        language = self._chosen_language(said)
        text = clean_and_check(said.text) if said.kind == "say" else ""
        choices = list(dict.fromkeys(said.choices)) if said.kind == "choose" else []
        if said.kind == "choose" and not choices:
            raise Malformed
        return arrivals.store(
            session,
            opened,
            turn_id=said.turn,
            kind=said.kind,
            text=text,
            choices=choices,
            asked=said.asked,
            target=said.target,
            language=language,
            channel=channel,
            said_at=said.said_at,
        )

    def _store(self, opened: Opened, said: Said, channel: TurnChannel = "page") -> Turn:
        with self._database.writing(access.as_speaker(opened)) as session:
            return self.store(session, opened, said, channel)

    def _chosen_language(self, said: Said) -> str | None:
        codes = [code.removeprefix(LANGUAGE_CHOICE) for code in said.choices if code.startswith(LANGUAGE_CHOICE)]
        if not codes or said.kind != "choose":
            return None
        if not self._is_offered(codes[0]):
            raise UnknownLanguage
        return codes[0]

    def _store_opening(self, opened: Opened, turn_id: str) -> Turn:
        with self._database.writing(access.as_speaker(opened)) as session:
            return arrivals.store(session, opened, turn_id=turn_id, kind="open")

    def _state_now(self, opened: Opened, turn: Turn) -> TurnState:
        """Another page may have brought it to the bot meanwhile."""
        with self._database.reading(access.as_speaker(opened)) as session:
            return (access.turn_in(session, opened, turn.id) or turn).state

    def _set_language(self, opened: Opened, code: str) -> None:
        with self._database.writing(access.as_speaker(opened)) as session:
            conversations.set_language(session, opened, code)
