"""Whatever is sent, the answer is clear and in the person's language; nothing is lost, doubled or executed."""

import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from api.database import Database
from api.guards import LARGEST_BODY
from api.services.talk.words import LONGEST
from tests.api.people import People
from tests.api.scripted_bot import ScriptedBot
from tests.api.visiting import Visit, language_of, visit, words_in


@pytest.fixture
def parent(device: Callable[[], httpx.Client], database: Database, people: People) -> Visit:
    parent = visit(device, database, people)
    parent.arrive("en")
    return parent


@pytest.fixture
def other(device: Callable[[], httpx.Client], database: Database, people: People) -> Visit:
    other = visit(device, database, people)
    other.arrive("en")
    return other


def test_nothing_is_sent(parent: Visit, database: Database) -> None:
    assert parent.sends(text=" \x00 ").status_code == 422
    assert words_in(database) == []


def test_a_hundred_kilobytes_are_too_long(parent: Visit, database: Database) -> None:
    response = parent.sends(text="a" * 100_000)

    assert (response.status_code, language_of(response)) == (422, "en")
    assert words_in(database) == []


def test_twenty_megabytes_are_not_read(parent: Visit, address: str) -> None:
    place = urlsplit(address)
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {20 * 2**20}"
    head = f"POST {parent.door}/talk/turn HTTP/1.1\r\nHost: {place.netloc}\r\n{form}\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), 5) as connection:
        connection.sendall(head.encode() + b"text=")

        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_body_of_unknown_length_is_counted(parent: Visit, database: Database) -> None:
    chunks = (b"text=" + b"a" * 2**16 for _ in range(2 + LARGEST_BODY // 2**16))
    form = {"content-type": "application/x-www-form-urlencoded"}
    response = parent.client.post(f"{parent.door}/talk/turn", content=chunks, headers=form)

    assert response.status_code == 413
    assert words_in(database) == []


@pytest.mark.parametrize("character", ["ع", "𐐷", "🙂"])
def test_the_longest_text_that_is_allowed_arrives_in_every_script(
    parent: Visit, database: Database, character: str
) -> None:
    assert parent.sends(text=character * LONGEST).status_code == 303
    assert words_in(database) == [character * LONGEST]


def test_a_lone_half_of_a_character_in_json_is_replaced(parent: Visit, database: Database) -> None:
    response = parent.sends_json(b'{"turn": "t1", "text": "half \\ud83d character"}')

    assert response.status_code == 200
    assert words_in(database) == ["half \ufffd character"]


@pytest.mark.parametrize(
    "text", ["🙂", "/restart", "/session_start", "<script>alert(1)</script>", "{quote} {adult}", "%(x)s %s {{ 7*7 }}"]
)
def test_what_looks_like_a_command_is_only_words(
    parent: Visit, database: Database, bot: ScriptedBot, text: str
) -> None:
    assert parent.sends(text=text).status_code == 303

    assert words_in(database) == [bot.heard[-1]["text"]] == [text]
    assert "<script>alert" not in parent.client.get(f"{parent.door}/talk").text


def test_marks_that_turn_the_reading_order_are_taken_away(parent: Visit, database: Database) -> None:
    parent.sends(text="\u202egnp.exe\u2069 <- \x00NUL")

    assert words_in(database) == ["gnp.exe <- NUL"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"text": "no turn"}',
        b'{"turn": "t1", "text": {}}',
        b'{"turn": "../t1", "text": "x"}',
        b'{"turn": "\\ud800", "text": "x"}',
        b'{"turn": "t1", "text": "x", "asked": 99999999999999999999999999}',
        b'{"turn": "t1", "kind": "open", "text": "x"}',
        b'{"turn": "t1", "kind": "choose"}',
        b'{"turn": "t1", "choices": ["nonsense"]}',
        b'{"turn": "t1", "text": "x", "target": {"turn": "t0", "start": -1, "end": 1}}',
    ],
)
def test_another_shape_is_refused_with_a_code(parent: Visit, database: Database, body: bytes) -> None:
    response = parent.sends_json(body)

    assert (response.status_code, response.json()["error"]) in {(422, "malformed"), (422, "empty")}
    assert words_in(database) == []


