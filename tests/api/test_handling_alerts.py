"""What safeguarding leads do about an alert stays, each step with who, when and what."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from api.database import Database
from api.errors import Malformed, NotFound
from api.models import AuditEntry, StaffMember, now
from api.security import new_id
from api.services.safeguarding import alerts, handling
from api.services.safeguarding.alerts import AlertView, Told
from api.services.safeguarding.handling import Form, LeadsStep, NoteMissing, Overtaken
from tests.api.alerted import raise_one, rows, steps
from tests.api.people import People


@pytest.fixture
def alert(database: Database, people: People) -> int:
    return raise_one(database, people)


def view(database: Database, staff: StaffMember, alert: int) -> AlertView:
    with database.reading() as session:
        return alerts.get(session, staff, alert)


def acknowledges(database: Database, staff: StaffMember, alert: int) -> None:
    with database.writing() as session:
        handling.acknowledge(session, staff, alert)


def form(database: Database, staff: StaffMember, alert: int) -> Form:
    """Of a page that this lead opens now."""
    seen = view(database, staff, alert).steps
    return Form(new_id(), seen[-1].id if seen else 0)


def takes(
    database: Database, staff: StaffMember, alert: int, kind: LeadsStep, note: str = "", form_: Form | None = None
) -> None:
    form_ = form_ or form(database, staff, alert)
    with database.writing() as session:
        handling.take_step(session, staff, alert, kind, note, form_)


def test_each_step_says_who_when_and_what(database: Database, people: People, alert: int) -> None:
    acknowledges(database, people.lead, alert)
    takes(database, people.deputy, alert, "acting", "Spoke with the family worker.")
    takes(database, people.lead, alert, "closed", "Handed over.")

    done = view(database, people.lead, alert)
    assert done.state == "closed"
    assert [(step.kind, step.name, step.note) for step in done.steps] == [
        ("acknowledged", "lead", ""),
        ("acting", "deputy", "Spoke with the family worker."),
        ("closed", "lead", "Handed over."),
    ]
    assert all(now() - step.at < timedelta(seconds=10) for step in done.steps)


@pytest.mark.parametrize("kind", ["acting", "closed", "reopened"])
def test_an_alert_that_no_lead_has_acknowledged_takes_no_other_step(
    database: Database, people: People, alert: int, kind: LeadsStep
) -> None:
    with pytest.raises(Malformed):
        takes(database, people.lead, alert, kind, "A note.")
    assert steps(database) == []


@pytest.mark.parametrize(
    ("before", "refused"),
    [((), "reopened"), (("acting",), "acting"), (("acting", "closed"), "acting"), (("closed", "reopened"), "reopened")],
)
def test_a_step_that_does_not_follow_is_refused(
    database: Database, people: People, alert: int, before: tuple[LeadsStep, ...], refused: LeadsStep
) -> None:
    acknowledges(database, people.lead, alert)
    for kind in before:
        takes(database, people.lead, alert, kind, "A note.")

    with pytest.raises(Malformed):
        takes(database, people.lead, alert, refused, "A note.")


@pytest.mark.parametrize("kind", ["closed", "note"])
@pytest.mark.parametrize("note", ["", "  \n"])
def test_an_alert_is_not_closed_without_a_word(
    database: Database, people: People, alert: int, kind: LeadsStep, note: str
) -> None:
    acknowledges(database, people.lead, alert)

    with pytest.raises(NoteMissing):
        takes(database, people.lead, alert, kind, note)


@pytest.mark.parametrize("who", ["adult", "colleague", "attendance", "office", "stranger"])
def test_only_the_schools_leads_handle_an_alert(database: Database, people: People, alert: int, who: str) -> None:
    acknowledges(database, people.lead, alert)
    staff = getattr(people, who)
    at = Form(new_id(), 99)

    with pytest.raises(NotFound):
        takes(database, staff, alert, "acting", "", at)
    with database.writing() as session, pytest.raises(NotFound):
        handling.tell_in_person(session, staff, alert, Told("a", "b", now()), at)


def test_a_lead_whom_the_words_name_does_not_handle_it(database: Database, people: People) -> None:
    alert = raise_one(database, people, kept_from_id=people.deputy.id)

    with pytest.raises(NotFound):
        acknowledges(database, people.deputy, alert)
    with pytest.raises(NotFound):
        takes(database, people.deputy, alert, "note", "A note.", Form(new_id(), 0))


def test_two_leads_at_once_lose_nothing(database: Database, people: People, alert: int) -> None:
    acknowledges(database, people.lead, alert)
    first, second = form(database, people.lead, alert), form(database, people.deputy, alert)
    takes(database, people.lead, alert, "acting", "Calling home.", first)

    with pytest.raises(Overtaken):
        takes(database, people.deputy, alert, "closed", "Already known.", second)
    takes(database, people.deputy, alert, "closed", "Already known.")
    assert [step.note for step in view(database, people.lead, alert).steps] == ["", "Calling home.", "Already known."]


def test_two_leads_who_acknowledge_at_once_are_both_recorded(database: Database, people: People, alert: int) -> None:
    for lead in (people.lead, people.deputy):
        acknowledges(database, lead, alert)

    assert [step.name for step in view(database, people.lead, alert).steps] == ["lead", "deputy"]


def test_a_second_leads_acknowledgement_takes_nothing_back(database: Database, people: People, alert: int) -> None:
    acknowledges(database, people.lead, alert)
    takes(database, people.lead, alert, "acting")
    acknowledges(database, people.deputy, alert)

    assert view(database, people.lead, alert).state == "acting"


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_form_that_is_sent_many_times_counts_once(database: Database, people: People, alert: int) -> None:
    acknowledges(database, people.lead, alert)
    same = form(database, people.lead, alert)

    with ThreadPoolExecutor() as clicks:
        list(clicks.map(lambda _: takes(database, people.lead, alert, "acting", "Once.", same), range(4)))
    takes(database, people.lead, alert, "acting", "Once.", same)
    assert steps(database) == ["acknowledged", "acting"]


def test_who_was_told_in_person_is_written_down(database: Database, people: People, alert: int) -> None:
    told = Told("the head", "the adult", now())
    same = form(database, people.lead, alert)
    for _ in range(2):
        with database.writing() as session:
            handling.tell_in_person(session, people.lead, alert, told, same)

    (step,) = view(database, people.lead, alert).steps
    assert (step.kind, step.told, step.note) == ("told_in_person", told, "")
    with database.writing() as session, pytest.raises(Overtaken):
        handling.tell_in_person(session, people.deputy, alert, told, replace(same, form_id=new_id()))


def test_every_step_is_in_the_trail_without_its_words(database: Database, people: People, alert: int) -> None:
    acknowledges(database, people.adult, alert)
    acknowledges(database, people.lead, alert)
    takes(database, people.lead, alert, "closed", "Secret words.")

    trail = [entry for entry in rows(database, AuditEntry) if entry.about == "alert"]
    assert [(entry.act, entry.about_id, entry.staff_id) for entry in trail] == [
        ("alert_acknowledged", str(alert), people.adult.id),
        ("alert_acknowledged", str(alert), people.lead.id),
        ("alert_closed", str(alert), people.lead.id),
    ]
    assert "Secret" not in repr(trail)
