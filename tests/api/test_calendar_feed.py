"""What a calendar program is given: the kind of contact, the day and a link, and nobody's name."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event
from sqlmodel import Session

from api import access
from api.database import Database
from api.errors import LinkNotOpen
from api.models import Carer, Pupil, StaffMember, now
from api.services.rhythm import feed, planning
from tests.api.people import People
from tests.api.planned import TUESDAY, contact, on, working_day

PAGE = "https://school.test/staff/contacts"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with on(TUESDAY):
        yield


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def raw(session: Session, staff: StaffMember) -> str:
    return feed.feed(session, staff, lambda kind: (f"kind {kind}", "where it is"), PAGE).decode()


def events(session: Session, staff: StaffMember) -> list[Event]:
    return list(Calendar.from_ical(raw(session, staff)).walk("VEVENT"))


def only_event(session: Session, staff: StaffMember) -> Any:
    (event,) = events(session, staff)
    return event


def test_an_event_names_nobody(session: Session, people: People) -> None:
    carer = Carer(pupil_id=people.pupil.id, relation="grandmother", language="en", created_by_id=people.adult.id)
    session.add(carer)
    session.get_one(Pupil, people.pupil.id).name = "Zebedee"
    session.commit()
    made = contact(session, people.pupil, people.adult, working_day(), "family_contact", carer_id=carer.id)

    written = raw(session, people.adult)

    assert f"{PAGE}/{made.id}" in written
    assert not [name for name in ("grandmother", "Zebedee", "adult") if name in written]


def test_a_calendar_holds_what_is_the_members_own_to_keep(session: Session, people: People) -> None:
    contact(session, people.pupil, people.lead, working_day())
    contact(session, people.other_pupil, people.colleague, working_day())
    contact(session, people.pupil, people.adult, working_day(), "meeting")

    assert [str(event["SUMMARY"]) for event in events(session, people.adult)] == ["kind meeting"]


def test_who_does_not_work_with_the_pupil_any_more_is_told_nothing(session: Session, people: People) -> None:
    contact(session, people.other_pupil, people.adult, working_day())

    assert events(session, people.adult) == []


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2027, 3, 26), 0), (date(2027, 3, 29), 1), (date(2026, 11, 12), 0), (date(2027, 7, 1), 1)]
)
def test_the_time_is_the_schools_on_both_sides_of_a_change_of_the_clocks(
    session: Session, people: People, day: date, offset: int
) -> None:
    contact(session, people.pupil, people.adult, day, minute=9 * 60 + 5)

    start: datetime = only_event(session, people.adult).start

    assert (start.date(), start.hour, start.minute) == (day, 9, 5)
    assert start.utcoffset() == timedelta(hours=offset)


def test_the_zone_is_written_out_with_its_summer_time(session: Session, people: People) -> None:
    contact(session, people.pupil, people.adult, working_day(), minute=540)

    zones = Calendar.from_ical(raw(session, people.adult)).walk("VTIMEZONE")

    assert [str(zone["TZID"]) for zone in zones] == ["Europe/London"]
    assert {part.name for part in zones[0].subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_without_a_time_it_is_a_day_that_leaves_the_calendar_free(session: Session, people: People) -> None:
    made = contact(session, people.pupil, people.adult, working_day())

    event = only_event(session, people.adult)

    assert (event.start, event.end) == (made.day, made.day + timedelta(days=1))
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_a_contact_that_is_moved_stays_the_same_event(session: Session, people: People) -> None:
    made = contact(session, people.pupil, people.adult, working_day())
    before = only_event(session, people.adult)

    planning.move(session, people.adult, made.id, 1, working_day(2), None, people.adult.id)
    after = only_event(session, people.adult)

    assert str(after["UID"]) == str(before["UID"])
    assert (before["SEQUENCE"], after["SEQUENCE"], after.start) == (0, 1, working_day(2))


def test_a_cancelled_contact_is_said_to_be_cancelled(session: Session, people: People) -> None:
    made = contact(session, people.pupil, people.adult, working_day())
    before = str(only_event(session, people.adult)["STATUS"])

    planning.settle(session, people.adult, made.id, 1, "cancelled")

    after = only_event(session, people.adult)
    assert (before, str(after["STATUS"]), after["SEQUENCE"]) == ("CONFIRMED", "CANCELLED", 1)


def test_lines_end_and_fold_as_the_standard_asks(session: Session, people: People) -> None:
    contact(session, people.pupil, people.adult, working_day(), minute=540)
    long = feed.feed(session, people.adult, lambda _: ("ж" * 90, "о" * 200), PAGE)

    lines = long.split(b"\r\n")

    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


def test_a_year_of_old_contacts_is_left_out(session: Session, people: People) -> None:
    contact(session, people.pupil, people.adult, TUESDAY - timedelta(days=100))

    assert events(session, people.adult) == []
    assert "VTIMEZONE" not in raw(session, people.adult)


# ---- the address


def test_only_its_hash_is_kept_and_a_new_one_takes_its_place(session: Session, people: People) -> None:
    first = feed.make_address(session, people.adult)
    assert access.staff_by_feed(session, first).id == people.adult.id
    second = feed.make_address(session, people.adult)

    stored = session.get_one(StaffMember, people.adult.id)
    assert stored.feed_hash
    assert second not in str(stored)
    assert access.staff_by_feed(session, second).id == people.adult.id
    with pytest.raises(LinkNotOpen):
        access.staff_by_feed(session, first)


def test_who_has_left_has_no_calendar(session: Session, people: People) -> None:
    token = feed.make_address(session, people.adult)
    stored = access.staff_by_feed(session, token)
    stored.left_at = now()
    session.add(stored)
    session.commit()

    with pytest.raises(LinkNotOpen):
        access.staff_by_feed(session, token)


def test_nobody_without_an_address_is_found_by_an_empty_one(session: Session, people: People) -> None:
    assert people.adult.feed_hash is None
    for guess in ("", "None", "x" * 43):
        with pytest.raises(LinkNotOpen):
            access.staff_by_feed(session, guess)


def test_making_and_ending_an_address_stand_in_the_trail(session: Session, people: People) -> None:
    token = feed.make_address(session, people.adult)
    feed.end_address(session, access.staff_by_feed(session, token))
    feed.end_address(session, session.get_one(StaffMember, people.adult.id))

    acts = [entry.act for entry in access.audit_chain(session, people.adult.school_id)]
    assert acts == ["calendar_feed_made", "calendar_feed_ended"]
    assert token not in str(list(access.audit_chain(session, people.adult.school_id)))