@pytest.mark.parametrize("path", ["", "/talk", "/talk/news", "/talk/said"])
def test_a_dead_link_is_told_in_the_language_of_the_browser(client: httpx.Client, path: str) -> None:
    response = client.get(f"/parent/no-such-link{path}", headers={"accept-language": "en"})

    assert (response.status_code, language_of(response)) == (404, "en")


def test_a_link_of_one_parent_does_not_reach_the_other(parent: Visit, other: Visit) -> None:
    parent.sends(text="Only for school.")

    assert "Only for school." in parent.client.get(f"{parent.door}/talk/said").text
    assert "Only for school." not in other.client.get(f"{other.door}/talk/said").text


def test_a_forged_turn_id_tells_nothing(parent: Visit, other: Visit, database: Database) -> None:
    parent.sends(turn="t1", text="Only for school.")
    response = other.sends(turn="t1", text="What did they say?")

    assert response.status_code == 409
    assert "Only for school." not in response.text
    assert words_in(database) == ["Only for school."]


def test_sending_twice_counts_once(parent: Visit, database: Database, bot: ScriptedBot) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda _: parent.sends(turn="t1", text="Once."), range(2)))

    assert words_in(database) == ["Once."]
    assert [turn["turn"] for turn in bot.heard].count("t1") == 1


def test_two_tabs_at_one_moment_are_both_kept(parent: Visit, database: Database, bot: ScriptedBot) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda text: parent.sends(text=text), ("One tab.", "Another tab.")))

    assert sorted(words_in(database)) == ["Another tab.", "One tab."]
    assert [turn["text"] for turn in bot.heard[1:]] == words_in(database)


@pytest.mark.parametrize("language", ["xx", "", "../en", "en\x00"])
def test_an_unknown_language_is_refused(parent: Visit, language: str) -> None:
    response = parent.client.post(f"{parent.door}/talk/language", data={"language": language})

    assert response.status_code == 422


def test_a_picked_language_that_is_not_offered_is_refused(parent: Visit) -> None:
    assert parent.sends(kind="choose", choices="language:xx").status_code == 422


@pytest.mark.parametrize("path", ["/", "/nothing", "/staff/conversations/none", "/pupil/nothing", "/static/nothing"])
def test_an_unknown_address_is_answered_calmly(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in {303, 404}


def test_json_gets_codes_and_nothing_else(client: httpx.Client) -> None:
    response = client.get("/parent/none/talk", headers={"accept": "application/json"})

    assert json.loads(response.content) == {"error": "link_not_open"}


@pytest.fixture
def arab(device: Callable[[], httpx.Client], database: Database, people: People) -> Visit:
    """Somebody who chose Arabic on a device that speaks English."""
    arab = visit(device, database, people)
    arab.arrive("ar")
    return arab


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "\u202e\u2066"}, 422),
        ({"text": "a" * 100_000}, 422),
        ({"text": "a" * 2**20}, 413),
        ({"text": "x", "turn": "../forged"}, 422),
        ({"text": "x", "asked": "1000000"}, 404),
        ({"text": "x", "target_turn": "t0", "target_start": "0", "target_end": "1"}, 404),
        ({"kind": "choose", "choices": "language:xx"}, 422),
        ({"kind": "choose", "choices": "nonsense"}, 422),
    ],
)
def test_what_is_refused_is_told_in_the_language_that_the_person_chose(
    arab: Visit, database: Database, fields: dict[str, str], status: int
) -> None:
    response = arab.sends(**fields)

    assert (response.status_code, language_of(response)) == (status, "ar")
    assert words_in(database) == []


def test_an_unknown_language_is_told_in_the_one_that_was_chosen(arab: Visit) -> None:
    response = arab.client.post(f"{arab.door}/talk/language", data={"language": "xx"})

    assert (response.status_code, language_of(response)) == (422, "ar")


@pytest.mark.parametrize("path", ["/pupil/code", "/staff/sign-in"])
def test_a_form_of_any_door_may_be_too_large_or_broken(client: httpx.Client, path: str) -> None:
    assert client.post(path, data={"code": "1" * 2**20}).status_code == 413
    assert client.post(path, content=b"x", headers={"content-type": "multipart/form-data"}).status_code == 422
