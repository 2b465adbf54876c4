"""The list of pupils in the order in which they need somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from api.access import Standing
from api.services.people.pupils import PupilLine

State = Literal["nothing", "talking", "to_read", "finished"]
STATES: tuple[State, ...] = ("to_read", "talking", "nothing", "finished")
PAGE = 50


@dataclass(frozen=True)
class Row:
    line: PupilLine
    state: State

    @property
    def urgency(self) -> tuple[bool, bool, bool, int]:
        line = self.line
        return (not line.new_alerts, not line.waiting, not line.standing.wishes, STATES.index(self.state))


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


def state_of(standing: Standing) -> State:
    if standing.last_said is None:
        return "nothing"
    if standing.talking:
        return "talking"
    return "to_read" if standing.unread else "finished"


def rows_of(lines: Iterable[PupilLine], wanted: Filter, staff_id: int | None) -> Sequence[Row]:
    rows = [Row(line, state_of(line.standing)) for line in lines]
    return sorted((row for row in rows if _is_wanted(row, wanted, staff_id)), key=lambda row: row.urgency)


def _is_wanted(row: Row, wanted: Filter, staff_id: int | None) -> bool:
    pupil = row.line.pupil
    return (
        wanted.q.strip().casefold() in pupil.name.casefold()
        and wanted.state in ("", row.state)
        and (not wanted.mine or pupil.trusted_adult_id == staff_id)
    )
