"""The clock of the promise to read: two working days by the school's own calendar (practice 39)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from api.i18n import TIMEZONE
from api.models import SchoolClosure

READ_WITHIN = 2  # working days after the last words
SATURDAY = 5
LONGEST_CLOSURE = 400  # days to look ahead: a calendar that never opens again must not hang a page


@dataclass(frozen=True)
class Calendar:
    """On which days somebody at school can be expected to read."""

    country: str  # GB-ENG, GB-SCT ...; of an unknown one only weekends are known
    closures: tuple[tuple[date, date], ...] = field(default=())  # first and last day

    @classmethod
    def of(cls, country: str, closures: Iterable[SchoolClosure]) -> "Calendar":
        return cls(country, tuple((each.first_day, each.last_day) for each in closures))

    def is_working(self, day: date) -> bool:
        return (
            day.weekday() < SATURDAY
            and day not in _public_holidays(self.country, day.year)
            and not any(first <= day <= last for first, last in self.closures)
        )

    def after(self, day: date, count: int) -> date:
        """The last of so many working days that follow `day`."""
        limit = day + timedelta(days=LONGEST_CLOSURE)
        while count and day < limit:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def due(self, said_at: datetime) -> date:
        """The day by whose end words of this moment are to be read."""
        return self.after(local_day(said_at), READ_WITHIN)


def local_day(moment: datetime) -> date:
    """By the school's clock: late in a summer evening UTC is still on the day before."""
    return moment.astimezone(TIMEZONE).date()


@lru_cache(maxsize=64)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    nation, _, part = country.partition("-")
    try:
        return frozenset(holidays.country_holidays(nation, subdiv=part or None, years=year))
    except NotImplementedError:
        return frozenset()
