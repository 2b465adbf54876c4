"""The whole api behind a real server: starts, stops, crashes, logs."""

import logging
import time
from collections.abc import Callable

import httpx
import pytest

from api.database import Database
from api.main import create_app
from api.models import Turn
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from api.settings import Settings
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.api.serving import Serving
from tests.api.soon import soon
from tests.api.visiting import visit, words_in


@pytest.fixture
def left_behind(database: Database, people: People) -> None:
    """A turn that was stored just before the power went."""
    with database.writing() as session:
        conversation = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", "en"))
        session.add(Turn(id="t1", conversation_id=conversation.id, ordinal=0, kind="say", text="Hello.", language="en"))
        session.commit()


def test_what_a_crash_left_behind_is_answered_at_the_next_start(
    left_behind: None, database: Database, address: str
) -> None:
    assert soon(lambda: state_of(database) == "answered")


def test_a_bot_that_comes_late_is_waited_for(
    left_behind: None, database: Database, bot: ScriptedBot, settings: Settings, serving: Serving
) -> None:
    bot.kill()
    serving.start(create_app(settings))
    assert httpx.get(f"{serving.address}/health", trust_env=False).status_code == 503
    bot.start()

    assert soon(lambda: state_of(database) == "answered")
    serving.stop()


def test_stopping_does_not_wait_for_a_slow_bot_and_keeps_the_words(
    settings: Settings, serving: Serving, database: Database, people: People, bot: ScriptedBot
) -> None:
    impatient = settings.model_copy(update={"bot_timeout": 0.2})
    serving.start(create_app(impatient))
    with httpx.Client(base_url=serving.address, trust_env=False) as client:
        parent = visit(lambda: client, database, people)
        parent.arrive("en")
        bot.hold.clear()
        parent.sends(text="The bus.")
    started = time.monotonic()
    serving.stop()
    bot.hold.set()

    assert time.monotonic() - started < 5
    assert words_in(database) == ["The bus."]


def test_logs_hold_no_words_no_names_and_no_links(
    device: Callable[[], httpx.Client],
    database: Database,
    people: People,
    bot: ScriptedBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "httpx")  # the browser of this test speaks through it too
    parent = visit(device, database, people)
    parent.arrive("en")
    parent.sends(text=f"Zebra {UNSAFE}.")
    bot.refuses = "Zebra"
    parent.sends(text="Zebra again.")
    bot.refuses, bot.broken = "", True
    parent.sends(text="Zebra once more.")
    bot.kill()
    parent.sends(text="Zebra at last.")
    parent.sends_json(b'{"turn": "Zebra!", "text": "Zebra"}')

    assert len(words_in(database)) == 4
    assert "waits" in caplog.text
    for secret in ("Zebra", people.pupil.name, parent.door.removeprefix("/parent/")):
        assert secret not in caplog.text


def test_an_error_that_nobody_foresaw_is_told_calmly_and_logged_without_words(
    settings: Settings, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings)

    @app.get("/breaks")
    def breaks() -> None:
        raise KeyError("Zebra")

    serving.start(app)
    response = httpx.get(f"{serving.address}/breaks", trust_env=False, headers={"accept": "application/json"})
    serving.stop()

    assert (response.status_code, response.json()) == (500, {"error": "broken"})
    assert "KeyError" in caplog.text
    assert "Zebra" not in caplog.text.replace('raise KeyError("Zebra")', "")


def state_of(database: Database) -> str:
    with database.reading() as session:
        return session.get_one(Turn, "t1").state
