import re
from collections.abc import Callable

import httpx

from tests.api.people import PIN, People
from tests.pages.staff.drivers import AtDesk, OnTablet, Started


def test_handing_this_device_over_ends_the_session_here(adult: AtDesk, started: Started) -> None:
    assert adult.asks("/staff/pupils").status_code == 200

    assert adult.sent_to(f"{started.hand_over}/here") == "/pupil"
    assert adult.asks("/staff/pupils").status_code == 303


def test_the_old_session_is_dead_even_if_its_cookie_is_kept(adult: AtDesk, started: Started, address: str) -> None:
    cookie = adult.client.cookies["staff"]
    adult.posts(f"{started.hand_over}/here")

    answer = httpx.get(
        f"{address}/staff/pupils", headers={"cookie": f"staff={cookie}", "accept": "text/html"}, trust_env=False
    )
    assert answer.status_code == 303


def test_the_pupils_page_opens_on_the_same_device(adult: AtDesk, started: Started) -> None:
    adult.posts(f"{started.hand_over}/here")

    assert adult.client.get("/pupil", follow_redirects=True).status_code == 200


def test_a_handed_over_device_has_no_way_to_the_staff_but_the_pin(adult: AtDesk, started: Started) -> None:
    adult.posts(f"{started.hand_over}/here")
    assert not [link for link in adult.sees("/pupil").links() if link.startswith("/staff")]

    assert adult.posts("/pupil/leave", pin="0000").status_code == 403
    assert adult.posts("/pupil/leave", pin=PIN).status_code == 303


def test_a_code_opens_the_conversation_on_another_tablet(
    adult: AtDesk, started: Started, device: Callable[[], httpx.Client]
) -> None:
    code = adult.shows_code(started)
    assert len(code) == 6
    assert code.isdigit()

    OnTablet(device(), code).says("The noise.")
    assert "The noise." in adult.asks(f"/staff/conversations/{started.conversation}").text


def test_a_code_is_shown_only_once(adult: AtDesk, started: Started) -> None:
    page = adult.sent_to(f"{started.hand_over}/code")

    assert adult.sees(page).find("p", id="code")
    assert not adult.sees(page).find("p", id="code")


def test_the_adult_stays_signed_in_after_showing_a_code(adult: AtDesk, started: Started) -> None:
    adult.shows_code(started)

    assert adult.asks("/staff/pupils").status_code == 200


def test_a_parents_conversation_cannot_be_handed_over(adult: AtDesk, people: People) -> None:
    conversation = adult.invites(people.pupil).split("/")[3]

    assert adult.posts(f"/staff/conversations/{conversation}/hand-over/here").status_code == 404
    assert adult.asks("/staff/pupils").status_code == 200


def test_a_conversation_goes_on_on_another_tablet_and_the_first_one_stops(
    adult: AtDesk, started: Started, device: Callable[[], httpx.Client]
) -> None:
    first = OnTablet(device(), adult.shows_code(started))
    first.says("The noise.")
    first.client.post("/pupil/talk/language", data={"language": "ar", "turn": "a"})
    screen = first.client.get("/pupil/talk").text
    second = OnTablet(device(), adult.shows_code(started))

    assert question_on(second.client.get("/pupil/talk").text) == question_on(screen) != []
    assert first.client.get("/pupil/talk").headers["location"] == "/pupil/code"


def question_on(page: str) -> list[str]:
    """The page's language, and the question that stands with its own."""
    return re.findall(r'<html lang="[^"]+"|<h1 class="headline[^>]+>[^<]+', page)


def test_the_adult_is_told_that_it_goes_on_where_it_stopped(
    adult: AtDesk, started: Started, device: Callable[[], httpx.Client]
) -> None:
    assert "data-goes-on" not in adult.asks(started.hand_over).text
    OnTablet(device(), adult.shows_code(started)).says("The noise.")

    assert "data-goes-on" in adult.asks(started.hand_over).text
