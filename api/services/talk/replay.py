"""Brings waiting turns to the bot when it is back, also those that a crash of this process left behind."""

import logging

from starlette.concurrency import run_in_threadpool

from api import access
from api.access import Opened
from api.agent import BotFailed, BotSlow, BotUnreachable
from api.database import Database
from api.services.talk.asking import Asking
from api.services.trying_again import without_end

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds


class Replayer:
    def __init__(self, database: Database, asking: Asking) -> None:
        self._database = database
        self._asking = asking

    async def run(self) -> None:
        await without_end("waiting turns", self.go_round, PAUSE)

    async def go_round(self) -> None:
        """A conversation in trouble does not hold up the others; only an absent bot ends the round."""
        for opened in await run_in_threadpool(self._waiting):
            if self._asking.order.is_taken(opened.conversation.id):
                continue
            try:
                await self._asking.until_none_waits(opened)
            except BotSlow:
                continue
            except BotUnreachable:
                return
            except BotFailed:
                continue
            except Exception as error:
                log.error("conversation %s waits: %s", opened.conversation.id, type(error).__name__)

    def _waiting(self) -> list[Opened]:
        with self._database.reading() as session:
            ids = access.conversations_that_wait(session)
            return [access.conversation_for_the_bot(session, conversation_id) for conversation_id in ids]
