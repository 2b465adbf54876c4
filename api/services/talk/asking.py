"""Asks the bot about the turns that wait, oldest first, until none waits or the bot cannot be asked."""

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api import access
from api.access import Opened
from api.agent import Agent, BotFailed, BotForgot, BotRefused, BotUnreachable, Reply, TurnSent
from api.database import Database
from api.models import TurnState
from api.services.signposts import Signposts
from api.services.talk import answers, outgoing
from api.services.talk.filling import Filler
from api.services.talk.order import Order

log = logging.getLogger(__name__)
Found = TypeVar("Found")
Settled = dict[str, TurnState]  # turns that wait no longer, by id


class Asking:
    def __init__(self, database: Database, agent: Agent, signposts: Signposts) -> None:
        self.order = Order(database)
        self._database = database
        self._agent = agent
        self._signposts = signposts

    async def until_none_waits(self, opened: Opened) -> Settled:
        """Raises BotFailed when a turn still waits; what was answered before it is stored."""
        settled: Settled = {}
        async with self.order.one_at_a_time(opened.conversation.id):
            sent = await self._read(lambda session: outgoing.next_to_ask(session, opened))
            while sent:
                turn_id = sent.turn
                settled[turn_id], sent = await self._ask(opened, sent)
        return settled

    async def _ask(self, opened: Opened, sent: TurnSent) -> tuple[TurnState, TurnSent | None]:
        """What became of the turn, and the next that waits."""
        try:
            reply = await self._reply_to(opened, sent)
            return "answered", await self._write(lambda session: self._settle(session, opened, reply))
        except BotUnreachable:
            raise
        except BotFailed as failure:
            log.warning("conversation %s turn %s: %s", sent.conversation, sent.turn, failure)
            if not isinstance(failure, BotRefused) and not await self._has_failed_too_often(opened, sent):
                raise
        return "refused", await self._write(lambda session: _refuse(session, opened, sent))

    async def _reply_to(self, opened: Opened, sent: TurnSent) -> Reply:
        try:
            return await self._agent.turn(sent)
        except BotForgot as forgot:
            await self._remind(opened, sent, forgot.known)
        try:
            return await self._agent.turn(sent)
        except BotForgot:
            raise BotFailed("the bot forgets what it was just told") from None

    async def _remind(self, opened: Opened, sent: TurnSent, known: str | None) -> None:
        """The bot hears again what it heard before; its replies were stored then."""
        past = await self._read(lambda session: outgoing.answered_between(session, opened, known, sent.turn))
        log.warning("conversation %s: the bot forgot, %d turns are told again", sent.conversation, len(past))
        try:
            for turn in past:
                await self._agent.turn(turn)
        except (BotForgot, BotRefused):
            raise BotFailed("the bot does not take its own past") from None

    async def _has_failed_too_often(self, opened: Opened, sent: TurnSent) -> bool:
        return await self._write(lambda session: answers.note_failure(session, opened, sent.turn))

    def _settle(self, session: Session, opened: Opened, reply: Reply) -> TurnSent | None:
        quoted = {message.quote.turn for message in reply.messages if message.quote}
        texts = {turn_id: turn.text for turn_id in quoted if (turn := access.turn_in(session, opened, turn_id))}
        help_here = self._signposts.places(opened.school.country, opened.conversation.audience)
        answers.settle(session, opened, reply, Filler(help_here, texts))
        return _commit_and_go_on(session, opened)

    async def _read(self, job: Callable[[Session], Found]) -> Found:
        def work() -> Found:
            with self._database.reading() as session:
                return job(session)

        return await run_in_threadpool(work)

    async def _write(self, job: Callable[[Session], Found]) -> Found:
        def work() -> Found:
            with self._database.writing() as session:
                return job(session)

        return await run_in_threadpool(work)


def _refuse(session: Session, opened: Opened, sent: TurnSent) -> TurnSent | None:
    answers.refuse(session, opened, sent.turn)
    return _commit_and_go_on(session, opened)


def _commit_and_go_on(session: Session, opened: Opened) -> TurnSent | None:
    """Looked up in the same transaction, which saves one for each turn."""
    following = outgoing.next_to_ask(session, opened)
    session.commit()
    return following
