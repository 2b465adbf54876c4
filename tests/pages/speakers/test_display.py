"""How the screen looks: chosen without a script, seen on every page, and gone from the tablet with its conversation."""

import httpx
import pytest
from sqlmodel import select

from api.database import Database
from api.models import Conversation
from api.services.talk import hand_overs
from tests.api.people import People
from tests.pages.speakers.conftest import Ask, Device
from tests.pages.speakers.forms import look, read, say

DARK = {"colours": "dark", "text": "largest", "aloud": "each"}


def marks(client: httpx.Client, path: str = "/pupil/talk") -> dict[str, str]:
    marked = look(client, path).html
    return {name.removeprefix("data-"): code for name, code in marked.items() if name.startswith("data-")}


def test_what_was_chosen_is_on_every_page_of_the_conversation(talking: httpx.Client) -> None:
    answer = talking.post("/pupil/display", data={**DARK, "page": "talk/said"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/pupil/talk/said")
    for path in ("/pupil/talk", "/pupil/talk/said", "/pupil/answers", "/pupil/copy", "/pupil/leave"):
        assert marks(talking, path) == DARK


def test_it_follows_to_another_tablet_and_leaves_the_old_one(
    tablet: httpx.Client, device: Device, database: Database, people: People
) -> None:
    tablet.post("/pupil/display", data=DARK)
    with database.writing() as session:
        conversation = session.exec(select(Conversation)).one()
        code = hand_overs.by_code(session, people.adult, conversation.id)
    other = device()
    other.post("/pupil/code", data={"code": code})

    assert marks(other) == DARK
    assert marks(tablet, "/pupil/code") == {}


def test_a_script_that_has_changed_its_page_gets_nothing_back(talking: httpx.Client) -> None:
    answer = talking.post("/pupil/display", data=DARK, headers={"accept": "application/json"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert marks(talking) == DARK


@pytest.mark.parametrize("wrong", [{"colours": "plaid"}, {"text": "<script>"}])
def test_a_code_that_is_not_offered_is_refused(talking: httpx.Client, wrong: dict[str, str]) -> None:
    assert talking.post("/pupil/display", data=wrong).status_code == 422
    assert marks(talking) == {}


def test_the_way_back_leads_nowhere_else(talking: httpx.Client) -> None:
    answer = talking.post("/pupil/display", data={"page": "//elsewhere.example"})

    assert answer.headers["location"] == "/pupil/talk"


def test_a_link_changes_its_own_conversation_only(client: httpx.Client, linked: Ask) -> None:
    mine, other = linked(), linked()
    for path in (mine, other):
        client.post(f"{path}/language", data={"language": "en"})
    client.post(f"{mine}/display", data=DARK)

    assert marks(client, f"{mine}/talk") == DARK
    assert marks(client, f"{other}/talk") == {}


def test_nobody_chooses_without_a_door(client: httpx.Client) -> None:
    assert client.post("/pupil/display", data=DARK).headers["location"] == "/pupil/code"
    assert client.post(f"/parent/{'x' * 43}/display", data=DARK).status_code == 404


def test_the_youngest_meet_no_empty_box(young: httpx.Client) -> None:
    assert '<details class="write">' in young.get("/pupil/talk").text


def test_refused_words_of_the_youngest_are_not_folded_away(young: httpx.Client) -> None:
    answer = say(young, "a" * 8001)

    assert read(answer).boxes["text"] == "a" * 8001
    assert '<details class="write" open>' in answer.text
