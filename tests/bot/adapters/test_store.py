"""The memory: no words, one row a turn, never a stale conversation."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from adapters import wordless
from adapters.conversation import Conversation
from adapters.tracker_store import UnansweredTurn, WordlessTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from sqlalchemy.exc import IntegrityError

SECRET_WORDS = "xylophone"
ASKED = {"id": "utter_ask", "kind": "question", "text": "Tell me more."}


def store_at(path: Path, **more: Any) -> WordlessTrackerStore:
    return WordlessTrackerStore(Domain.empty(), host=f"sqlite:///{path / 'tracker.db'}", **more)


def said(turn: str) -> UserUttered:
    parsed = {
        "text": SECRET_WORDS,
        "intent": {"name": "answer", "confidence": 1.0, SECRET_WORDS: 1},
        "entities": [{"entity": "voice", "value": "wish", "start": 0, "end": 9, "quote": SECRET_WORDS}],
        "sentences": [[0, 9]],
        "anything": SECRET_WORDS,
    }
    about = {"kind": "say", "language": "en", "note": SECRET_WORDS}
    return UserUttered(SECRET_WORDS, parsed["intent"], parsed["entities"], parsed, message_id=turn, metadata=about)


def answered(turn: str) -> list[Any]:
    return [
        said(turn),
        SlotSet("last", SECRET_WORDS),
        ActionExecuted("utter_ask", metadata={"because": SECRET_WORDS}),
        BotUttered(f"You said {SECRET_WORDS}", {"custom": {**ASKED, "quoted": SECRET_WORDS}}, {"x": SECRET_WORDS}),
        ActionExecuted("action_listen"),
    ]


def add(store: WordlessTrackerStore, turn: str, conversation: str = "one") -> Conversation:
    with store.hold(conversation) as tracker:
        for event in answered(turn):
            tracker.update(event)
        asyncio.run(store.save(tracker))
        return tracker


def fetch(store: WordlessTrackerStore, conversation: str = "one") -> Conversation | None:
    return asyncio.run(store.retrieve(conversation))


def test_no_byte_of_the_store_holds_a_word(tmp_path: Path) -> None:
    add(store_at(tmp_path), "turn-1")
    files = list(tmp_path.iterdir())
    assert files
    assert not any(SECRET_WORDS.encode() in file.read_bytes() for file in files)


def test_memory_holds_no_more_than_the_store(tmp_path: Path) -> None:
    kept = add(store_at(tmp_path), "turn-1")
    again = fetch(store_at(tmp_path))
    for event in again.events:
        wordless.hush(event)  # takes out the empty places that Rasa adds when it reads an event
    assert [wordless.written(event) for event in kept.events] == [wordless.written(event) for event in again.events]
    assert SECRET_WORDS not in repr([event.__dict__ for event in kept.events])


def test_what_was_asked_and_heard_is_kept(tmp_path: Path) -> None:
    add(store_at(tmp_path), "turn-1")
    message, action, asked, _ = fetch(store_at(tmp_path)).events
    assert message.parse_data["sentences"] == [[0, 9]]
    assert message.entities == [{"entity": "voice", "value": "wish", "start": 0, "end": 9}]
    assert action.action_name == "utter_ask"
    assert asked.data["custom"] == ASKED


def test_a_turn_that_another_process_stored_is_seen(tmp_path: Path) -> None:
    ours, theirs = store_at(tmp_path), store_at(tmp_path)
    add(ours, "turn-1")
    add(theirs, "turn-2")
    assert fetch(ours).last_turn() == "turn-2"


def test_two_processes_cannot_both_store_a_next_turn(tmp_path: Path) -> None:
    ours, theirs = store_at(tmp_path), store_at(tmp_path)
    add(ours, "turn-1")
    with ours.hold("one") as tracker:
        add(theirs, "turn-2")
        for event in answered("turn-2"):
            tracker.update(event)
        with pytest.raises(IntegrityError):
            asyncio.run(ours.save(tracker))


def test_a_turn_that_failed_is_forgotten(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    add(store, "turn-1")
    with store.hold("one") as tracker:
        tracker.update(said("turn-2"))
    assert fetch(store).last_turn() == "turn-1"


def test_a_turn_without_an_answer_is_not_stored(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store.hold("one") as tracker:
        tracker.update(said("turn-1"))
        with pytest.raises(UnansweredTurn):
            asyncio.run(store.save(tracker))
    assert fetch(store) is None


def test_an_erased_conversation_does_not_live_on_in_memory(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    add(store, "turn-1")
    with store._connected() as connection:
        connection.exec_driver_sql("DELETE FROM conversation_turns")
    assert fetch(store) is None


def test_memory_is_bounded(tmp_path: Path) -> None:
    store = store_at(tmp_path, remembered=2)
    for number in range(5):
        add(store, "turn-1", f"conversation-{number}")
    assert list(store._memory) == ["conversation-3", "conversation-4"]


def test_a_conversation_in_memory_is_not_read_again(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    kept = add(store, "turn-1")
    assert fetch(store) is kept


def test_every_conversation_is_listed(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    add(store, "turn-1", "one")
    add(store, "turn-1", "two")
    assert set(asyncio.run(store.keys())) == {"one", "two"}


def test_sqlite_lets_others_read_while_it_writes(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store._connected() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
