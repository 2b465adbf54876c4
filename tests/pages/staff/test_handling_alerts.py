"""Safeguarding leads write down what they do about an alert; nothing they type is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import update

from api.database import Database
from api.models import AlertStep, AuditEntry, Mail, Pupil, StaffMember, now
from api.services.safeguarding import escalating, handling
from api.settings import Settings
from tests.api.alerted import WORDS, age, raise_one, rows, steps
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Markup

SitsDown = Callable[[StaffMember], AtDesk]
NOTE = "Spoke with the family worker."


@pytest.fixture
def alert(database: Database, people: People) -> int:
    """A lead has acknowledged it."""
    raised = raise_one(database, people, created_at=age(5))
    with database.writing() as session:
        handling.acknowledge(session, people.lead, raised)
    return raised


def fields(page: Markup, ends: str = "/steps") -> dict[str, str]:
    """Hidden ones of the form, as the page was made."""
    (form,) = [form for form in page.find("form") if form.attributes.get("action", "").endswith(ends)]
    after = page.elements[page.elements.index(form) :]
    named = [each for each in after if each.tag == "input" and each.attributes.get("type") == "hidden"]
    return {each["name"]: each["value"] for each in named[:2]}


def test_a_lead_writes_down_a_step_and_a_replayed_form_counts_once(
    sits_down: SitsDown, people: People, database: Database, alert: int
) -> None:
    desk, page = sits_down(people.lead), f"/staff/alerts/{alert}"
    sent = {**fields(desk.sees(page)), "kind": "acting", "note": NOTE}

    places = {desk.sent_to(f"{page}/steps", **sent) for _ in range(2)}
    assert (places, steps(database)) == ({f"{page}#steps"}, ["acknowledged", "acting"])
    done = desk.sees(page)
    assert NOTE in done.one("li", data_step="acting").text
    assert people.lead.name in done.one("li", data_step="acting").text
    assert done.one("strong", data_state="acting")


def test_a_lead_who_comes_second_sees_what_was_done_and_keeps_the_text(
    sits_down: SitsDown, people: People, database: Database, alert: int
) -> None:
    desk, page = sits_down(people.deputy), f"/staff/alerts/{alert}"
    old = fields(desk.sees(page))
    with database.writing() as session:
        handling.take_step(session, people.lead, alert, "closed", "A false alarm.", handling.Form("0" * 32, 99))

    answer = desk.posts(f"{page}/steps", **old, kind="acting", note=NOTE)
    again = Markup(answer.text)
    assert answer.status_code == 409
    assert "A false alarm." in again.one("section", id="meanwhile").text
    assert again.one("textarea", name="note").text.strip() == NOTE
    assert "acting" not in [radio["value"] for radio in again.find("input", name="kind")]

    desk.sent_to(f"{page}/steps", **fields(again), kind="note", note=NOTE)
    assert [step.note for step in rows(database, AlertStep)] == ["", "A false alarm.", NOTE]


def test_a_form_that_cannot_be_taken_stores_nothing(
    sits_down: SitsDown, people: People, database: Database, alert: int
) -> None:
    desk, page = sits_down(people.lead), f"/staff/alerts/{alert}"
    hidden = fields(desk.sees(page))

    for more, status in (
        ({"kind": "closed", "note": " "}, 422),
        ({"kind": "reopened"}, 422),
        ({"kind": "deleted"}, 422),
        ({"kind": "note", "note": "x" * 4001}, 422),
    ):
        assert desk.posts(f"{page}/steps", **hidden, **more).status_code == status
    told = {"to": "the head", "by": "lead"}
    for at in ("soon", "0001-01-01T00:00", (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")):
        assert desk.posts(f"{page}/told", **hidden, **told, at=at).status_code == 422
    assert steps(database) == ["acknowledged"]


def test_who_was_told_in_person_stands_on_the_alert(sits_down: SitsDown, people: People, alert: int) -> None:
    desk, page = sits_down(people.lead), f"/staff/alerts/{alert}"
    told = {"to": "the head", "by": "the nurse", "at": f"{now() - timedelta(days=1):%Y-%m-%dT%H:%M}"}
    desk.sent_to(f"{page}/told", **fields(desk.sees(page), "/told"), **told)

    line = desk.sees(page).one("li", data_step="told_in_person").text
    assert "the head" in line
    assert "the nurse" in line


def test_the_trusted_adult_reads_and_does_not_handle(
    sits_down: SitsDown, people: People, database: Database, alert: int
) -> None:
    desk, page = sits_down(people.adult), f"/staff/alerts/{alert}"
    seen = desk.sees(page)
    assert not [form for form in seen.find("form") if form.attributes.get("action", "").endswith(("/steps", "/told"))]

    sent = {"form_id": "1" * 32, "seen": "9", "kind": "acting"}
    assert desk.posts(f"{page}/steps", **sent).status_code == 404
    addresses = (f"{page}.pdf", f"/staff/pupils/{people.pupil.id}/chronology", f"/staff/alerts/pupil/{people.pupil.id}")
    for address in (*addresses, f"{addresses[1]}.csv", f"{addresses[1]}.pdf"):
        assert desk.asks(address).status_code == 404
    assert steps(database) == ["acknowledged"]


def test_every_reading_and_export_is_in_the_trail(
    sits_down: SitsDown, people: People, database: Database, alert: int
) -> None:
    desk, pupil = sits_down(people.lead), people.pupil.id
    exports = [f"/staff/pupils/{pupil}/chronology.csv", f"/staff/pupils/{pupil}/chronology.pdf"]
    for address in (f"/staff/alerts/{alert}", f"/staff/pupils/{pupil}/chronology", *exports):
        assert desk.asks(address).status_code == 200
    pdf = desk.asks(f"/staff/alerts/{alert}.pdf")

    assert pdf.content.startswith(b"%PDF")
    assert people.pupil.name not in pdf.headers["content-disposition"]
    trail = [entry for entry in rows(database, AuditEntry) if entry.act.endswith(("_read", "_exported"))]
    noted = [(entry.act, entry.details.get("format")) for entry in trail]
    done = ("alert_read", None), ("chronology_read", None), ("chronology_exported", "csv")
    assert noted == [*done, ("chronology_exported", "pdf"), ("alert_exported", "pdf")]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_the_chronology_of_an_erased_pupil_is_found(
    sits_down: SitsDown, people: People, database: Database, alert: int
) -> None:
    with database.writing() as session:
        session.delete(session.get_one(Pupil, people.pupil.id))
        session.commit()

    page = sits_down(people.lead).sees(f"/staff/alerts/pupil/{people.pupil.id}")
    assert page.one("p", data_erased="yes")
    assert [event["data-event"] for event in page.find("li") if "data-event" in event.attributes] == [
        "raised",
        "acknowledged",
    ]
    assert page.one("blockquote").text == WORDS


def test_an_adult_at_risk_has_a_sentence_of_their_own(sits_down: SitsDown, people: People, database: Database) -> None:
    at_risk = raise_one(database, people, audience="parent", codes=["adult_at_risk"])
    other = raise_one(database, people)
    desk = sits_down(people.lead)

    for alert, sentences in ((at_risk, 1), (other, 0)):
        page = desk.sees(f"/staff/alerts/{alert}")
        assert len(page.find("p", data_at_risk="adult")) == sentences
        assert page.one("p", data_rule="interpreter")


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_the_strip_says_that_nobody_answered(
    sits_down: SitsDown, people: People, database: Database, settings: Settings
) -> None:
    raise_one(database, people, created_at=age(40))
    with database.writing() as session:
        escalating.go_on(session, escalating.Rhythm.of(settings), now())
        session.commit()

    assert sits_down(people.lead).sees("/staff/attention").one("p", data_sent_on="yes")
    office = sits_down(people.office).sees("/staff/attention")
    assert office.one("section", data_unanswered="1")
    assert people.pupil.name not in office.elements[0].text
    assert not sits_down(people.attendance).sees("/staff/attention").find("section", data_unanswered="1")


def test_leads_and_administrators_see_that_letters_cannot_be_sent(
    sits_down: SitsDown, people: People, database: Database, alert: int
) -> None:
    with database.writing() as session:
        session.exec(update(Mail).values(attempts=1, fault="unreachable"))
        session.commit()

    for who, told in ((people.lead, 1), (people.office, 1), (people.adult, 0), (people.stranger, 0)):
        assert len(sits_down(who).sees("/staff/attention").find("section", data_no_mail="yes")) == told


def test_where_no_mail_server_is_set_leads_are_told(sits_down: SitsDown, people: People) -> None:
    assert sits_down(people.lead).sees("/staff/alerts").one("p", data_mail="off")
    assert not sits_down(people.adult).sees("/staff/alerts").find("p", data_mail="off")
