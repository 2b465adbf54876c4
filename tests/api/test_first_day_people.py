"""The first day of an absence: what an answer ends and what it does not, and what only people do."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from api import access
from api.database import Database
from api.errors import NotFound, Unfit
from api.models import (
    Absence,
    AbsenceStep,
    AuditEntry,
    Carer,
    Pupil,
    StaffMember,
    Task,
)
from api.services.attendance import overview, starting, steps
from api.services.attendance.steps import Decision, Noted
from api.services.reaching import asking_carers, tasks
from tests.api import absent
from tests.api.absent import MEANS, MORNING, WAIT
from tests.api.people import People

FORM, OTHER_FORM = "a" * 32, "b" * 32


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


# ---- answers


def test_what_a_carer_says_accounts_for_the_pupil_and_still_waits_to_be_read(session: Session, people: People) -> None:
    absent.carer(session, people)
    begun = absent.start(session, people)
    turn = absent.says(session)
    absent.goes_on(session, MORNING + timedelta(minutes=1))
    found = absent.absence(session)
    assert (found.accounted_how, found.accounted_by_id, found.next_at) == ("carer_answered", None, None)
    page = overview.one(session, people.adult, begun)
    assert page.standing == "read"
    assert [each.step.at for each in page.steps if each.step.kind == "answered"] == [turn.received_at]


def test_nobody_else_is_asked_after_an_answer(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    absent.says(session)
    assert absent.waits_in_vain(session, 3)
    assert len(absent.asked(session)) == 1


def test_opening_the_link_is_no_answer(session: Session, people: People) -> None:
    absent.carer(session, people, email="")
    absent.start(session, people)
    turn = absent.says(session)
    turn.kind = "open"
    absent.waits_in_vain(session, 1)
    assert absent.steps(session)[-1] == "to_a_person"


@pytest.mark.parametrize(("control", "state"), [("person", "answered"), (None, "waiting"), (None, "refused")])
def test_no_more_than_a_wish_or_words_that_nobody_screened_need_a_person(
    session: Session, people: People, control: str | None, state: str
) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    absent.says(session, control=control, state=state)
    assert not absent.goes_on(session, MORNING + timedelta(minutes=1))
    absent.goes_on(session, MORNING + WAIT)
    assert absent.steps(session) == ["asked text", "to_a_person"]
    assert absent.absence(session).accounted_at is None


@pytest.mark.parametrize("words", ["?", "7", "1 2", "👍"])
def test_what_has_no_word_in_it_accounts_for_nothing(session: Session, people: People, words: str) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    absent.says(session, words)
    absent.goes_on(session, MORNING + WAIT)
    assert absent.absence(session).accounted_at is None
    assert absent.open_tasks(session) == ["ring_family"]


def test_one_absence_that_breaks_goes_to_a_person_and_stops_no_other(
    session: Session, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pupil in (people.pupil, people.other_pupil):
        absent.carer(session, people, pupil.name, pupil_id=pupil.id)
    starting.start(session, people.lead, [people.pupil.id, people.other_pupil.id], MORNING, MEANS)
    ask = asking_carers.send_link

    def breaks_over_one(session: Session, by: StaffMember, carer: Carer, pupil: Pupil, *more: Any, **how: Any) -> None:
        if pupil.id == people.pupil.id:
            raise KeyError
        ask(session, by, carer, pupil, *more, **how)

    monkeypatch.setattr(asking_carers, "send_link", breaks_over_one)
    absent.goes_on(session, MORNING + WAIT)
    assert [whom for whom, _ in absent.asked(session)] == ["pupil", "other_pupil", "other_pupil"]
    assert [task.pupil_id for task in session.exec(select(Task))] == [people.pupil.id]


def test_an_answer_that_raises_an_alert_accounts_for_nothing(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    absent.alarms(session, people, absent.says(session))
    absent.goes_on(session, MORNING + timedelta(minutes=1))
    assert absent.steps(session) == ["asked text", "answered", "to_a_person"]
    assert absent.absence(session).accounted_at is None


def test_an_alert_after_the_answer_takes_the_account_back(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    absent.says(session)
    absent.goes_on(session, MORNING + timedelta(minutes=1))
    assert absent.absence(session).accounted_at
    absent.alarms(session, people, absent.says(session))
    for _ in range(2):
        absent.goes_on(session, MORNING + timedelta(minutes=2))
    assert absent.absence(session).accounted_at is None
    assert absent.open_tasks(session) == ["ring_family"]


def test_a_late_answer_still_counts_and_closes_the_task(session: Session, people: People) -> None:
    absent.carer(session, people, email="")
    absent.start(session, people)
    at = absent.waits_in_vain(session, 1)
    assert absent.open_tasks(session) == ["ring_family"]
    absent.says(session)
    absent.goes_on(session, at + timedelta(minutes=1))
    assert absent.absence(session).accounted_how == "carer_answered"
    assert absent.open_tasks(session) == []


def test_who_is_named_by_the_words_is_not_told_of_an_answer(session: Session, people: People) -> None:
    absent.carer(session, people)
    begun = absent.start(session, people)
    absent.alarms(session, people, absent.says(session), kept_from=people.adult.id)
    absent.goes_on(session, MORNING + timedelta(minutes=1))
    seen = {who: overview.one(session, getattr(people, who), begun) for who in ("adult", "lead")}
    kinds = {who: [each.step.kind for each in page.steps] for who, page in seen.items()}
    assert ("answered" in kinds["lead"], "answered" in kinds["adult"]) == (True, False)
    assert seen["adult"].standing == "person"


def test_who_is_named_by_the_words_is_not_sent_to_the_family(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    absent.alarms(session, people, absent.says(session), kept_from=people.adult.id)
    absent.goes_on(session, MORNING + timedelta(minutes=1))
    todo = {who: tasks.listed(session, getattr(people, who), MORNING) for who in ("adult", "attendance", "lead")}
    assert [len(each) for each in todo.values()] == [0, 1, 1]
    (rings,) = todo["lead"]
    assert rings.task.for_id is None
    with pytest.raises(NotFound):
        tasks.done(session, people.adult, rings.task.id, "I rang", MORNING)


def test_the_attendance_lead_sees_that_there_is_an_answer_and_no_way_into_it(session: Session, people: People) -> None:
    absent.carer(session, people)
    begun = absent.start(session, people)
    absent.says(session)
    absent.goes_on(session, MORNING + timedelta(minutes=1))
    doors = {}
    for who in ("adult", "lead", "attendance"):
        shown = overview.one(session, getattr(people, who), begun).steps
        doors[who] = [each.door for each in shown if each.step.kind == "answered"]
    assert doors == {"adult": ["whole"], "lead": ["whole"], "attendance": [None]}


# ---- people


def test_the_list_is_of_those_with_whom_somebody_works(session: Session, people: People) -> None:
    both = [people.pupil.id, people.other_pupil.id]
    starting.start(session, people.attendance, both, MORNING, MEANS)
    seen = {
        who: {row.pupil.name for row in overview.today(session, getattr(people, who), MORNING).rows}
        for who in ("adult", "colleague", "lead", "attendance", "office", "stranger")
    }
    everybody = {"pupil", "other_pupil"}
    assert seen == {"adult": {"pupil"}, "colleague": {"other_pupil"}, "lead": everybody, "attendance": everybody,
                    "office": set(), "stranger": set()}  # fmt: skip


def test_who_is_unaccounted_for_stays_on_the_list_of_the_next_day(session: Session, people: People) -> None:
    begun = absent.start(session, people)
    tomorrow = MORNING + timedelta(days=1)
    assert overview.today(session, people.lead, tomorrow).standing("person")
    steps.account(session, people.lead, begun, "seen", "", FORM, MORNING)
    assert overview.today(session, people.lead, tomorrow).rows == []


def test_a_person_says_where_the_pupil_is_and_nobody_is_asked_any_more(session: Session, people: People) -> None:
    absent.carer(session, people)
    begun = absent.start(session, people)
    steps.account(session, people.adult, begun, "seen", "", FORM, MORNING + timedelta(minutes=5))
    absent.waits_in_vain(session, 2)
    assert len(absent.asked(session)) == 1
    assert overview.one(session, people.lead, begun).standing == "accounted"


def test_what_was_noted_wrongly_is_taken_back_and_a_person_rings(session: Session, people: People) -> None:
    begun = absent.start(session, people)
    steps.account(session, people.adult, begun, "seen", "", FORM, MORNING)
    assert absent.open_tasks(session) == []
    for _ in range(2):
        steps.reopen(session, people.lead, begun, OTHER_FORM, MORNING)
    assert absent.absence(session).accounted_at is None
    assert absent.open_tasks(session) == ["ring_family"]


def test_a_call_is_written_down_once_with_whom_it_was(session: Session, people: People) -> None:
    mother = absent.carer(session, people)
    begun = absent.start(session, people)
    for _ in range(2):
        steps.note(session, people.adult, begun, Noted(FORM, "called", "On the bus.", mother.id), MORNING)
    called = session.exec(select(AbsenceStep).where(AbsenceStep.kind == "called")).one()
    assert (called.carer_id, called.staff_id, called.note) == (mother.id, people.adult.id, "On the bus.")


def test_a_call_to_a_carer_of_somebody_else_is_refused(session: Session, people: People) -> None:
    other = absent.carer(session, people, pupil_id=people.other_pupil.id)
    begun = absent.start(session, people)
    with pytest.raises(Unfit):
        steps.note(session, people.adult, begun, Noted(FORM, "called", "-", other.id), MORNING)


def test_only_a_safeguarding_lead_decides_about_a_visit(session: Session, people: People) -> None:
    begun = absent.start(session, people)
    steps.ask_for_a_visit(session, people.attendance, begun, "No answer.", FORM, MORNING)
    decision = Decision(OTHER_FORM, agreed=True, note="At noon, two of us.")
    for who in (people.adult, people.attendance, people.stranger):
        with pytest.raises(NotFound):
            steps.decide_visit(session, who, begun, decision, MORNING)
    steps.decide_visit(session, people.lead, begun, decision, MORNING)
    decided = [each.decided for each in overview.one(session, people.adult, begun).steps]
    assert decided[-1] == "yes"
    assert "home_visit" not in absent.open_tasks(session)


def test_a_visit_is_asked_for_once_until_it_is_decided(session: Session, people: People) -> None:
    begun = absent.start(session, people)
    for form in (FORM, FORM, OTHER_FORM):
        steps.ask_for_a_visit(session, people.adult, begun, "No answer.", form, MORNING)
    assert absent.open_tasks(session).count("home_visit") == 1


def test_a_task_is_done_once_with_a_note(session: Session, people: People) -> None:
    absent.start(session, people)
    ring = session.exec(select(Task)).one()
    with pytest.raises(Unfit):
        tasks.done(session, people.adult, ring.id, " ", MORNING)
    tasks.done(session, people.adult, ring.id, "I rang.", MORNING)
    tasks.done(session, people.lead, ring.id, "Me too.", MORNING + WAIT)
    assert (ring.done_by_id, ring.note, ring.done_at) == (people.adult.id, "I rang.", MORNING)


def test_a_visit_is_not_decided_by_saying_that_it_is_done(session: Session, people: People) -> None:
    begun = absent.start(session, people)
    steps.ask_for_a_visit(session, people.adult, begun, "No answer.", FORM, MORNING)
    visit = session.exec(select(Task).where(Task.kind == "home_visit")).one()
    with pytest.raises(NotFound):
        tasks.done(session, people.lead, visit.id, "Done.", MORNING)


@pytest.mark.parametrize("who", ["colleague", "office", "stranger"])
def test_who_does_not_work_with_the_family_sees_neither_absence_nor_task(
    session: Session, people: People, who: str
) -> None:
    begun = absent.start(session, people)
    task = session.exec(select(Task)).one()
    by: StaffMember = getattr(people, who)
    assert tasks.listed(session, people.adult, MORNING)
    assert tasks.listed(session, by, MORNING) == []
    for attempt in (
        lambda: overview.one(session, by, begun),
        lambda: tasks.done(session, by, task.id, "-", MORNING),
        lambda: steps.account(session, by, begun, "seen", "", FORM, MORNING),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_what_is_late_is_marked(session: Session, people: People) -> None:
    absent.start(session, people)
    (due,) = tasks.listed(session, people.adult, MORNING)
    (late,) = tasks.listed(session, people.adult, MORNING + WAIT)
    assert (due.is_overdue, late.is_overdue) == (False, True)


def test_the_trail_names_what_people_did_and_holds_none_of_their_words(session: Session, people: People) -> None:
    begun = absent.start(session, people)
    steps.note(session, people.adult, begun, Noted(FORM, "note", "Seen at the shop."), MORNING)
    steps.account(session, people.adult, begun, "seen", "", OTHER_FORM, MORNING)
    entries = session.exec(select(AuditEntry)).all()
    assert {"absence_started", "absence_noted", "absence_accounted"} <= {entry.act for entry in entries}
    assert "shop" not in repr([entry.model_dump() for entry in entries])


@pytest.mark.parametrize("store", ["postgresql"])
def test_an_attendance_lead_starts_and_sees_behind_the_second_wall(database: Database, people: People) -> None:
    with database.writing() as session:
        absent.carer(session, people, email="")
        begun = absent.start(session, people)
        absent.waits_in_vain(session, 1)
    with database.writing(access.as_staff(people.attendance)) as session:
        steps.note(session, people.attendance, begun, Noted(FORM, "note", "-"), MORNING)
        (ring,) = tasks.listed(session, people.attendance, MORNING)
        tasks.done(session, people.attendance, ring.task.id, "I rang.", MORNING)
        steps.account(session, people.attendance, begun, "seen", "", OTHER_FORM, MORNING)
        assert [each.step.kind for each in overview.one(session, people.attendance, begun).steps][-1] == "note"
        assert overview.today(session, people.attendance, MORNING).standing("accounted")
    with database.reading(access.as_staff(people.office)) as session:
        assert session.exec(select(AbsenceStep)).first() is None


def test_erasing_a_pupil_erases_their_absences(session: Session, people: People) -> None:
    absent.carer(session, people)
    absent.start(session, people)
    access.erase_pupil(session, session.get_one(Pupil, people.pupil.id))
    session.commit()
    assert [session.exec(select(table)).first() for table in (Absence, AbsenceStep, Task)] == [None, None, None]
