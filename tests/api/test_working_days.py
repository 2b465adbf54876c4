"""Two working days by the school's own calendar (practice 39)."""

from datetime import UTC, date, datetime

import pytest

from api.services.review.working_days import Calendar

ENGLAND = Calendar("GB-ENG")


def said(month: int, day: int, hour: int = 12, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (said(11, 2), date(2026, 11, 4)),  # a Monday
        (said(11, 6), date(2026, 11, 10)),  # a Friday
        (said(11, 7), date(2026, 11, 10)),  # a Saturday
    ],
)
def test_words_are_due_two_working_days_later(at: datetime, due: date) -> None:
    assert ENGLAND.due(at) == due


def test_a_bank_holiday_is_no_working_day() -> None:
    assert ENGLAND.due(said(4, 2)) == date(2026, 4, 8)  # Thursday before Easter


def test_every_part_of_the_country_has_its_own_holidays() -> None:
    assert ENGLAND.due(said(11, 27)) == date(2026, 12, 1)
    assert Calendar("GB-SCT").due(said(11, 27)) == date(2026, 12, 2)  # St Andrew's Day


def test_a_closure_of_the_school_is_no_working_day() -> None:
    half_term = Calendar("GB-ENG", ((date(2026, 10, 26), date(2026, 10, 30)),))

    assert half_term.due(said(10, 23)) == date(2026, 11, 3)


def test_late_in_a_summer_evening_it_is_the_next_day_at_school() -> None:
    assert ENGLAND.due(said(7, 2, 22, 30)) == date(2026, 7, 6)  # 23:30 on a Thursday
    assert ENGLAND.due(said(7, 2, 23, 30)) == date(2026, 7, 7)  # 00:30 on a Friday
    assert ENGLAND.due(said(11, 5, 23, 30)) == date(2026, 11, 9)  # winter: still Thursday


@pytest.mark.parametrize("change", [said(3, 27), said(10, 23)])
def test_the_clocks_that_change_at_the_weekend_cost_no_day(change: datetime) -> None:
    assert (ENGLAND.due(change) - change.date()).days == 4


def test_an_unknown_country_still_has_weekends() -> None:
    assert Calendar("XX-YY").due(said(11, 6)) == date(2026, 11, 10)


def test_a_school_that_never_opens_again_hangs_no_page() -> None:
    closed = Calendar("GB-ENG", ((date(2020, 1, 1), date(2100, 1, 1)),))

    assert closed.due(said(11, 6)) > date(2027, 11, 6)
