"""What a device posts when the line is back: kept in order, counted once, and answered without a word."""

import re
from datetime import timedelta

import httpx
import pytest

from api.database import Database
from api.models import Turn
from api.services.people import attempts
from api.services.talk import withdrawing
from api.services.talk.letterbox import Slot
from tests.api.people import PIN, People
from tests.api.sealing import sealed_for, turn_in_an_envelope
from tests.api.soon import soon
from tests.pages.speakers.conftest import Ask, Device
from tests.pages.speakers.staged_bot import StagedBot

FIRST, SECOND = "Dragons are best.", "Maths is loud."
JSON = {"accept": "application/json"}


@pytest.fixture
def slot(talking: httpx.Client) -> Slot:
    return slot_on(talking)


def slot_on(device: httpx.Client, path: str = "/pupil/talk") -> Slot:
    page = device.get(path).text
    return Slot(*(re.findall(f'data-{name}="([^"]+)"', page)[0] for name in ("key", "box")))


def post(device: httpx.Client, slot: Slot, *envelopes: str) -> httpx.Response:
    return device.post("/letterbox", json={"box": slot.box, "envelopes": envelopes}, headers=JSON)


def heard(bot: StagedBot) -> list[list[str]]:
    """Words of each conversation."""
    return [[turn["text"] for turn in talk.turns[1:]] for talk in bot.talks.values()]


def test_late_words_are_kept_in_order(client: httpx.Client, slot: Slot, bot: StagedBot) -> None:
    answer = post(client, slot, turn_in_an_envelope(slot, "a", FIRST), turn_in_an_envelope(slot, "b", SECOND))

    assert answer.json() == {"became": ["taken", "taken"]}
    assert soon(lambda: heard(bot) == [[FIRST, SECOND]])


@pytest.mark.parametrize(("waited", "hours"), [([7200], 2), ([], 0), ([-5], 0), ([10**12], 0)])
def test_words_that_waited_are_dated_when_they_were_said(
    client: httpx.Client, slot: Slot, database: Database, waited: list[int], hours: int
) -> None:
    content = {"box": slot.box, "envelopes": [turn_in_an_envelope(slot, "a", FIRST)], "waited": waited}
    assert client.post("/letterbox", json=content, headers=JSON).json() == {"became": ["taken"]}

    with database.reading() as session:
        turn = session.get_one(Turn, "a")
    assert round((turn.received_at - turn.at) / timedelta(hours=1)) == hours


def test_an_envelope_posted_twice_counts_once(client: httpx.Client, slot: Slot, bot: StagedBot) -> None:
    envelope = turn_in_an_envelope(slot, "a", FIRST)
    answers = [post(client, slot, envelope, envelope).json(), post(client, slot, envelope).json()]

    assert answers == [{"became": ["taken", "taken"]}, {"became": ["taken"]}]
    assert soon(lambda: heard(bot) == [[FIRST]])


def test_a_turn_that_came_by_itself_and_in_an_envelope_counts_once(
    talking: httpx.Client, client: httpx.Client, slot: Slot, bot: StagedBot
) -> None:
    talking.post("/pupil/talk/turn", data={"turn": "a", "text": f"{FIRST}\r\n{SECOND}"})

    assert post(client, slot, turn_in_an_envelope(slot, "a", f"{FIRST}\n{SECOND}")).json() == {"became": ["taken"]}
    assert soon(lambda: heard(bot) == [[f"{FIRST}\n{SECOND}"]])


def test_words_arrive_from_a_tablet_that_was_given_back(
    talking: httpx.Client, client: httpx.Client, slot: Slot, bot: StagedBot
) -> None:
    assert talking.post("/pupil/leave", data={"pin": PIN}).status_code == 303
    assert talking.post("/pupil/talk/turn", data={"turn": "a", "text": FIRST}, headers=JSON).status_code == 401
    post(client, slot, turn_in_an_envelope(slot, "a", FIRST))

    assert soon(lambda: heard(bot) == [[FIRST]])


def test_what_cannot_be_taken_holds_up_nothing_else(client: httpx.Client, slot: Slot, bot: StagedBot) -> None:
    bad = [
        "no envelope",
        sealed_for(slot, "[]"),
        sealed_for(slot, '{"turn": "x"}'),
        turn_in_an_envelope(slot, "b", " "),
        turn_in_an_envelope(slot, "c", "x" * 8001),
        turn_in_an_envelope(slot, "d", FIRST, asked="9999"),
        turn_in_an_envelope(slot, "e", "", choices="language:xx"),
    ]
    answer = post(client, slot, *bad, turn_in_an_envelope(slot, "f", FIRST))

    assert answer.json() == {"became": ["refused"] * 7 + ["taken"]}
    assert soon(lambda: heard(bot) == [[FIRST]])


def test_words_sealed_for_one_conversation_reach_no_other(
    client: httpx.Client, slot: Slot, device: Device, linked: Ask, bot: StagedBot
) -> None:
    home, parent = linked(), device()
    parent.post(f"{home}/language", data={"language": "en"})
    parent.post(f"{home}/talk/open")
    theirs = slot_on(parent, f"{home}/talk")

    assert post(client, theirs, turn_in_an_envelope(slot, "a", FIRST)).json() == {"became": ["refused"]}
    assert heard(bot) == [[], []]


def test_a_box_opens_nothing(client: httpx.Client, slot: Slot) -> None:
    for cookie in (slot.box, slot.key):
        client.cookies.set("tablet", cookie)
        assert client.get("/pupil/talk").headers["location"] == "/pupil/code"


def test_no_answer_holds_words(talking: httpx.Client, client: httpx.Client, slot: Slot) -> None:
    talking.post("/pupil/talk/turn", data={"text": SECOND, "turn": "b"})
    answers = [
        post(client, slot, turn_in_an_envelope(slot, "a", FIRST)),
        post(client, slot, "?"),
        client.get("/letterbox"),
    ]

    assert [answer.text for answer in answers if FIRST in answer.text or SECOND in answer.text] == []


def test_a_conversation_that_was_taken_back_is_told_as_over(
    database: Database, people: People, client: httpx.Client, slot: Slot, bot: StagedBot
) -> None:
    with database.writing() as session:
        withdrawing.withdraw(session, people.adult, next(iter(bot.talks)), "speaker")

    assert post(client, slot, turn_in_an_envelope(slot, "a", FIRST)).status_code == 410
    assert heard(bot) == [[]]


def test_a_forged_box_is_refused_and_then_slowed_down(client: httpx.Client, slot: Slot) -> None:
    codes = [post(client, Slot("", "forged"), "x").status_code for _ in range(attempts.FREE_FOR_AN_ADDRESS + 2)]

    assert codes == [404] * (attempts.FREE_FOR_AN_ADDRESS + 1) + [429]


@pytest.mark.parametrize("envelopes", [[], ["x"] * 21, ["x" * 120_001], [1], "x"], ids=lambda it: f"{it!s:.9}")
def test_too_many_and_too_large_are_refused(client: httpx.Client, slot: Slot, envelopes: list[str]) -> None:
    assert client.post("/letterbox", json={"box": slot.box, "envelopes": envelopes}).status_code == 422


def test_the_longest_words_fit_into_one_post(client: httpx.Client, slot: Slot) -> None:
    assert post(client, slot, turn_in_an_envelope(slot, "a", "🐉" * 8000)).json() == {"became": ["taken"]}
