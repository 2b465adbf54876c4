"""Days of contact: proposed from the school's calendar, decided by people, kept to those who work with the pupil."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import NotAllowed, NotFound, NotToBeReached, Unfit
from api.models import AuditEntry, Carer, HalfTerm, PlannedContact, SchoolClosure, StaffMember
from api.security import new_id
from api.services.people import rolls, staffing
from api.services.review.working_days import Calendar
from api.services.rhythm import asked, half_terms, lines, planning, proposing, starting
from api.services.rhythm.proposing import Frame, Slot
from tests.api.people import People
from tests.api.planned import ENGLAND, TUESDAY, a_week_ago, contact, draft, on, working_day

FIRST, LAST = date(2026, 11, 2), date(2026, 12, 18)  # a Monday, a Friday


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with on(TUESDAY):
        yield


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def a_carer(session: Session, people: People, relation: str = "mother", **about: Any) -> Carer:
    carer = Carer(pupil_id=people.pupil.id, relation=relation, language="so", created_by_id=people.adult.id, **about)
    session.add(carer)
    session.commit()
    return carer


def all_contacts(session: Session) -> list[PlannedContact]:
    return list(session.exec(select(PlannedContact).order_by(PlannedContact.id)))  # type: ignore[arg-type]


# ---- half terms


def test_half_terms_belong_to_one_school_and_are_added_once(session: Session, people: People) -> None:
    for _ in range(2):
        half_terms.add(session, people.office, FIRST, LAST, "Autumn 2")
    (made,) = half_terms.listed(session, people.adult)
    assert half_terms.listed(session, people.stranger) == []

    half_terms.remove(session, people.stranger, made.id)
    assert half_terms.listed(session, people.office) == [made]
    half_terms.remove(session, people.office, made.id)
    assert half_terms.listed(session, people.office) == []


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (LAST, FIRST, "half_term_days"),
        (FIRST, FIRST + timedelta(days=6), "half_term_days"),
        (FIRST, FIRST + timedelta(days=101), "half_term_days"),
        (LAST, LAST + timedelta(days=30), "half_term_overlaps"),
        (date(2027, 8, 2), date(2027, 8, 20), "half_term_closed"),
    ],
)
def test_days_that_cannot_be_a_half_term_are_refused(
    session: Session, people: People, first: date, last: date, fault: str
) -> None:
    half_terms.add(session, people.office, FIRST, LAST, "Autumn 2")
    summer = {"first_day": date(2027, 7, 24), "last_day": date(2027, 8, 31)}
    session.add(SchoolClosure(school_id=people.office.school_id, name="Summer", **summer))
    session.commit()

    with pytest.raises(Unfit) as refused:
        half_terms.add(session, people.office, first, last, "Another")
    assert refused.value.fault == fault


# ---- proposals


def test_a_series_keeps_its_weekday_and_goes_round_closed_days() -> None:
    closed = Calendar("GB-ENG", ((date(2026, 11, 9), date(2026, 11, 9)), (date(2026, 11, 16), date(2026, 11, 20))))
    frame = Frame(FIRST, date(2026, 11, 30), closed)

    days = [slot.day.day for slot in proposing.series(frame, "check_in", 7)]

    assert days == [2, 10, 23, 30]


@pytest.mark.parametrize(("country", "day"), [("GB-ENG", 30), ("GB-SCT", 1)])
def test_a_holiday_of_one_country_moves_the_day_in_that_country_alone(country: str, day: int) -> None:
    frame = Frame(date(2026, 11, 30), date(2026, 12, 4), Calendar(country))  # St Andrew's Day is a Monday

    (slot,) = proposing.series(frame, "check_in", 7)

    assert slot.day.day == day


def test_no_day_is_proposed_where_the_same_contact_is_there_already() -> None:
    there = [Slot("check_in", date(2026, 11, 5)), Slot("family_contact", FIRST, 1)]
    frame = Frame(FIRST, date(2026, 11, 13), ENGLAND, already=there)

    assert [slot.day.day for slot in proposing.series(frame, "check_in", 7)] == [9]
    assert [slot.day.day for slot in proposing.series(frame, "family_contact", 14, 1)] == []
    assert [slot.day.day for slot in proposing.series(frame, "family_contact", 14, 2)] == [2]


def test_three_meetings_are_wanted_and_those_that_are_there_count() -> None:
    none, one = Frame(FIRST, LAST, ENGLAND), Frame(FIRST, LAST, ENGLAND, already=[Slot("meeting", FIRST)])

    assert [slot.day for slot in proposing.meetings(none)] == [
        date(2026, 11, 9),
        date(2026, 11, 25),
        date(2026, 12, 10),
    ]
    assert len(proposing.meetings(one)) == 2


def test_a_fresh_word_stands_on_the_first_and_the_last_working_day_of_a_half_term() -> None:
    saturday, sunday = FIRST - timedelta(days=2), LAST + timedelta(days=2)
    frame = Frame(saturday, sunday, ENGLAND, [(saturday, sunday)])

    assert proposing.fresh_words(frame) == [Slot("half_term_start", FIRST), Slot("half_term_end", LAST)]


def test_a_half_term_that_began_before_asks_for_its_end_alone() -> None:
    frame = Frame(FIRST + timedelta(days=1), LAST, ENGLAND, [(FIRST, LAST)])

    assert proposing.fresh_words(frame) == [Slot("half_term_end", LAST)]


def test_the_whole_rhythm_has_every_carer_and_no_closed_day() -> None:
    frame = Frame(FIRST, LAST, ENGLAND, [(FIRST, LAST)])

    found = proposing.whole(frame, [1, 2])

    assert all(ENGLAND.is_working(slot.day) for slot in found)
    assert {(slot.kind, slot.carer_id) for slot in found} == {
        ("check_in", None),
        ("family_contact", 1),
        ("family_contact", 2),
        ("meeting", None),
        ("half_term_start", None),
        ("half_term_end", None),
    }


def test_a_school_that_never_opens_is_proposed_nothing() -> None:
    closed = Calendar("GB-ENG", ((date(2026, 1, 1), date(2030, 1, 1)),))

    assert proposing.whole(Frame(FIRST, LAST, closed, [(FIRST, LAST)]), [1]) == []


def test_a_carer_who_lives_apart_is_proposed_only_when_the_lead_has_agreed(session: Session, people: People) -> None:
    apart = a_carer(session, people, "father", lives_apart=True)
    frame = planning.frame(session, people.adult, people.pupil, None, None)
    before = planning.propose(session, people.pupil, frame, "family_contact", 0)
    apart.agreed_at = apart.created_at
    session.add(apart)

    assert apart.id not in {slot.carer_id for slot in before}
    assert apart.id in {slot.carer_id for slot in planning.propose(session, people.pupil, frame, "family_contact", 0)}


# ---- planning


def test_a_form_sent_twice_plans_once(session: Session, people: People) -> None:
    form = new_id()
    for _ in range(2):
        planning.plan(session, people.adult, people.pupil.id, draft(people.adult, working_day()), form)

    assert len(all_contacts(session)) == 1
    acts = [entry.act for entry in session.exec(select(AuditEntry))]
    assert acts.count("contact_planned") == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("attendance", NotAllowed), ("colleague", NotFound), ("office", NotFound), ("stranger", NotFound)],
)
def test_only_the_trusted_adult_and_the_lead_plan(
    session: Session, people: People, who: str, refusal: type[Exception]
) -> None:
    planning.plan(session, people.lead, people.pupil.id, draft(people.adult, working_day()), new_id())

    with pytest.raises(refusal):
        planning.plan(session, getattr(people, who), people.pupil.id, draft(people.adult, working_day()), new_id())


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (TUESDAY - timedelta(days=1), "past"),
        (TUESDAY + timedelta(days=366), "too_late"),
        (TUESDAY + timedelta(days=4), "closed"),  # a Saturday
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_and_nothing_is_stored(
    session: Session, people: People, day: date, fault: str
) -> None:
    with pytest.raises(Unfit) as refused:
        planning.plan(session, people.adult, people.pupil.id, draft(people.adult, working_day(), day), new_id())

    assert refused.value.fault == fault
    assert all_contacts(session) == []


def test_only_who_works_with_the_pupil_can_keep_it(session: Session, people: People) -> None:
    faults = [
        planning.fault_in(session, people.adult, people.pupil, draft(owner, working_day()))
        for owner in (people.colleague, people.office, people.stranger, people.attendance)
    ]

    assert faults == ["owner", "owner", "owner", None]


def test_another_familys_carer_is_not_found(session: Session, people: People) -> None:
    carer = a_carer(session, people)
    about = draft(people.lead, working_day(), kind="family_contact", carer_id=carer.id)

    with pytest.raises(NotFound):
        planning.plan(session, people.lead, people.other_pupil.id, about, new_id())


def test_of_two_who_move_a_contact_the_second_is_told(session: Session, people: People) -> None:
    made = contact(session, people.pupil, people.adult, working_day())

    planning.move(session, people.lead, made.id, 1, working_day(2), 600, people.adult.id)
    planning.move(session, people.lead, made.id, 1, working_day(2), 600, people.adult.id)  # sent twice
    with pytest.raises(Unfit) as refused:
        planning.move(session, people.adult, made.id, 1, working_day(3), None, people.adult.id)

    assert refused.value.fault == "outdated"
    assert (made.day, made.minute, made.version) == (working_day(2), 600, 2)


def test_a_contact_is_never_moved_to_a_closed_day(session: Session, people: People) -> None:
    made, closed = contact(session, people.pupil, people.adult, working_day()), working_day(5)
    session.add(SchoolClosure(school_id=people.adult.school_id, first_day=closed, last_day=closed, name="Training"))
    session.commit()

    with pytest.raises(Unfit) as refused:
        planning.move(session, people.adult, made.id, 1, closed, None, people.adult.id)
    assert refused.value.fault == "closed"


def test_what_became_of_it_is_said_once_its_day_has_come_and_can_be_put_right(session: Session, people: People) -> None:
    past, future = (contact(session, people.pupil, people.adult, day) for day in (a_week_ago(), working_day()))

    planning.settle(session, people.adult, past.id, 1, "missed")
    planning.settle(session, people.adult, past.id, 2, "held")
    planning.settle(session, people.adult, future.id, 1, "cancelled")

    assert (past.outcome, past.settled_by_id, future.outcome) == ("held", people.adult.id, "cancelled")
    with pytest.raises(Unfit) as refused:
        planning.settle(session, people.adult, future.id, 2, "held")
    assert refused.value.fault == "not_yet"


@pytest.mark.parametrize("who", ["colleague", "office", "stranger"])
def test_the_days_of_a_pupil_are_not_there_for_others(session: Session, people: People, who: str) -> None:
    made, reader = contact(session, people.pupil, people.adult, working_day()), getattr(people, who)

    with pytest.raises(NotFound):
        access.contact_for(session, reader, made.id)
    assert access.contacts_about(session, reader, people.pupil.id) == []
    assert access.contacts_between(session, reader, made.day, made.day, mine=False) == []
    assert access.contacts_open_until(session, reader, made.day, mine=False) == []


def test_the_attendance_lead_sees_every_day_and_changes_their_own(session: Session, people: People) -> None:
    theirs, adults = (
        contact(session, people.pupil, owner, a_week_ago()) for owner in (people.attendance, people.adult)
    )

    planning.settle(session, people.attendance, theirs.id, 1, "held")
    assert access.contact_for(session, people.attendance, adults.id)[0] == adults
    with pytest.raises(NotFound):
        planning.settle(session, people.attendance, adults.id, 1, "held")


def test_who_leaves_and_who_gives_a_pupil_on_leave_no_contact_behind(session: Session, people: People) -> None:
    made = contact(session, people.pupil, people.adult, working_day())
    past = contact(session, people.pupil, people.adult, a_week_ago(), outcome="held")
    about = rolls.About("pupil", "8", "12-16", "en", people.colleague.id)

    rolls.change(session, people.office, people.pupil.id, about)
    session.refresh(made)
    assert made.owner_id == people.colleague.id

    staffing.leave(session, people.office, people.colleague.id, people.lead.id)
    for each in (made, past):
        session.refresh(each)
    assert (made.owner_id, made.version, past.owner_id) == (people.lead.id, 3, people.adult.id)


# ---- how it stands


def test_a_contact_is_overdue_two_working_days_after_its_day() -> None:
    friday = PlannedContact(pupil_id=1, kind="check_in", day=date(2026, 12, 4), owner_id=1, made_by_id=1, key="-")

    standing = [lines.standing_of(friday, ENGLAND, date(2026, 12, day)) for day in (3, 4, 5, 7, 8)]

    assert standing == ["planned", "today", "waiting", "waiting", "overdue"]


def test_what_practice_asks_stands_beside_what_is_planned_and_held(session: Session, people: People) -> None:
    mother, other = a_carer(session, people), a_carer(session, people, "father")
    day = working_day()
    session.add(HalfTerm(school_id=people.adult.school_id, first_day=day, last_day=day + timedelta(days=30)))
    contact(session, people.pupil, people.adult, day, "meeting")
    contact(session, people.pupil, people.adult, day, "family_contact", carer_id=mother.id)
    contact(session, people.pupil, people.adult, a_week_ago(), "family_contact", outcome="held", carer_id=other.id)
    contact(session, people.pupil, people.adult, day, "half_term_start")

    told = asked.asked_for(session, people.adult, people.pupil, lines.about(session, people.adult, people.pupil))

    assert [(each.kind, each.carer, each.planned, each.held, each.is_short) for each in told] == [
        ("check_in", None, 0, 0, True),
        ("family_contact", mother, 1, 0, False),
        ("family_contact", other, 0, 1, True),
        ("meeting", None, 1, 0, True),
        ("half_term_start", None, 1, 0, False),
        ("half_term_end", None, 0, 0, True),
    ]


def test_what_is_due_today_is_mine_and_still_open(session: Session, people: People) -> None:
    theirs = contact(session, people.pupil, people.lead, a_week_ago())
    contact(session, people.pupil, people.adult, working_day())
    contact(session, people.pupil, people.adult, a_week_ago(), outcome="held")
    contact(session, people.other_pupil, people.colleague, a_week_ago())

    for reader in (people.adult, people.lead):
        assert [(line.contact, line.standing) for line in lines.due_today(session, reader)] == [(theirs, "overdue")]


def test_a_day_that_was_closed_later_is_marked(session: Session, people: People) -> None:
    made = contact(session, people.pupil, people.adult, working_day())
    session.add(SchoolClosure(school_id=people.adult.school_id, first_day=made.day, last_day=made.day, name="Snow"))
    session.commit()

    (line,) = lines.about(session, people.adult, people.pupil)
    assert line.is_closed


# ---- the conversation that comes from it


def test_with_a_carer_one_conversation_comes_from_one_contact(session: Session, people: People) -> None:
    carer = a_carer(session, people)
    made = contact(session, people.pupil, people.adult, working_day(), "family_contact", carer_id=carer.id)

    first = starting.with_carer(session, people.adult, made.id)

    assert starting.with_carer(session, people.adult, made.id) == first
    (held,) = access.conversations_about(session, people.adult, people.pupil.id)
    assert (held.id, held.carer_id, held.language, held.guide) == (first, carer.id, "so", "parent")


def test_nothing_starts_with_who_lives_apart_before_the_lead_agrees(session: Session, people: People) -> None:
    carer = a_carer(session, people, lives_apart=True)
    made = contact(session, people.pupil, people.adult, working_day(), "family_contact", carer_id=carer.id)

    with pytest.raises(NotToBeReached):
        starting.with_carer(session, people.adult, made.id)


def test_the_attendance_lead_starts_no_conversation_from_a_contact(session: Session, people: People) -> None:
    carer = a_carer(session, people)
    made = contact(session, people.pupil, people.attendance, working_day(), "family_contact", carer_id=carer.id)

    with pytest.raises(NotAllowed):
        starting.with_carer(session, people.attendance, made.id)


def test_everybody_who_plans_is_a_colleague_who_is_there(session: Session, people: People) -> None:
    gone = session.get_one(StaffMember, people.deputy.id)
    gone.left_at = session.get_one(
        PlannedContact, contact(session, people.pupil, people.adult, working_day()).id
    ).made_at
    session.add(gone)
    session.commit()

    found = planning.owners(session, people.adult, people.pupil)

    assert [each.name for each in found] == ["adult", "attendance", "lead"]
