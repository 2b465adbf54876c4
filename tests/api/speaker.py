"""Somebody who talks, without a browser: the services as a page uses them."""

from typing import Any

from sqlmodel import select

from api import access
from api.access import Opened
from api.agent import Agent, Line
from api.database import Database
from api.models import Conversation, Record
from api.services.signposts import Signposts
from api.services.talk import transcript
from api.services.talk.asking import Asking
from api.services.talk.replay import Replayer
from api.services.talk.transcript import Page
from api.services.talk.turns import Outcome, Said, Turns

OFFERED = {"en", "ar"}
HELP = Signposts({"default": {"helpline": "a helpline", "emergency": "111"}})


class Services:
    """What the running product holds, on one store and one bot."""

    def __init__(self, database: Database, agent: Agent, patience: float = 2) -> None:
        self.database = database
        asking = Asking(database, agent, HELP)
        self.turns = Turns(database, asking, patience, OFFERED.__contains__)
        self.replayer = Replayer(database, asking)


class Speaker:
    def __init__(self, services: Services, conversation_id: str) -> None:
        self._services = services
        self.conversation_id = conversation_id

    @property
    def opened(self) -> Opened:
        with self._services.database.reading() as session:
            return access.conversation_for_the_bot(session, self.conversation_id)

    async def opens(self) -> Outcome:
        return await self._services.turns.open(self.opened)

    async def says(self, text: str, **more: Any) -> Outcome:
        said = Said.model_validate({"turn": self._services.turns.new_id(), "kind": "say", "text": text, **more})
        return await self._services.turns.take(self.opened, said)

    async def chooses(self, code: str, **more: Any) -> Outcome:
        said = Said(turn=self._services.turns.new_id(), kind="choose", choices=[code], **more)
        return await self._services.turns.take(self.opened, said)

    async def leaves_out(self, outcome: Outcome, words: str) -> Outcome:
        return await self.chooses("readback:leave_out", target=self.line(outcome, words))

    def line(self, outcome: Outcome, words: str) -> Line:
        return Line(turn=outcome.turn, start=0, end=len(words))

    async def takes_language(self, code: str) -> Outcome | None:
        return await self._services.turns.change_language(self.opened, self._services.turns.new_id(), code)

    def page(self, after: int = -1) -> Page:
        with self._services.database.reading() as session:
            return transcript.page(session, self.opened, after)

    def words(self) -> list[str]:
        return [exchange.text for exchange in self.page().exchanges if exchange.kind == "say"]

    def conversation(self) -> Conversation:
        return self.opened.conversation

    def rows(self, kind: type[Record]) -> list[Any]:
        with self._services.database.reading() as session:
            return list(session.exec(select(kind)))
