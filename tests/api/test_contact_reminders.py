"""Whoever planned contact is reminded on the day, and once more when nobody has said what became of it."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session, select

from api.database import Database
from api.models import Mail, PlannedContact, School, SchoolClosure, StaffMember, now
from api.services.rhythm.reminding import contacts_due
from tests.api.people import People
from tests.api.planned import contact

THURSDAY, FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 12, day) for day in (3, 4, 7, 8, 9))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def planned(session: Session, people: People) -> PlannedContact:
    return contact(session, people.pupil, people.adult, FRIDAY)


def letters(session: Session, *days: date) -> list[Mail]:
    for day in days:
        contacts_due(session, day)
    return list(session.exec(select(Mail).order_by(Mail.id)))  # type: ignore[arg-type]


def change(session: Session, row: PlannedContact | StaffMember | School, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.commit()


def test_nobody_is_reminded_before_the_day(session: Session, planned: PlannedContact) -> None:
    assert letters(session, THURSDAY) == []


def test_the_owner_is_reminded_on_the_day_and_once_when_it_is_overdue(
    session: Session, planned: PlannedContact, people: People
) -> None:
    sent = letters(session, FRIDAY, FRIDAY, MONDAY, TUESDAY, WEDNESDAY)

    assert [(mail.kind, mail.staff_id, mail.key) for mail in sent] == [
        ("contact_due", people.adult.id, f"contact-{planned.key}-1-{occasion}") for occasion in ("day", "overdue")
    ]


def test_a_letter_holds_no_word_and_no_name(session: Session, planned: PlannedContact) -> None:
    (mail,) = letters(session, FRIDAY)

    assert mail.about == {"contact": planned.id}


@pytest.mark.parametrize("outcome", ["held", "missed", "cancelled"])
def test_what_is_settled_is_let_be(session: Session, planned: PlannedContact, outcome: str) -> None:
    change(session, planned, outcome=outcome)

    assert letters(session, FRIDAY, TUESDAY) == []


def test_what_was_moved_is_reminded_of_on_its_new_day(session: Session, planned: PlannedContact) -> None:
    letters(session, FRIDAY)
    change(session, planned, day=MONDAY, version=2)

    assert [mail.key[-5:] for mail in letters(session, MONDAY)] == ["1-day", "2-day"]


def test_a_school_that_was_closed_on_the_day_is_reminded_on_the_next(
    session: Session, planned: PlannedContact, people: People
) -> None:
    session.add(SchoolClosure(school_id=people.adult.school_id, first_day=FRIDAY, last_day=FRIDAY, name="-"))
    session.commit()

    assert letters(session, FRIDAY) == []
    assert len(letters(session, MONDAY)) == 1


@pytest.mark.parametrize(("country", "overdue"), [("GB-ENG", 1), ("GB-SCT", 0)])
def test_a_holiday_of_the_country_is_no_day_in_which_to_forget(
    session: Session, people: People, country: str, overdue: int
) -> None:
    change(session, session.get_one(School, people.adult.school_id), country=country)
    contact(session, people.pupil, people.adult, date(2026, 11, 27))  # the Monday after it is St Andrew's Day

    assert len(letters(session, date(2026, 12, 1))) == overdue


def test_in_place_of_an_owner_who_left_the_trusted_adult_is_reminded(session: Session, people: People) -> None:
    for owner in (people.lead, people.colleague):  # the colleague does not work with this pupil
        contact(session, people.pupil, owner, FRIDAY)
    change(session, session.get_one(StaffMember, people.lead.id), left_at=now())

    assert {mail.staff_id for mail in letters(session, FRIDAY)} == {people.adult.id}
