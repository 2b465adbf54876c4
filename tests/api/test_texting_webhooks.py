"""The provider's door in the served product: what it posts is kept at once, and the answer goes out by text."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from api.database import Database
from api.main import create_app
from api.models import Carer, Delivery, Record, Task, Turn, now
from api.services.reaching import deliveries
from api.settings import Settings
from tests.api.people import People
from tests.api.reached import OTHER_PHONE, PHONE
from tests.api.scripted_bot import ScriptedBot
from tests.api.soon import soon
from tests.running.text_provider import SCHOOL, TextProviderServer, post, signed, written


@pytest.fixture
def provider() -> Iterator[TextProviderServer]:
    provider = TextProviderServer()
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def settings(settings: Settings, provider: TextProviderServer) -> Settings:
    return Settings(**{**settings.model_dump(), **provider.settings})


@pytest.fixture
def door(address: str, carer: Carer) -> str:
    return f"{address}/texting/twilio"


def rows(database: Database, kind: type[Record]) -> list[Any]:
    with database.reading() as session:
        return list(session.exec(select(kind)))


def said(database: Database) -> list[str]:
    return [turn.text for turn in rows(database, Turn) if turn.kind == "say"]


def posts(door: str, text: str, number: int = 1, sender: str = PHONE) -> int:
    return post(f"{door}/message", written(sender, text, number)).status_code


def test_a_message_is_kept_and_answered_by_text(door: str, database: Database, provider: TextProviderServer) -> None:
    assert posts(door, "Waa daal badan yahay.") == 200

    assert said(database) == ["Waa daal badan yahay."]
    assert soon(lambda: any("Tell me about 2." in text for text in provider.to(PHONE)))


def test_the_provider_is_answered_before_the_bot_is_asked(door: str, database: Database, bot: ScriptedBot) -> None:
    bot.hold.clear()
    assert posts(door, "The noise.") == 200

    assert said(database) == ["The noise."]
    bot.hold.set()


def test_a_message_that_is_posted_again_counts_once(door: str, database: Database) -> None:
    assert [posts(door, "The noise.", 1), posts(door, "The noise.", 1), posts(door, "The bus.", 2)] == [200] * 3

    assert said(database) == ["The noise.", "The bus."]


@pytest.mark.parametrize("way", ["message", "status"])
def test_what_is_not_signed_is_turned_away(door: str, database: Database, way: str) -> None:
    fields = written(PHONE, "The noise.")
    wrong = signed(f"{door}/{way}", fields, token="another token")

    assert [post(f"{door}/{way}", fields, headers).status_code for headers in ({}, wrong)] == [403, 403]
    assert rows(database, Turn) == []


def test_an_unknown_number_is_told_so_once_and_nothing_is_kept(door: str, database: Database) -> None:
    answers = [post(f"{door}/message", written(OTHER_PHONE, "Who is this?", number)).text for number in (1, 2)]

    assert ["<Message>" in answer for answer in answers] == [True, False]
    assert "999" in answers[0]
    assert rows(database, Turn) == rows(database, Delivery) == []


def test_help_and_stop_are_answered_by_text(door: str, provider: TextProviderServer) -> None:
    posts(door, "HELP", 1)
    assert soon(lambda: any("999" in text and "Here" in text for text in provider.to(PHONE)))

    posts(door, "STOP", 2)
    assert soon(lambda: "START" in provider.to(PHONE)[-1])


def test_that_a_message_arrived_is_noted(door: str, database: Database, provider: TextProviderServer) -> None:
    posts(door, "HELP")
    assert soon(lambda: bool(provider.sent) and rows(database, Delivery)[0].sent_at is not None)
    (sent,) = provider.sent

    report = {**written(SCHOOL, ""), "MessageSid": sent.id, "MessageStatus": "delivered"}
    assert post(sent.reports_to, report).status_code == 204
    assert deliveries.state_of(rows(database, Delivery)[0]) == "delivered"


def test_that_a_message_did_not_arrive_becomes_a_task(
    door: str, database: Database, provider: TextProviderServer
) -> None:
    posts(door, "HELP")
    assert soon(lambda: bool(provider.sent))
    (sent,) = provider.sent

    report = {**written(SCHOOL, ""), "MessageSid": sent.id, "MessageStatus": "undelivered", "ErrorCode": "30003"}
    assert post(sent.reports_to, report).status_code == 204
    assert [delivery.fault for delivery in rows(database, Delivery)] == ["switched_off"]
    assert [task.kind for task in rows(database, Task)] == ["unsent"]


def test_a_report_finds_a_message_whose_sender_died_before_it_knew_the_id(
    door: str, database: Database, carer: Carer, people: People
) -> None:
    with database.writing() as session:
        about = {"school_id": people.adult.school_id, "carer_id": carer.id, "channel": "text", "kind": "help"}
        session.add(Delivery(**about, key="the-key", attempts=1, due_at=now().replace(year=2099)))
        session.commit()
    report = {**written(SCHOOL, ""), "MessageSid": "SM-late", "MessageStatus": "delivered"}
    post(f"{door}/status?message=the-key", report)

    assert deliveries.state_of(rows(database, Delivery)[0]) == "delivered"


def test_what_makes_no_sense_breaks_nothing(door: str, database: Database) -> None:
    nonsense: list[dict[str, str]] = [{}, {"MessageSid": "SM1"}, {"From": PHONE, "Body": "x" * 200_000}]

    assert [post(f"{door}/message", fields).status_code for fields in nonsense] == [403, 403, 413]
    assert rows(database, Turn) == []


def test_the_log_holds_no_number_and_no_word(
    door: str, provider: TextProviderServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    provider.refusal = (400, 21211)
    posts(door, "A secret word.")
    assert soon(lambda: "not_theirs" in caplog.text)

    assert PHONE not in caplog.text
    assert PHONE.removeprefix("+") not in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("name", ["other", "twilio"])
def test_where_texting_is_off_or_another_there_is_no_door(settings: Settings, serving: Any, name: str) -> None:
    off = Settings(**{**settings.model_dump(), "text_provider": "" if name == "twilio" else "twilio"})
    serving.start(create_app(off))
    address = f"{serving.address}/texting/{name}/message"
    answer = post(address, written(PHONE, "Hello."))
    serving.stop()

    assert answer.status_code == 404
