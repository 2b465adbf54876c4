"""tests/contract/exchanges are what the bot really says. REWRITE_EXCHANGES=1 writes them anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.adapters.running_bot import ROOT, RunningBot, Talk
from tests.contract.schemas import complaints

FOLDER = ROOT / "tests" / "contract" / "exchanges"


def a_pupil_tells_and_keeps(talk: Talk) -> None:
    talk.open()
    talk.say("I like football with my cousin")
    talk.choose("topic:hard_day")
    talk.say("The corridors are too loud for me")
    talk.say("/restart")
    talk.choose("control:skip")
    line = talk.choose("control:finish").body["summary"]["items"][0]
    talk.choose("readback:leave_out", target={name: line[name] for name in ("turn", "start", "end")})
    talk.choose("readback:done")


def a_pupil_uses_the_buttons(talk: Talk) -> None:
    talk.open()
    for button in ("repeat", "explain", "privacy", "person", "pause", "resume", "dont_know", "language"):
        talk.choose(f"control:{button}")
    talk.choose("language:en")
    talk.choose("control:finish")


def a_parent_tells(talk: Talk) -> None:
    talk.open()
    talk.say("The bus was taken away and I work nights")
    talk.choose("control:dont_know")
    talk.choose("control:finish")


def a_parent_picks_how_to_be_reached(talk: Talk) -> None:
    talk.open()
    for _ in ("today", "last_days", "tomorrow"):
        talk.choose("control:skip")
    talk.choose("reach:text", "hours:evening", "way:interpreter", "rhythm:1")
    line = talk.choose("control:skip").body["summary"]["items"][0]
    place = {name: line[name] for name in ("turn", "start", "end")}
    talk.choose("readback:leave_out", target=place)
    talk.choose("readback:keep", target=place)


def something_unsafe_is_said(talk: Talk) -> None:
    talk.open()
    talk.say("I am not safe at home, dad hits me")
    talk.say("Thank you")
    talk.choose("control:person")


CONVERSATIONS: dict[str, tuple[Callable[[Talk], None], str]] = {
    "a-pupil-tells-and-keeps": (a_pupil_tells_and_keeps, "pupil"),
    "a-pupil-uses-the-buttons": (a_pupil_uses_the_buttons, "pupil"),
    "a-parent-tells": (a_parent_tells, "parent"),
    "a-parent-picks-how-to-be-reached": (a_parent_picks_how_to_be_reached, "first_day"),
    "something-unsafe-is-said": (something_unsafe_is_said, "pupil"),
}


@pytest.fixture(params=list(CONVERSATIONS))
def held(request: pytest.FixtureRequest, bot: RunningBot) -> tuple[str, list[dict[str, Any]]]:
    hold, guide = CONVERSATIONS[request.param]
    talk = Talk(bot, request.param, guide)
    hold(talk)
    return request.param, talk.exchanges


def test_a_recorded_exchange_is_what_the_bot_still_does(held: tuple[str, list[dict[str, Any]]]) -> None:
    name, exchanges = held
    path = FOLDER / f"{name}.json"
    if os.environ.get("REWRITE_EXCHANGES"):
        path.write_text(json.dumps(exchanges, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    recorded = json.loads(path.read_text(encoding="utf-8"))
    assert [course(exchange) for exchange in exchanges] == [course(exchange) for exchange in recorded]


def course(exchange: dict[str, Any]) -> dict[str, Any]:
    """What was sent and what happened, without wordings and confidences, which may be improved at any time."""
    reply = exchange["reply"]
    said = [(message["id"], message["kind"], choices_of(message)) for message in reply["messages"]]
    return {"turn": exchange["turn"], "said": said, "interview": reply["interview"], "alert": bool(reply["alert"])}


def choices_of(message: dict[str, Any]) -> list[str]:
    """But for the languages on offer, which grow with every catalog that is completed."""
    return [choice["code"] for choice in message["choices"] if not choice["code"].startswith("language:")]


@pytest.mark.parametrize("name", list(CONVERSATIONS))
def test_a_recorded_exchange_keeps_the_contract(name: str) -> None:
    for exchange in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")):
        assert complaints("turn", exchange["turn"]) == []
        assert complaints("reply", exchange["reply"]) == []
