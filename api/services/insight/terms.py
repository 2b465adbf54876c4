"""The parts of a school year. They share no day, so that no part of a term can be had by taking one from another."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from api.i18n import TIMEZONE

Season = Literal["autumn", "spring", "summer"]
# month in which each begins; holidays belong to the term before them
BEGINNINGS: tuple[tuple[Season, int], ...] = (("autumn", 9), ("spring", 1), ("summer", 4))
ON_OFFER = 4  # a year and what has begun of the next


@dataclass(frozen=True)
class Term:
    season: Season
    first_day: date
    last_day: date

    @property
    def code(self) -> str:
        return f"{self.first_day.year}-{self.season}"

    @property
    def begins(self) -> datetime:
        return _midnight(self.first_day)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.last_day + timedelta(days=1))


def begun_by(today: date) -> list[Term]:
    """The latest first."""
    years = range(today.year - 2, today.year + 2)
    starts = sorted((date(year, month, 1), season) for year in years for season, month in BEGINNINGS)
    terms = [Term(season, first, after - timedelta(days=1)) for (first, season), (after, _) in pairwise(starts)]
    return [term for term in reversed(terms) if term.first_day <= today][:ON_OFFER]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TIMEZONE).astimezone(UTC)
