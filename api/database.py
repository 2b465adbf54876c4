"""The one store of people's words: an engine made from the settings, and two kinds of transaction.

On PostgreSQL each transaction says for whom it stands, and the policies of migration 0006 show it no other rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, create_engine, text

# WAL lets staff read while a turn is written. FULL, because words that were acknowledged must survive a power cut;
# WAL's usual NORMAL may lose the last commits. Replies too, although they can be asked for again: an alert must not
# vanish after an adult has seen it, nor a question to which a device may already send the answer.
# Foreign keys, because erasing a person is a cascade.
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 10000")
# SQLite has one writer and lets the others look again and again, some of them for seconds; a pool of one connection
# is a queue
ONE_WRITER = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 10}
# whom a transaction stands for: these, or `staff:<id>` and `conversation:<id>` (api.access.standing)
EVERYTHING, NOBODY = "everything", "nobody"
StandsFor = str | Callable[[], str]  # a call is made when the transaction begins
# true: until the end of the transaction. Compiling the policies of a query (jit) would take seconds, running them does
# not
_STAND_FOR = text("SELECT set_config('pupil_voice.reader', :reader, true), set_config('jit', 'off', true)")
_BYPASSES = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")


class Database:
    def __init__(self, url: str) -> None:
        self.engine = build_engine(url)
        self._writing_engine = self.engine if self.is_postgresql else _sqlite_engine(url, "BEGIN IMMEDIATE", ONE_WRITER)

    @property
    def is_postgresql(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def reading(self, stands_for: StandsFor = EVERYTHING) -> Iterator[Session]:
        """Without a name it is a task of the product itself, for which no person asks."""
        with self._session(self.engine, stands_for) as session:
            yield session

    @contextmanager
    def writing(self, stands_for: StandsFor = EVERYTHING) -> Iterator[Session]:
        """Whoever writes commits; leaving without a commit undoes it."""
        with self._session(self._writing_engine, stands_for) as session:
            yield session

    def _session(self, engine: Engine, stands_for: StandsFor) -> Session:
        session = Session(engine, expire_on_commit=False)
        if self.is_postgresql:
            event.listen(session, "after_begin", lambda _session, _transaction, begun: _stand_for(begun, stands_for))
        return session

    def bypasses_policies(self) -> bool:
        """Whether PostgreSQL would show this role every row, whomever it stands for."""
        if not self.is_postgresql:
            return False
        with self.engine.connect() as connection:
            return bool(connection.scalar(_BYPASSES))

    def answers(self) -> bool:
        with self.reading() as session:
            return bool(session.connection().scalar(text("SELECT count(*) >= 0 FROM school")))

    def close(self) -> None:
        self._writing_engine.dispose()
        self.engine.dispose()


def insert_once(
    session: Session, noun: type[SQLModel], row: Mapping[str, Any], same: Sequence[str] = ("key",)
) -> postgresql.Insert | sqlite.Insert:
    """A statement that adds nothing where a row with the `same` columns is there already, perhaps since a moment ago
    and from another process.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(noun).values(**row).on_conflict_do_nothing(index_elements=list(same))


def stand_for_everything(connection: Connection) -> None:
    """For the transaction that is open: migrations see what they change."""
    if connection.dialect.name == "postgresql":
        _stand_for(connection, EVERYTHING)


def _stand_for(connection: Connection, stands_for: StandsFor) -> None:
    connection.execute(_STAND_FOR, {"reader": stands_for if isinstance(stands_for, str) else stands_for()})


def build_engine(url: str) -> Engine:
    # hide_parameters: an error must not carry words into a log
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_size=20, max_overflow=20, pool_pre_ping=True)
    _make_folder(url)
    return _sqlite_engine(url, "BEGIN", {"pool_size": 20, "max_overflow": 20})


def _sqlite_engine(url: str, begin: str, pool: dict[str, int]) -> Engine:
    """A transaction that reads first and writes later can find its picture stale and fail; one that says at once
    that it will write (BEGIN IMMEDIATE) waits its turn instead.
    """
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False}, **pool)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _make_folder(url: str) -> None:
    name = make_url(url).database
    if name and name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late; ours is sent at once
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
