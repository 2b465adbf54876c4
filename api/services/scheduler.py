"""What the product does by itself, again and again. What is due follows from the rows and the clock alone: a restart
loses nothing and doubles nothing, and several workers may all do the same rounds.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.database import Database
from api.i18n import TIMEZONE
from api.models import now
from api.services.trying_again import without_end

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds
MORNING = 7  # o'clock
Go = Callable[[Session, datetime], object]
IsDue = Callable[[Session, datetime], bool]


@dataclass(frozen=True)
class Round:
    """`go` does what is due at that moment; whatever it adds has a key that exists once. The scheduler commits.

    `is_due` is looked up without writing: SQLite has one writer, and turns come first. Without one, `go` opens a
    writing transaction each time, so `every` should be minutes at least.
    """

    name: str  # for the log
    every: timedelta
    go: Go
    is_due: IsDue | None = None


def by_day(go: Callable[[Session, date], object]) -> Go:
    """For what is due on a day: from the morning on, by the school's clock."""

    def go_in_the_daytime(session: Session, at: datetime) -> None:
        here = at.astimezone(TIMEZONE)
        if here.hour >= MORNING:
            go(session, here.date())

    return go_in_the_daytime


class Scheduler:
    """Each round has a transaction of its own; one that fails is tried again at its next time and stops no other."""

    def __init__(self, database: Database, rounds: Iterable[Round], clock: Callable[[], datetime] = now) -> None:
        self._database = database
        self._rounds = tuple(rounds)
        self._clock = clock
        self._gone: dict[str, datetime] = {}  # when each was last done here; only saves work, see above
        self._is_stopping = False

    def stop(self) -> None:
        """The round in hand is finished; the others wait for the next start."""
        self._is_stopping = True

    async def run(self) -> None:
        await without_end("rounds", partial(run_in_threadpool, self.go_round), PAUSE)

    def go_round(self) -> None:
        for each in self._rounds:
            if not self._is_stopping and self._has_come(each):
                self._try(each)

    def _has_come(self, this: Round) -> bool:
        gone = self._gone.get(this.name)
        return gone is None or self._clock() - gone >= this.every

    def _try(self, this: Round) -> None:
        at = self._clock()
        self._gone[this.name] = at
        try:
            self._do(this, at)
        except Exception as error:  # its words could name people; the other rounds must go on
            log.error("the round %s failed: %s", this.name, type(error).__name__)

    def _do(self, this: Round, at: datetime) -> None:
        if this.is_due and not self._is_due(this.is_due, at):
            return
        with self._database.writing() as session:
            this.go(session, at)
            session.commit()

    def _is_due(self, is_due: IsDue, at: datetime) -> bool:
        with self._database.reading() as session:
            return is_due(session, at)
