"""The clock of the promise to read: two working days by the school's own calendar (practice 39)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from sqlmodel import Session

from api import access
from api.i18n import TIMEZONE
from api.models import School, StaffMember

READ_WITHIN = 2  # working days after the last words
SATURDAY = 5
LOOK_AHEAD = 400  # days: a calendar that never opens again must not hang a page


@dataclass(frozen=True)
class Calendar:
    """On which days somebody at school can be expected to read."""

    country: str  # GB-ENG, GB-SCT ...; of an unknown one only weekends are known
    closures: tuple[tuple[date, date], ...] = field(default=())  # first and last day

    def is_working(self, day: date) -> bool:
        return (
            day.weekday() < SATURDAY
            and day not in public_holidays(self.country, day.year)
            and not any(first <= day <= last for first, last in self.closures)
        )

    def after(self, day: date, count: int) -> date:
        """The last of so many working days that follow `day`."""
        limit = day + timedelta(days=LOOK_AHEAD)
        while count and day < limit:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def open_from(self, day: date, last: date) -> date | None:
        """The first working day from `day` on; None where there is none until `last`."""
        found = self.after(day - timedelta(days=1), 1)
        return found if found <= last and self.is_working(found) else None

    def open_until(self, day: date, first: date) -> date | None:
        """The last working day up to `day`; None where there is none from `first` on."""
        while day >= first and not self.is_working(day):
            day -= timedelta(days=1)
        return day if day >= first else None

    def due(self, said_at: datetime) -> date:
        """The day by whose end words of this moment are to be read."""
        return self.after(local_day(said_at), READ_WITHIN)


def calendar_of(session: Session, staff: StaffMember) -> Calendar:
    """Of their school."""
    country = session.get_one(School, staff.school_id).country
    return Calendar(country, tuple((each.first_day, each.last_day) for each in access.closures_of(session, staff)))


def local_day(moment: datetime) -> date:
    """By the school's clock: late in a summer evening UTC is still on the day before."""
    return moment.astimezone(TIMEZONE).date()


@lru_cache(maxsize=64)
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """With their names; none where the country, or that part of it, has no calendar."""
    nation, _, part = country.partition("-")
    try:
        return dict(holidays.country_holidays(nation, subdiv=part or None, years=year))
    except NotImplementedError:  # the library's word for a country or part that it does not know
        return {}
