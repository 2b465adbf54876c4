"""The plan is worked out once a turn, and always the same from the same events."""

from __future__ import annotations

import pytest
from adapters import planning, policy, wordless
from adapters.turns import TOLD_WORDS, turn_of
from interview.occasion import Occasion
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


def told(*intents: str) -> DialogueStateTracker:
    """A conversation in which the bot answered each message as planned."""
    tracker = DialogueStateTracker("one", [])
    for number, intent in enumerate(intents):
        tracker.update(UserUttered(None, {"name": intent}, message_id=f"turn-{number}"))
        while (action := policy.next_action(tracker)) != "action_listen":
            tracker.update(ActionExecuted(action))
        tracker.update(ActionExecuted(action))
    return tracker


def test_before_anybody_spoke_the_bot_listens() -> None:
    assert policy.next_action(DialogueStateTracker("one", [])) == "action_listen"


def test_a_forgotten_conversation_stands_where_the_remembered_one_does() -> None:
    tracker = told("open", "answer", "skip", "dont_know", "privacy")
    remembered, _ = planning.plans().standing(tracker)
    planning.plans.cache_clear()
    replayed, _ = planning.plans().standing(tracker)
    assert replayed is not remembered
    assert (replayed.moves, replayed.state()) == (remembered.moves, remembered.state())


def test_one_turn_is_worked_out_once() -> None:
    tracker = told("open")
    assert planning.plans().standing(tracker)[0] is planning.plans().standing(tracker.copy())[0]


def test_messages_that_look_alike_are_not_mistaken_for_each_other() -> None:
    one, other = told("open", "skip"), told("open", "answer", "skip")
    states = [planning.plans().standing(tracker)[0].state() for tracker in (one, other)]
    assert states[0] != states[1]


def test_an_earlier_turn_keeps_its_progress() -> None:
    tracker = told("open", "answer", "skip")
    first = next(event for event in tracker.events if isinstance(event, UserUttered))
    assert planning.plans().progress(tracker, first).state()["done"] == 0


def test_a_story_names_the_guide_by_an_entity() -> None:
    opening = UserUttered(None, {"name": "open"}, [{"entity": "guide", "value": "parent"}])
    assert planning.guide_of(opening) == "parent"


def test_what_is_told_without_words_is_one_usual_sentence() -> None:
    reading = turn_of(UserUttered(None, {"name": "answer"}), 0).reading
    assert (reading.words, reading.sentences) == (TOLD_WORDS, ((0, 1),))


def test_a_told_conversation_that_the_plan_holds_passes() -> None:
    policy.check(told("open", "answer", "privacy"))


def test_a_told_conversation_that_the_plan_would_not_hold_is_named() -> None:
    tracker = told("open")
    tracker.update(UserUttered(None, {"name": "privacy"}))
    tracker.update(ActionExecuted("utter_paused"))
    with pytest.raises(policy.PlanDisagrees, match="utter_privacy_pupil"):
        policy.check(tracker)


def test_what_a_conversation_was_started_with_outlives_its_turn() -> None:
    earlier = {"conversations": 2, "topics": ["home"]}
    first = UserUttered("", metadata={"age_band": "8-11", "pattern": "fridays", "earlier": earlier})
    wordless.hush(first)
    again = wordless.read(wordless.written(first))
    assert planning.occasion_of(again) == Occasion("8-11", "fridays", ("home",), 2)
