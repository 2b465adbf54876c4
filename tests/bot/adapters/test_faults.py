"""Death, locks and outages: nothing that was answered is lost, nothing is answered from an empty memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.bot.adapters.postgres import Postgres
from tests.bot.adapters.running_bot import RunningBot, Talk

WORDS = "I like the art room. It is quiet there."


def test_a_conversation_goes_on_after_kill_9(start: Callable[[str], RunningBot], tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'tracker.db'}"
    talk = Talk(start(store), "one")
    talk.open()
    turn = talk.turn("say", WORDS)
    before = talk.send(turn)
    talk.bot.kill()
    talk.bot = start(store)
    assert talk.send(turn).body == before.body
    assert talk.say("And I have a friend there").body["summary"]["items"][0]["turn"] == turn["turn"]


def test_a_store_that_does_not_answer_is_503_and_nothing_is_lost(
    start: Callable[[str], RunningBot], tmp_path: Path
) -> None:
    database = tmp_path / "tracker.db"
    talk = Talk(start(f"sqlite:///{database}"), "one")
    talk.open()
    turn = talk.turn("say", WORDS)
    with sqlite3.connect(database) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert talk.send(turn) == (503, {"error": "store_down"})
    assert talk.send(turn).body["summary"]["items"][0]["turn"] == turn["turn"]


def test_postgresql_keeps_a_conversation_through_its_own_restart(
    start: Callable[[str], RunningBot], postgres: Postgres
) -> None:
    talk = Talk(start(postgres.url), "one")
    talk.open()
    turn = talk.turn("say", WORDS)
    postgres.stop()
    assert talk.bot.health() == (503, {"error": "store_down"})
    assert talk.send(turn) == (503, {"error": "store_down"})
    postgres.start()
    assert talk.bot.health().status == 200
    assert talk.send(turn).body["summary"]["items"][0]["turn"] == turn["turn"]


def test_two_bots_on_one_postgresql_share_a_conversation(
    start: Callable[[str], RunningBot], postgres: Postgres
) -> None:
    one, other = start(postgres.url), start(postgres.url)
    talk = Talk(one, "one")
    talk.open()
    talk.bot = other
    said = talk.say(WORDS).body
    talk.bot = one
    assert talk.choose("control:pause").body["summary"] == said["summary"]
