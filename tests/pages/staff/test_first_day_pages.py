"""The list of the day, the page of an absence and the tasks, as a browser without scripts shows them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from api.database import Database
from api.models import Absence, School, StaffMember, Task, now
from api.security import new_id
from api.services.reaching import tasks
from tests.api import absent
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk

SitsDown = Callable[[StaffMember], AtDesk]
ALTHOUGH_CLOSED = {"although_closed": "true"}  # these tests run on any day


@pytest.fixture(autouse=True)
def _never_quiet(database: Database, people: People) -> None:
    """These tests run at any hour."""
    with database.writing() as session:
        here = session.get_one(School, people.adult.school_id)
        here.quiet_from = here.quiet_until = 0
        session.commit()


@pytest.fixture
def attendance(sits_down: SitsDown, people: People) -> AtDesk:
    return sits_down(people.attendance)


@pytest.fixture
def begun(attendance: AtDesk, people: People, database: Database) -> str:
    """The page of an absence of a pupil whose carers nobody knows."""
    attendance.sent_to("/staff/today/start", pupils=str(people.pupil.id), **ALTHOUGH_CLOSED)
    with database.reading() as session:
        return f"/staff/absences/{session.exec(select(Absence.id)).one()}"


def fills(desk: AtDesk, path: str, **fields: str) -> int:
    return desk.posts(path, form_id=new_id(), **fields).status_code


def test_a_pupil_is_started_from_the_list_and_stands_on_it_until_accounted_for(
    adult: AtDesk, attendance: AtDesk, begun: str
) -> None:
    for desk in (adult, attendance):
        assert desk.sees("/staff/today").one("tr", data_standing="person")
    assert fills(adult, f"{begun}/accounted", how="seen") == 303
    assert attendance.sees("/staff/today").one("tr", data_standing="accounted")
    assert attendance.sees(begun).one("dd", data_how="seen")


def test_a_pupil_who_was_started_cannot_be_chosen_again(adult: AtDesk, people: People, begun: str) -> None:
    assert begun
    box = adult.sees("/staff/today/start").one("input", id=f"pupil-{people.pupil.id}")
    assert "disabled" in box.attributes


def test_where_nothing_can_be_sent_it_is_said_before_anybody_is_asked(adult: AtDesk) -> None:
    assert adult.sees("/staff/today/start").one("p", data_sends="nothing")


def test_a_colleague_finds_neither_the_pupil_nor_the_absence(sits_down: SitsDown, people: People, begun: str) -> None:
    colleague = sits_down(people.colleague)
    assert colleague.sees("/staff/today").find("tr", data_standing="person") == []
    assert colleague.asks(begun).status_code == 404
    form = {"pupils": str(people.pupil.id), **ALTHOUGH_CLOSED}
    assert colleague.posts("/staff/today/start", **form).status_code == 404


def test_a_table_is_looked_at_before_anybody_is_asked(attendance: AtDesk, people: People, database: Database) -> None:
    files = {"table": ("absent.csv", b"name,year\npupil,8\nnobody,8\n")}
    shown = attendance.client.post("/staff/today/import", files=files)
    assert shown.status_code == 200
    assert f'id="pupil-{people.pupil.id}"' in shown.text
    assert 'data-fault="unknown"' in shown.text
    with database.reading() as session:
        assert session.exec(select(Absence)).first() is None


def test_what_was_written_is_not_lost_when_something_is_missing(adult: AtDesk, begun: str) -> None:
    too_long = "a" * 2001
    refused = adult.posts(f"{begun}/notes", form_id=new_id(), note=too_long)
    assert refused.status_code == 422
    assert too_long in refused.text
    assert 'data-fault="note_long"' in refused.text


def test_whoever_rings_finds_the_numbers_but_none_that_a_lead_has_not_agreed_to(
    adult: AtDesk, begun: str, database: Database, people: People
) -> None:
    with database.writing() as session:
        absent.carer(session, people, phone="+447700900123")
        absent.carer(session, people, "father", phone="+447700900456", lives_apart=True)
    links = adult.sees(begun).links()
    assert [link for link in links if link.startswith("tel:")] == ["tel:+447700900123"]


def test_a_lead_decides_about_a_visit_that_a_colleague_asked_for(
    attendance: AtDesk, sits_down: SitsDown, people: People, begun: str
) -> None:
    lead = sits_down(people.lead)
    assert fills(attendance, f"{begun}/visit", note="No answer.") == 303
    assert attendance.sees(begun).find("form", data_form="decide") == []
    assert lead.sees(begun).one("form", data_form="decide")
    assert fills(lead, f"{begun}/visit/decision", agreed="true", note="At noon.") == 303
    assert attendance.sees(begun).one("li", data_step="visit_decided")


def test_a_task_is_done_with_a_note(adult: AtDesk, begun: str, database: Database) -> None:
    assert begun
    with database.reading() as session:
        task = session.exec(select(Task.id)).one()
    assert fills(adult, f"/staff/tasks/{task}/done", note="") == 422
    assert fills(adult, f"/staff/tasks/{task}/done", note="I rang.") == 303
    assert adult.sees("/staff/tasks").one("li", data_task=str(task), data_done="")


def test_the_note_for_the_register_holds_times_and_nothing_that_anybody_noted(adult: AtDesk, begun: str) -> None:
    fills(adult, f"{begun}/notes", note="She said he is poorly.", called="true")
    note = adult.sees(begun).one("textarea", id="register").text
    assert "poorly" not in note
    assert len([line for line in note.splitlines() if line.strip()]) == 2  # the day and the call


def test_an_open_page_is_told_only_when_something_changed(adult: AtDesk, begun: str) -> None:
    shown = adult.sees("/staff/today").find("div")
    version = [each["data-version"] for each in shown if "data-version" in each.attributes][-1]
    assert adult.asks(f"/staff/today/lists?known={version}").status_code == 204
    fills(adult, f"{begun}/accounted", how="seen")
    assert adult.asks(f"/staff/today/lists?known={version}").status_code == 200


def test_every_kind_of_step_and_task_has_a_sentence(adult: AtDesk, database: Database, people: People) -> None:
    with database.writing() as session:
        for kind in tasks.KINDS:
            whose = {"school_id": people.adult.school_id, "pupil_id": people.pupil.id}
            tasks.add(session, **whose, kind=kind, key=kind, due_at=now() - timedelta(hours=1))
        session.commit()
    page = adult.sees("/staff/tasks")
    for kind in tasks.KINDS:
        assert kind not in page.one("li", data_kind=kind).text
