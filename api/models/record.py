"""What every table shares: names of constraints, the clock, times that keep their zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


_ago: ContextVar[timedelta] = ContextVar("ago", default=timedelta())


def now() -> datetime:
    return datetime.now(UTC) - _ago.get()


@contextmanager
def told_ago(time: timedelta) -> Iterator[None]:
    """What happens inside is stored as if it had happened so long ago. For the demo school, which has a past."""
    before = _ago.set(time)
    try:
        yield
    finally:
        _ago.reset(before)


class UtcTime(TypeDecorator[datetime]):
    """SQLite forgets the zone of a time; everything stored is UTC, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Record(SQLModel):
    """Base of the tables. Names of constraints are fixed so that a migration can drop them on any database.

    Ids that the database gives are typed as if they were always there: a row is not passed on before it has one.
    """

    metadata = MetaData(naming_convention=NAMING)
