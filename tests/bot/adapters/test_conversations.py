"""What the policy and the voice make of the plan, seen from outside."""

from __future__ import annotations

from statistics import median

import pytest

from tests.bot.adapters.running_bot import RunningBot, Talk

STANDING = ("repeat", "explain", "privacy", "person", "withdraw")


@pytest.mark.parametrize("control", STANDING)
def test_after_a_control_the_same_question_stands_in_the_same_words(talk: Talk, control: str) -> None:
    asked = talk.open().body["messages"][-1]
    assert talk.choose(f"control:{control}").body["messages"][-1] == asked


def test_a_pause_keeps_everything_and_any_word_brings_the_question_back(talk: Talk) -> None:
    asked = talk.open().body["messages"][-1]
    assert talk.choose("control:pause").body["interview"]["state"] == "paused"
    assert talk.say("hello again").body["messages"][-1] == asked


def test_a_control_may_be_said_in_words(talk: Talk) -> None:
    talk.open()
    reply = talk.say("what does that mean").body
    assert reply["reading"]["control"] == "explain"
    assert reply["messages"][-1]["id"] == "utter_ask_warm_up"


def test_a_quotation_points_at_words_and_never_holds_them(talk: Talk) -> None:
    talk.open()
    talk.choose("control:skip")
    talk.choose("topic:hard_day")
    message = talk.say("The corridors are too loud for me").body["messages"][-1]
    assert message["id"] == "utter_follow_up"
    assert "{quote}" in message["text"]
    assert message["quote"] == {"turn": "turn-4", "start": 0, "end": 33}


def test_every_guide_speaks_for_itself(parents_talk: Talk) -> None:
    assert parents_talk.open().ids()[-1] == "utter_ask_how_things_are"


def first_question(bot: RunningBot, name: str, **occasion: object) -> str:
    talk = Talk(bot, name)
    vars(talk).update(occasion)
    return str(talk.open().body["messages"][-1]["text"])


def test_a_second_conversation_does_not_repeat_the_first(bot: RunningBot) -> None:
    assert first_question(bot, "first") != first_question(bot, "second", earlier=("warm_up",))


def test_each_age_is_asked_in_its_own_words(bot: RunningBot) -> None:
    asked = {first_question(bot, f"age-{band}", age_band=band) for band in ("5-7", "8-11", "12-16")}
    assert len(asked) == 3


def test_a_running_bot_loads_nothing_that_only_training_needs(bot: RunningBot) -> None:
    assert "/numpy/" in bot.loaded_libraries()
    assert "/scipy/" not in bot.loaded_libraries()
    assert "/sklearn/" not in bot.loaded_libraries()


def test_turn_200_costs_at_most_twice_turn_5(talk: Talk) -> None:
    talk.open()
    costs = [talk.bot.cost_of(talk.choose, "control:explain") for _ in range(210)]
    assert median(costs[190:]) <= 2 * median(costs[3:23])
