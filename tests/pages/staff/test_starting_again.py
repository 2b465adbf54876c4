"""The form that starts a conversation says when a person is better, and never closes the door."""

import pytest

from api.database import Database
from tests.api.people import People
from tests.api.promised import talked
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Markup

FIELDS = {"language": "pl", "guide": "check_in", "present": "an aunt", "place": "library"}


@pytest.fixture
def talks(database: Database, people: People) -> str:
    """Of a pupil who has talked today; where another one is started."""
    with database.writing() as session:
        talked(session, people.adult, people.pupil, "The noise.")
    return f"/staff/pupils/{people.pupil.id}/conversations"


def test_who_talked_today_is_asked_again_only_with_a_reason(adult: AtDesk, talks: str) -> None:
    refused = adult.posts(talks, **FIELDS)

    page = Markup(refused.text)
    assert (refused.status_code, page.one("p", id="fault")["data-fault"]) == (422, "reason")
    chosen = {option["value"] for option in page.find("option", selected="")}
    typed = {field["value"] for field in page.find("input") if field["name"] in ("present", "place")}
    assert ({"pl", "check_in"} <= chosen, typed) == (True, {"an aunt", "library"})
    assert adult.sent_to(talks, **FIELDS, reason="pupil_asked").endswith("/hand-over")


def test_the_form_says_how_often_they_talked_and_gives_no_word_away(adult: AtDesk, people: People, talks: str) -> None:
    form = adult.asks(f"/staff/pupils/{people.pupil.id}/start").text

    assert Markup(form).one("div", role="radiogroup")["data-worn"] == "today"
    assert Markup(form).one("dl", class_="facts")["data-in-a-week"] == "1"
    assert "The noise." not in form


def test_who_has_not_talked_is_asked_for_no_reason(adult: AtDesk, people: People) -> None:
    page = adult.sees(f"/staff/pupils/{people.pupil.id}/start")

    assert not page.find("input", name="reason")
