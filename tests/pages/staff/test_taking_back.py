"""A conversation is taken back at the desk, and everybody who comes later is told so."""

from tests.api.people import People
from tests.pages.staff.drivers import AtDesk, ByLink, OnTablet, Started

SECRET_WORDS = "The bus was late."


def test_after_it_was_taken_back_its_pages_say_so_and_show_no_words(
    adult: AtDesk, people: People, tablet: OnTablet, started: Started
) -> None:
    tablet.says(SECRET_WORDS)
    page = f"/staff/conversations/{started.conversation}"
    assert SECRET_WORDS in adult.asks(f"{page}/summary").text

    way_back = adult.sent_to(f"{page}/withdraw", asked_by="speaker")
    for view in ("", "/summary", "/hand-over", "/withdraw"):
        answer = adult.asks(page + view)
        assert (answer.status_code, SECRET_WORDS in answer.text) == (410, False), view
    assert way_back == f"/staff/pupils/{people.pupil.id}"
    assert len(adult.sees(way_back).find("p", data_withdrawn="")) == 1
    assert page not in " ".join(adult.sees(way_back).links())


def test_a_form_that_is_sent_twice_leads_to_the_same_page(adult: AtDesk, started: Started) -> None:
    address = f"/staff/conversations/{started.conversation}/withdraw"

    assert adult.sent_to(address, asked_by="family") == adult.sent_to(address, asked_by="family")


def test_who_holds_the_link_is_told(adult: AtDesk, at_home: ByLink, invited: str) -> None:
    at_home.says(SECRET_WORDS)
    adult.sent_to(f"/staff/conversations/{invited}/withdraw", asked_by="family")

    answer = at_home.client.get(at_home.talk)
    assert (answer.status_code, SECRET_WORDS in answer.text) == (410, False)


def test_an_open_tablet_is_closed(adult: AtDesk, tablet: OnTablet, started: Started) -> None:
    tablet.says(SECRET_WORDS)
    adult.sent_to(f"/staff/conversations/{started.conversation}/withdraw", asked_by="speaker")

    assert tablet.client.get(tablet.talk).headers["location"] == "/pupil/code"
