"""Planned contact on the pages: proposed, edited, kept, seen and settled, with forms alone."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select

from api.database import Database
from api.models import Conversation, HalfTerm, PlannedContact, SchoolClosure, StaffMember, now
from api.services.rhythm.lines import today
from tests.api.people import People
from tests.api.planned import a_week_ago, contact, working_day
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Markup

SitsDown = Callable[[StaffMember], AtDesk]


@pytest.fixture
def rhythm(people: People) -> str:
    return f"/staff/pupils/{people.pupil.id}/rhythm"


def planned(database: Database, people: People, day: object = None, **about: object) -> PlannedContact:
    with database.writing() as session:
        return contact(session, people.pupil, people.adult, day or working_day(), **about)  # type: ignore[arg-type]


def test_a_proposal_is_edited_and_kept(adult: AtDesk, people: People, rhythm: str, database: Database) -> None:
    last = (today() + timedelta(days=20)).isoformat()
    proposal = adult.sees(f"{rhythm}/proposal?kind=check_in&last={last}")
    days = [field["value"] for field in proposal.find("input", name="day")]
    form = {field["name"]: field["value"] for field in proposal.find("input", type="hidden")}
    edited = {"kind": ["check_in"] * 3, "carer": ["0"] * 3, "day": [days[0], "", days[2]], "time": "09:30"}

    answer = adult.client.post(rhythm, data={**form, **edited, "owner": str(people.adult.id)})

    assert answer.status_code == 303
    with database.reading() as session:
        kept = session.exec(select(PlannedContact).order_by(col(PlannedContact.day))).all()
    assert [(each.day.isoformat(), each.minute) for each in kept] == [(days[0], 570), (days[2], 570)]


def test_what_was_typed_stands_in_the_form_that_is_refused(adult: AtDesk, rhythm: str, people: People) -> None:
    fields = {"form_id": "f" * 32, "kind": "meeting", "carer": "0", "day": "2020-01-06", "time": "11:00"}

    answer = adult.posts(rhythm, **fields, owner=str(people.lead.id))

    page = Markup(answer.text)
    assert (answer.status_code, page.one("p", id="fault")["data-fault"]) == (422, "past")
    assert page.one("input", name="day")["value"] == "2020-01-06"
    assert page.one("input", name="time")["value"] == "11:00"


def test_a_contact_is_settled_and_a_colleagues_change_in_between_is_told(
    adult: AtDesk, people: People, database: Database
) -> None:
    page = f"/staff/contacts/{planned(database, people, a_week_ago()).id}"

    assert adult.sent_to(f"{page}/settle", version="1", outcome="missed") == page
    late = adult.posts(f"{page}/settle", version="1", outcome="held")

    assert (late.status_code, Markup(late.text).one("p", id="fault")["data-fault"]) == (409, "outdated")
    assert adult.sees(page).one("span", data_standing="missed")


def test_the_fitting_conversation_comes_from_a_contact(adult: AtDesk, people: People, database: Database) -> None:
    made = planned(database, people, kind="meeting")
    start = adult.sees(f"/staff/contacts/{made.id}").one("a", data_talk="")["href"]
    form = adult.sees(start)
    assert "before_review" in {option["value"] for option in form.find("option", selected="")}
    fields = {"guide": "before_review", "contact": form.one("input", name="contact")["value"], "language": "en"}

    adult.sent_to(f"/staff/pupils/{people.pupil.id}/conversations", **fields, present="-", place="-")

    with database.reading() as session:
        held = session.exec(select(Conversation)).one()
        assert (held.guide, held.id) == ("before_review", session.get_one(PlannedContact, made.id).conversation_id)


@pytest.mark.parametrize("view", ["list", "week"])
def test_the_calendar_shows_own_pupils_and_to_leads_the_school(
    sits_down: SitsDown, people: People, database: Database, view: str
) -> None:
    made = planned(database, people)
    address = f"/staff/calendar?view={view}&whose=all&week={made.day}"

    seen = {
        who: listed(sits_down(getattr(people, who)), address) for who in ("adult", "colleague", "lead", "attendance")
    }

    assert seen == {"adult": [made.id], "colleague": [], "lead": [made.id], "attendance": [made.id]}


def listed(desk: AtDesk, address: str) -> list[int]:
    return [int(each["data-contact"]) for each in desk.sees(address).find("li") if "data-contact" in each.attributes]


def test_a_closed_day_is_marked_in_the_calendar(adult: AtDesk, people: People, database: Database) -> None:
    made = planned(database, people)
    with database.writing() as session:
        session.add(SchoolClosure(school_id=people.adult.school_id, first_day=made.day, last_day=made.day, name="-"))
        session.commit()

    assert adult.sees(f"/staff/calendar?week={made.day}").one("span", data_closed="")


def test_the_pupils_page_shows_the_next_contacts(adult: AtDesk, people: People, database: Database) -> None:
    made, held = planned(database, people), planned(database, people, a_week_ago(), outcome="held")

    assert listed(adult, f"/staff/pupils/{people.pupil.id}") == [made.id]
    assert held.id in listed(adult, f"/staff/pupils/{people.pupil.id}/rhythm")


def test_administrators_keep_the_half_terms(sits_down: SitsDown, people: People, database: Database) -> None:
    office, form = sits_down(people.office), {"first_day": "2026-11-02", "last_day": "2026-12-18", "name": "Autumn 2"}
    calendar = "/staff/people/calendar"

    office.sent_to(f"{calendar}/half-terms", **form)
    twice = office.posts(f"{calendar}/half-terms", **{**form, "name": "Again"})

    assert Markup(twice.text).one("p", id="fault")["data-fault"] == "half_term_overlaps"
    made = office.sees(calendar).one("li", data_half_term="1")["data-half-term"]
    office.sent_to(f"{calendar}/half-terms/{made}/remove")
    with database.reading() as session:
        assert session.exec(select(HalfTerm)).all() == []


# ---- the address for a calendar program


def address_made_by(desk: AtDesk) -> str:
    page = desk.sees(desk.sent_to("/staff/account/calendar-feed"))
    return page.one("input", id="address")["value"]


def test_the_address_is_shown_once_and_opens_without_signing_in(
    adult: AtDesk, device: Callable[[], httpx.Client]
) -> None:
    address = address_made_by(adult)

    answer = device().get(address)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert not adult.sees("/staff/account/calendar-feed").find("input", id="address")


def test_an_address_that_was_replaced_ended_or_whose_owner_left_opens_nothing(
    sits_down: SitsDown, people: People, database: Database
) -> None:
    adult, lead = sits_down(people.adult), sits_down(people.lead)
    replaced, ended, lefts = address_made_by(adult), address_made_by(adult), address_made_by(lead)
    assert adult.asks(ended).status_code == adult.asks(lefts).status_code == 200

    adult.sent_to("/staff/account/calendar-feed/end")
    with database.writing() as session:
        session.get_one(StaffMember, people.lead.id).left_at = now()
        session.commit()

    assert {adult.asks(each).status_code for each in (replaced, ended, lefts)} == {404}
    assert adult.sees("/staff/account").one("section", data_feed="off")
