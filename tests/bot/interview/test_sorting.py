"""Cards and the ladder: kept as picked, then asked about openly (practice 12)."""

from __future__ import annotations

from typing import Any

import pytest
from interview.guides import Guides

from tests.bot.interview.speaker import Speaker

TOLD = "it was fine with us that day"


@pytest.fixture
def sorting(pupil: Speaker) -> Speaker:
    """Somebody who is asked to sort cards."""
    return pupil.says(TOLD).picks("topic:cards")


@pytest.fixture
def climbing(guides: Guides) -> Speaker:
    """Somebody who is asked where on the ladder they are."""
    return Speaker(guides["check_in"]).opens().says(TOLD)


def named(speaker: Speaker) -> list[str]:
    return [label.text for _, labels in speaker.question.named for label in labels]


def newest(speaker: Speaker) -> dict[str, object]:
    return dict(speaker.progress.summary()["items"][-1])


def test_every_card_and_every_place_is_offered(sorting: Speaker) -> None:
    assert {"card:noise", "place:hard", "place:between", "place:good"} <= set(sorting.offered)


def test_what_is_hard_is_asked_about_first_then_what_is_good(sorting: Speaker) -> None:
    sorting.picks("card:lunch.good", "card:noise.hard", "card:gate.hard")
    assert (sorting.asked, named(sorting)) == ("utter_ask_about_hard_cards", ["Noise", "Coming in"])
    sorting.says(TOLD)
    assert (sorting.asked, named(sorting)) == ("utter_ask_about_good_cards", ["Lunch"])


def test_what_lies_in_between_is_asked_about_when_nothing_is_hard(sorting: Speaker) -> None:
    assert sorting.picks("card:noise.between").asked == "utter_ask_about_between_cards"


def test_hard_cards_are_kept_as_what_they_say(sorting: Speaker) -> None:
    item = newest(sorting.picks("card:noise.hard", "card:lunch.good"))
    assert (item["section"], item["codes"], item["end"]) == ("worries", ["school.sensory", "helps"], 0)


def test_a_card_that_was_not_offered_counts_for_nothing(sorting: Speaker) -> None:
    assert sorting.picks("card:dragons.hard").asked == "utter_ask_cards"


def test_a_card_counts_once(sorting: Speaker) -> None:
    assert named(sorting.picks("card:noise.hard", "card:noise.good")) == ["Noise"]
    assert sorting.says(TOLD).asked != "utter_ask_about_good_cards"


def test_words_instead_of_cards_are_an_answer(sorting: Speaker) -> None:
    assert sorting.says(TOLD).status("cards") == "said"


def test_a_step_is_kept_and_asked_about(climbing: Speaker) -> None:
    climbing.picks("ladder:4")
    assert (climbing.asked, named(climbing)) == ("utter_ask_about_step", ["4"])
    assert newest(climbing)["topic"] == "ladder"


@pytest.mark.parametrize("step", ["11", "-1", "four"])
def test_a_step_that_does_not_exist_changes_nothing(climbing: Speaker, step: str) -> None:
    assert climbing.picks(f"ladder:{step}").asked == "utter_ask_ladder"


def test_a_step_elsewhere_changes_nothing(pupil: Speaker) -> None:
    assert pupil.picks("ladder:4").asked == "utter_ask_warm_up"


def test_cards_elsewhere_change_nothing(pupil: Speaker) -> None:
    assert pupil.picks("card:noise.hard").asked == "utter_ask_warm_up"
    assert pupil.progress.summary()["items"] == []


def test_cards_of_another_tab_are_kept_and_the_question_stands(sorting: Speaker) -> None:
    asked = sorting.says(TOLD).asked
    assert sorting.picks("card:noise.hard", seeing="utter_ask_cards").asked == asked
    assert newest(sorting)["topic"] == "cards"


@pytest.mark.parametrize("taken_back", [{"control": "withdraw"}, {"control": "skip", "refusal": True}])
def test_cards_that_were_taken_back_or_refused_are_not_asked_about(
    sorting: Speaker, taken_back: dict[str, Any]
) -> None:
    sorting.picks("card:lunch.good", "card:noise.hard").says("not that", **taken_back)
    assert sorting.asked != "utter_ask_about_good_cards"
