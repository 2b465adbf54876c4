"""The door: what goes in, what comes out, and what is refused."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.bot.adapters.running_bot import RunningBot, Talk
from tests.contract.schemas import complaints

WORDS = "I like the art room. It is quiet there."


def test_every_reply_keeps_the_contract(talk: Talk) -> None:
    answers = [talk.open(), talk.say(WORDS), talk.choose("topic:hard_day"), talk.say("The corridors are so loud")]
    assert [complaints("reply", answer.body) for answer in answers] == [[], [], [], []]


def test_a_conversation_begins_with_notices_and_one_question(talk: Talk) -> None:
    kinds = [message["kind"] for message in talk.open().body["messages"]]
    assert set(kinds[:-1]) == {"notice"}
    assert kinds[-1] == "question"


def test_what_was_heard_comes_back_with_its_place(talk: Talk) -> None:
    talk.open()
    reading = talk.say("Honestly the corridors are too loud for me").body["reading"]
    place = next(span for span in reading["spans"] if span["code"] == "school.sensory")
    assert "school.sensory" in reading["factors"]
    assert 0 <= place["start"] < place["end"] <= 42


def test_the_same_turn_again_gives_the_same_reply_and_counts_once(talk: Talk) -> None:
    talk.open()
    turn = talk.turn("say", WORDS)
    first, again = talk.send(turn), talk.send(turn)
    assert first.body == again.body
    items = talk.choose("topic:people").body["summary"]["items"]
    assert len({(item["turn"], item["start"]) for item in items}) == len(items)


def test_an_earlier_turn_again_gives_its_own_reply(talk: Talk) -> None:
    talk.open()
    turn = talk.turn("say", WORDS)
    first = talk.send(turn)
    talk.choose("topic:people")
    talk.say("I have one good friend there")
    assert talk.bot.send(turn).body == first.body


def test_the_same_turn_twice_at_once_counts_once(talk: Talk) -> None:
    talk.open()
    turn = talk.turn("say", WORDS)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: talk.bot.send(turn), range(6)))
    assert {json.dumps(answer.body) for answer in answers} == {json.dumps(answers[0].body)}


def test_turns_at_once_are_all_answered(talk: Talk) -> None:
    talk.open()
    turns = [talk.turn("say", f"{WORDS} {number}") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(talk.bot.send, turns))
    assert [answer.status for answer in answers] == [200] * 8


def test_a_turn_after_one_the_bot_never_saw_is_answered_409(talk: Talk) -> None:
    talk.open()
    answer = talk.bot.send({**talk.turn("say", WORDS), "previous": "lost"})
    assert answer == (409, {"error": "unknown_previous", "known": "turn-1"})


def test_in_a_conversation_the_bot_does_not_know_nothing_is_known(talk: Talk) -> None:
    answer = talk.bot.send({**talk.turn("say", WORDS), "previous": "lost"})
    assert answer == (409, {"error": "unknown_previous", "known": None})


def test_health_is_ok_when_a_turn_can_be_served(bot: RunningBot) -> None:
    assert bot.health() == (200, {"bot": "ok"})


def test_without_the_secret_nothing_is_read(bot: RunningBot) -> None:
    assert bot.post(b"not even json", secret="another one") == (403, {"error": "secret"})


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 60_000])
def test_what_is_not_json_is_answered_400(bot: RunningBot, body: bytes) -> None:
    assert bot.post(body) == (400, {"error": "not_json"})


@pytest.mark.parametrize("size", [65_537, 300_000, 20_000_000])
def test_a_long_body_is_answered_413(bot: RunningBot, size: int) -> None:
    try:
        assert bot.post(b" " * size) == (413, {"error": "body_too_long"})
    except (BrokenPipeError, ConnectionResetError):
        assert size == 20_000_000  # the bot hangs up on a body that never ends


def test_a_text_of_more_than_8000_code_points_is_answered_413(talk: Talk) -> None:
    assert talk.send(talk.turn("say", "a" * 8001)) == (413, {"error": "text_too_long"})


BAD: list[tuple[dict[str, Any], str]] = [
    ({"version": 2}, "bad_version"),
    ({"version": True}, "bad_version"),
    ({"conversation": "a/../b"}, "bad_conversation"),
    ({"conversation": ""}, "bad_conversation"),
    ({"turn": "a" * 65}, "bad_turn"),
    ({"turn": "line\n"}, "bad_turn"),
    ({"turn": 7}, "bad_turn"),
    ({"previous": ""}, "bad_previous"),
    ({"kind": "shout"}, "bad_kind"),
    ({"kind": []}, "bad_kind"),
    ({"text": None}, "bad_text"),
    ({"text": ""}, "bad_text"),
    ({"text": " \n\x00"}, "bad_text"),
    ({"kind": "open"}, "bad_text"),
    ({"choices": ["control:pause"]}, "bad_choices"),
    ({"choices": "control:pause"}, "bad_choices"),
    ({"kind": "choose", "text": ""}, "bad_choices"),
    ({"kind": "choose", "text": "", "choices": ["control:pause"] * 2}, "bad_choices"),
    ({"kind": "choose", "text": "", "choices": ["nonsense"]}, "bad_choices"),
    ({"asked": "who are you"}, "bad_asked"),
    ({"target": {"turn": "turn-1", "start": -1, "end": 4}}, "bad_target"),
    ({"target": {"turn": "turn-1", "start": 0}}, "bad_target"),
    ({"language": "English!"}, "bad_language"),
    ({"audience": "teacher"}, "bad_audience"),
    ({"guide": "nobody"}, "bad_guide"),
    ({"age_band": "99"}, "bad_age_band"),
    ({"pattern": "On Fridays"}, "bad_pattern"),
    ({"earlier": None}, "bad_earlier"),
    ({"earlier": {"conversations": -1, "topics": []}}, "bad_earlier"),
    ({"earlier": {"conversations": 1, "topics": ["home", "home"]}}, "bad_earlier"),
    ({"earlier": {"conversations": 1, "topics": ["what I said"]}}, "bad_earlier"),
    ({"extra": 1}, "fields"),
]


@pytest.mark.parametrize(("wrong", "error"), BAD)
def test_a_wrong_shape_is_answered_422_with_a_code(talk: Talk, wrong: dict[str, Any], error: str) -> None:
    assert talk.bot.send({**talk.turn("say", WORDS), **wrong}) == (422, {"error": error})


BEYOND_A_SCHEMA: list[dict[str, Any]] = [{"guide": "nobody"}, {"text": " \n\x00"}, {"turn": "line\n"}]


@pytest.mark.parametrize("wrong", [wrong for wrong, _ in BAD if wrong not in BEYOND_A_SCHEMA])
def test_the_schema_refuses_what_the_bot_refuses(talk: Talk, wrong: dict[str, Any]) -> None:
    assert complaints("turn", {**talk.turn("say", WORDS), **wrong})


@pytest.mark.parametrize("text", ["/restart", "/open", '/choose{"choice": "topic:people"}', "/back", "/session_start"])
def test_a_slash_is_only_words(talk: Talk, text: str) -> None:
    talk.open()
    answer = talk.say(text)
    assert answer.ids()[-1] == "utter_choose_start"
    assert answer.body["summary"]["items"][0]["end"] == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "  two spaces first. Then more.",
        "\U0001f600\U0001f600\U0001f600",
        "a\x00b c\x1bd",
        "\ud83d alone",
        "\u202eright to left",
    ],
)
def test_offsets_are_those_of_the_text_as_sent(talk: Talk, text: str) -> None:
    talk.open()
    items = talk.say(text).body["summary"]["items"]
    assert items
    assert max(item["end"] for item in items) == len(text)
