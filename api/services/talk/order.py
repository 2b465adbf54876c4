"""Turns of one conversation are asked one at a time, in this process and, on PostgreSQL, in every other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from sqlalchemy import Connection, text
from starlette.concurrency import run_in_threadpool

from api.database import Database

PAUSE = 0.02  # seconds between two looks at a lock that another process holds
# each holds a connection while the bot thinks; more would leave none to store turns with
MOST_HELD = 10


class Order:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._connections = asyncio.Semaphore(MOST_HELD)

    def is_taken(self, conversation_id: str) -> bool:
        lock = self._locks.get(conversation_id)
        return lock is not None and lock.locked()

    @asynccontextmanager
    async def one_at_a_time(self, conversation_id: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            if not self._database.is_postgresql:
                yield
                return
            async with self._connections, self._advisory_lock(conversation_id):
                yield

    @asynccontextmanager
    async def _advisory_lock(self, conversation_id: str) -> AsyncIterator[None]:
        connection = await run_in_threadpool(self._database.engine.connect)
        try:
            while not await run_in_threadpool(_try_lock, connection, conversation_id):  # noqa: ASYNC110 - of others
                await asyncio.sleep(PAUSE)
            try:
                yield
            finally:
                await run_in_threadpool(_unlock, connection, conversation_id)
        finally:
            await run_in_threadpool(connection.close)


def _try_lock(connection: Connection, conversation_id: str) -> bool:
    found = connection.scalar(text("SELECT pg_try_advisory_lock(hashtextextended(:id, 0))"), {"id": conversation_id})
    connection.commit()
    return bool(found)


def _unlock(connection: Connection, conversation_id: str) -> None:
    connection.execute(text("SELECT pg_advisory_unlock(hashtextextended(:id, 0))"), {"id": conversation_id})
    connection.commit()
