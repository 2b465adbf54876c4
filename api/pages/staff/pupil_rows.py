"""The list of pupils in the order in which they need somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

from api.models import now
from api.services.people.pupils import PupilLine

State = Literal["nothing", "talking", "to_read", "finished"]
STATES: tuple[State, ...] = ("to_read", "talking", "nothing", "finished")
PAGE = 50
UNDER_WAY = ("asking", "paused", "reading_back")
# a tablet that was put down without a goodbye: after so long the words are there to be read
STILL_TALKING = timedelta(minutes=15)


@dataclass(frozen=True)
class Row:
    line: PupilLine
    state: State

    @property
    def urgency(self) -> tuple[bool, bool, bool, int]:
        line = self.line
        return (not line.new_alerts, not line.waiting, not line.wants_person, STATES.index(self.state))


@dataclass(frozen=True)
class Filter:
    q: str = ""
    state: str = ""
    mine: bool = False
    page: int = 1

    @property
    def narrows(self) -> bool:
        return bool(self.q.strip() or self.state or self.mine)

    def of_this_page(self, rows: Sequence[Row]) -> Sequence[Row]:
        return rows[(self.page - 1) * PAGE : self.page * PAGE]

    def last_page(self, found: int) -> int:
        return max(1, ceil(found / PAGE))


def state_of(line: PupilLine, at: datetime) -> State:
    if line.last_at is None:
        return "nothing"
    if line.state in UNDER_WAY and at - line.last_at < STILL_TALKING:
        return "talking"
    return "to_read" if line.unread else "finished"


def rows_of(lines: Iterable[PupilLine], wanted: Filter, staff_id: int | None) -> Sequence[Row]:
    at = now()
    rows = [Row(line, state_of(line, at)) for line in lines]
    return sorted((row for row in rows if _is_wanted(row, wanted, staff_id)), key=lambda row: row.urgency)


def _is_wanted(row: Row, wanted: Filter, staff_id: int | None) -> bool:
    pupil = row.line.pupil
    return (
        wanted.q.strip().casefold() in pupil.name.casefold()
        and wanted.state in ("", row.state)
        and (not wanted.mine or pupil.trusted_adult_id == staff_id)
    )
