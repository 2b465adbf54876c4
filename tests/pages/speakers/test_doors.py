"""Who may come in, who may leave, and that nothing leads from a child's page to the school's."""

import httpx
import pytest

from tests.api.people import PIN
from tests.pages.speakers.conftest import Ask, Device
from tests.pages.speakers.forms import look, read, say
from tests.pages.speakers.staged_bot import STAGES, StagedBot


def test_a_tablet_without_a_number_shows_nothing_of_a_conversation(client: httpx.Client) -> None:
    assert client.get("/pupil/talk").headers["location"] == "/pupil/code"


def test_the_tablets_cookie_is_for_its_own_pages_only(device: Device, handed_over: Ask) -> None:
    cookie = device().post("/pupil/code", data={"code": handed_over()}).headers["set-cookie"].lower()

    assert {"httponly", "path=/pupil", "samesite=strict"} <= set(cookie.split("; "))


@pytest.mark.parametrize("stage", STAGES)
def test_no_page_of_a_pupil_leads_to_the_staff(talking: httpx.Client, bot: StagedBot, stage: str) -> None:
    bot.stage = stage
    say(talking, "It was loud")
    page = look(talking)
    places = [*page.links, *(form.action for form in page.forms)]

    assert [place for place in places if not place.startswith(("/pupil/", "#"))] == []


def test_a_wrong_pin_keeps_the_pupil_in_the_conversation(talking: httpx.Client) -> None:
    answer = talking.post("/pupil/leave", data={"pin": "0000"})

    assert (answer.status_code, "pin-error" in read(answer).ids) == (403, True)
    assert talking.get("/pupil/talk").status_code == 200


def test_the_adults_pin_ends_the_tablets_session_before_it_leads_to_the_staff(talking: httpx.Client) -> None:
    assert talking.post("/pupil/leave", data={"pin": PIN}).headers["location"] == "/staff/sign-in"
    assert "tablet" not in talking.cookies
    assert talking.get("/pupil/talk").headers["location"] == "/pupil/code"


def test_guessing_the_pin_is_slowed_down(talking: httpx.Client) -> None:
    statuses = [talking.post("/pupil/leave", data={"pin": "0000"}).status_code for _ in range(12)]

    assert statuses[-1] == 429
    assert talking.get("/pupil/talk").status_code == 200


def test_a_parent_chooses_the_language_before_anything_else(client: httpx.Client, linked: Ask) -> None:
    path = linked()

    assert client.get(f"{path}/talk").headers["location"] == path
    assert {"en", "pl", "ar"} <= set(look(client, path).buttons)


def test_a_parent_who_comes_back_is_where_they_were(device: Device, linked: Ask) -> None:
    path, first = linked(), device()
    first.post(f"{path}/language", data={"language": "pl"})
    first.post(f"{path}/talk/open")
    say(first, "Nie chce wstać", f"{path}/talk")

    assert look(device(), path).responses == ["utter_thank", "utter_ask_2"]


@pytest.mark.parametrize("place", ["", "/talk", "/talk/said", "/talk/news"])
def test_a_foreign_link_says_so_and_nothing_else(client: httpx.Client, place: str) -> None:
    answer = client.get(f"/parent/{'x' * 43}{place}", headers={"accept-language": "ar"})

    assert (answer.status_code, read(answer).html["lang"]) == (404, "ar")


def test_an_expired_link_looks_like_a_foreign_one(client: httpx.Client, linked: Ask) -> None:
    expired, foreign = client.get(linked(days=0)), client.get(f"/parent/{'x' * 43}")

    assert (expired.status_code, expired.text) == (foreign.status_code, foreign.text)


def test_an_unknown_language_is_refused(client: httpx.Client, linked: Ask) -> None:
    assert client.post(f"{linked()}/language", data={"language": "xx"}).status_code == 422
