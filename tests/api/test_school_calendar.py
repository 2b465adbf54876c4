from datetime import date, timedelta

import pytest

from api.database import Database
from api.errors import Unfit
from api.models import School
from api.services.people import school_calendar
from tests.api.people import People

FIRST, LAST = date(2026, 10, 26), date(2026, 10, 30)


def days(country: str) -> set[date]:
    school = School(name="A school", country=country)
    return {each.day for each in school_calendar.public_holidays(school, date(2026, 1, 1))}


def test_public_holidays_are_those_of_the_part_of_the_country() -> None:
    andrew, patrick = date(2026, 11, 30), date(2026, 3, 17)

    assert {andrew, patrick} & days("GB-SCT") == {andrew}
    assert {andrew, patrick} & days("GB-NIR") == {patrick}
    assert not {andrew, patrick} & days("GB-ENG")


def test_a_country_without_a_calendar_has_no_public_holidays() -> None:
    assert days("default") == set()


def test_closures_belong_to_one_school_and_are_added_once(database: Database, people: People) -> None:
    with database.writing() as session:
        for _ in range(2):
            school_calendar.add_closure(session, people.office, FIRST, LAST, "Half term")
        (made,) = school_calendar.closures(session, people.office)
        assert school_calendar.closures(session, people.stranger) == []

        school_calendar.remove_closure(session, people.stranger, made.id)
        assert school_calendar.closures(session, people.office) == [made]
        for _ in range(2):
            school_calendar.remove_closure(session, people.office, made.id)
        assert school_calendar.closures(session, people.office) == []


@pytest.mark.parametrize("last", [FIRST - timedelta(days=1), FIRST + timedelta(days=101)])
def test_days_that_cannot_be_meant_are_refused(database: Database, people: People, last: date) -> None:
    with database.writing() as session, pytest.raises(Unfit):
        school_calendar.add_closure(session, people.office, FIRST, last, "Half term")
