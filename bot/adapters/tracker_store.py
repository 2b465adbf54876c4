"""Rasa's memory: one row a turn, no words, SQLite or PostgreSQL (endpoints.yml: tracker_store)."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

from adapters import wordless
from adapters.conversation import Conversation

tables = sa.MetaData()
TURNS = sa.Table(
    "conversation_turns",
    tables,
    sa.Column("conversation", sa.String(255), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("turn", sa.String(64)),
    sa.Column("events", sa.Text, nullable=False),
)


class UnansweredTurn(RuntimeError):
    """A turn without an answer is not kept: asked again, it is worked on again."""


class WordlessTrackerStore(TrackerStore):
    """Keeps turn ids, what was asked, codes and offsets. An error leaves as it came: the channel answers 503.

    `remembered` conversations stay in memory. One that is worked on is taken out and comes back only when its
    turn is stored, and it counts only while the store holds as many turns as it does, so a turn that failed,
    another process or an erasure never leaves a stale conversation behind.
    """

    def __init__(
        self, domain: Domain | None = None, host: str | None = None, event_broker: Any = None, remembered: int = 128
    ) -> None:
        super().__init__(domain, event_broker)
        self._engine = open_engine(host or "sqlite:///data/tracker.db")
        self._remembered = remembered
        self._memory: OrderedDict[str, Conversation] = OrderedDict()
        self._held: dict[str, Conversation] = {}
        self._has_tables = False

    @contextmanager
    def hold(self, conversation: str) -> Iterator[Conversation]:
        """The conversation for the length of one turn: whoever asks the store meanwhile gets the same object."""
        tracker = self._current(conversation) or self.init_tracker(conversation)
        self._held[conversation] = tracker
        try:
            yield tracker
        finally:
            del self._held[conversation]
            if tracker.saved == len(tracker.events):
                self._remember(tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self._held.get(sender_id) or self._current(sender_id)

    def init_tracker(self, sender_id: str) -> Conversation:
        return Conversation(sender_id, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        assert isinstance(tracker, Conversation)
        fresh = [event for event in tracker.unsaved() if wordless.is_kept(event)]
        if not fresh:
            return
        _refuse_unanswered(fresh)
        for event in fresh:
            wordless.hush(event)
        self._insert(tracker, fresh)
        tracker.settle()
        tracker.turns += 1
        if tracker.sender_id not in self._held:
            self._remember(tracker)

    async def keys(self) -> Iterable[str]:
        with self._connected() as connection:
            return list(connection.execute(sa.select(TURNS.c.conversation).distinct()).scalars())

    def check(self) -> None:
        """Raises when the store does not answer."""
        with self._connected() as connection:
            connection.execute(sa.select(1))

    def _insert(self, tracker: Conversation, events: list[Event]) -> None:
        turn = next((event.message_id for event in events if isinstance(event, UserUttered)), None)
        text = json.dumps([wordless.written(event) for event in events], ensure_ascii=False, separators=(",", ":"))
        row = {"conversation": tracker.sender_id, "ordinal": tracker.turns, "turn": turn, "events": text}
        with self._connected() as connection:
            connection.execute(TURNS.insert(), row)

    def _current(self, conversation: str) -> Conversation | None:
        known = self._memory.pop(conversation, None)
        stored = self._count(conversation)
        if known is not None and known.turns == stored:
            return known
        return self._load(conversation) if stored else None

    def _count(self, conversation: str) -> int:
        newest = sa.select(sa.func.max(TURNS.c.ordinal)).where(TURNS.c.conversation == conversation)
        with self._connected() as connection:
            ordinal = connection.execute(newest).scalar()
        return 0 if ordinal is None else ordinal + 1

    def _load(self, conversation: str) -> Conversation:
        rows = sa.select(TURNS.c.events).where(TURNS.c.conversation == conversation).order_by(TURNS.c.ordinal)
        with self._connected() as connection:
            turns = [json.loads(events) for events in connection.execute(rows).scalars()]
        return Conversation.of(conversation, self.domain.slots, turns)

    def _remember(self, tracker: Conversation) -> None:
        self._memory[tracker.sender_id] = tracker
        self._memory.move_to_end(tracker.sender_id)
        while len(self._memory) > self._remembered:
            self._memory.popitem(last=False)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """A transaction. The table is made at first use, so a store that is down at the start may come up later."""
        with self._engine.begin() as connection:
            if not self._has_tables:
                _create_tables(connection)
                self._has_tables = True
            yield connection


def _refuse_unanswered(events: list[Event]) -> None:
    heard = any(isinstance(event, UserUttered) for event in events)
    if heard and not any(isinstance(event, BotUttered) for event in events):
        raise UnansweredTurn


def _create_tables(connection: Any) -> None:
    if connection.dialect.name == "postgresql":  # several processes may start at once
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(8153021)"))
    tables.create_all(connection, checkfirst=True)


def open_engine(url: str) -> Engine:
    """Errors of the engine name no parameters; a lost connection is noticed before a turn is put on it."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        waits = {"connect_timeout": 3} if address.get_backend_name() == "postgresql" else {}
        return sa.create_engine(address, pool_pre_ping=True, hide_parameters=True, connect_args=waits, future=True)
    if address.database not in (None, "", ":memory:"):
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # The default opens the file anew for every statement.
    engine = sa.create_engine(address, poolclass=QueuePool, pool_size=1, hide_parameters=True, future=True)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """WAL lets others read while a turn is written; NORMAL survives the end of the process at any moment."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA busy_timeout=3000")
