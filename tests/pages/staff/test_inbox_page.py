"""The inbox as it stands on the screen: by day, for its readers only, and renewed without loading the page."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from api.database import Database
from api.models import StaffMember, now
from api.security import new_id
from api.services.review import reviewing
from tests.api.people import People
from tests.api.spoken import say_more, spoken
from tests.pages.staff.drivers import AtDesk

SitsDown = Callable[[StaffMember], AtDesk]


@pytest.fixture
def said(database: Database, people: People) -> str:
    with database.writing() as session:
        return spoken(session, people.pupil, "The noise.", at=now() - timedelta(days=20))


def rows(desk: AtDesk, page: str = "/staff/inbox") -> dict[str, str]:
    lines = [row for row in desk.sees(page).find("tr") if "data-conversation" in row.attributes]
    return {row["data-conversation"]: row["data-urgency"] for row in lines}


def test_the_inbox_does_not_exist_for_others(sits_down: SitsDown, people: People) -> None:
    for desk in (sits_down(people.attendance), sits_down(people.office)):
        for page in ("", "/lines", "/tag-reviews"):
            assert desk.asks(f"/staff/inbox{page}").status_code == 404


def test_what_is_late_or_needs_an_interpreter_says_so_in_words(
    adult: AtDesk, said: str, database: Database, people: People
) -> None:
    with database.writing() as session:
        reviewing.ask_for_interpreter(session, people.adult, said)

    assert rows(adult) == {said: "overdue"}
    assert adult.sees("/staff/inbox").one("strong", class_="mark--overdue").text.strip()
    assert adult.sees("/staff/inbox").one("strong", data_mark="interpreter").text.strip()


def test_an_open_page_learns_of_new_words(adult: AtDesk, said: str, database: Database) -> None:
    address = adult.sees("/staff/inbox").one("div", id="inbox")["data-address"]
    version = adult.sees("/staff/inbox").one("div", class_="stack")["data-version"]
    assert adult.asks(f"{address}&known={version}").status_code == 204

    with database.writing() as session:
        say_more(session, said, "The bell.", first=2)

    assert adult.asks(f"{address}&known={version}").status_code == 200


def test_the_first_look_at_words_asks_what_is_expected_and_later_ones_do_not(adult: AtDesk, said: str) -> None:
    (first,) = [link for link in adult.sees("/staff/inbox").links() if link.endswith("/expect")]
    form = adult.sees(first).one("form", action=first)
    assert form

    adult.sees(f"/staff/conversations/{said}/summary")

    assert not [link for link in adult.sees("/staff/inbox").links() if link.endswith("/expect")]
    assert adult.asks(first).headers["location"] == f"/staff/conversations/{said}/summary"


def test_a_page_that_cannot_be_is_refused(adult: AtDesk) -> None:
    for page in ("0", "-1", "10001", "x"):
        assert adult.asks(f"/staff/inbox?page={page}").status_code == 422


def test_the_lead_takes_reviewed_marks_out(
    sits_down: SitsDown, people: People, adult: AtDesk, said: str, database: Database
) -> None:
    line = {"turn": f"{said}-1", "start": "0", "end": "10", "code": "school.lesson"}
    adult.sent_to(f"/staff/conversations/{said}/tags", form_id=new_id(), verdict="disputed", **line)

    answer = sits_down(people.lead).asks("/staff/inbox/tag-reviews")

    assert [json.loads(line)["after"] for line in answer.text.splitlines()] == [[]]
    assert adult.asks("/staff/inbox/tag-reviews").status_code == 404


def test_words_that_were_given_to_a_colleague_are_in_their_inbox(
    sits_down: SitsDown, people: People, adult: AtDesk, said: str
) -> None:
    page = f"/staff/conversations/{said}/assign"
    assert adult.sees(page).find("option", value=str(people.colleague.id))

    assert adult.sent_to(page, to=str(people.colleague.id)) == "/staff/inbox"

    colleague = sits_down(people.colleague)
    assert rows(colleague, "/staff/inbox?mine=1") == {said: "overdue"}
    assert colleague.asks(page).status_code == 404
