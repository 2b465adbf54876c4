"""One guide for many occasions: ages, a time to look at, and what was told in earlier conversations."""

from __future__ import annotations

import pytest
from interview.guides import Guides
from interview.occasion import Occasion

from tests.bot.interview.speaker import Speaker

TOLD = "it was fine with us that day"


def speaker(guides: Guides, guide: str = "pupil", **occasion: object) -> Speaker:
    return Speaker(guides[guide], occasion=Occasion(**occasion)).opens()  # type: ignore[arg-type]


def asked(talking: Speaker) -> list[tuple[str | None, str | None]]:
    """Responses and topics, in order."""
    questions = []
    while talking.state == "asking":
        questions.append((talking.asked, talking.question.topic))
        talking.says(TOLD)
    return questions


def topics(talking: Speaker) -> list[str | None]:
    return [topic for _, topic in asked(talking)]


@pytest.mark.parametrize("band", ["5-7", "8-11"])
def test_younger_pupils_sort_pictures(guides: Guides, band: str) -> None:
    assert "cards" in topics(speaker(guides, age_band=band))


def test_the_youngest_are_asked_less(guides: Guides) -> None:
    assert len(topics(speaker(guides, age_band="5-7"))) < len(topics(speaker(guides, age_band="8-11")))


def test_a_card_is_offered_to_the_ages_that_it_is_for(guides: Guides) -> None:
    young = speaker(guides, age_band="5-7").picks("control:skip").picks("topic:cards")
    assert "card:goodbye" in young.offered
    assert "card:homework" not in young.offered


def test_a_time_is_looked_at_only_when_the_adult_chose_one(guides: Guides) -> None:
    assert "pattern" not in topics(speaker(guides))
    assert "pattern" in topics(speaker(guides, pattern="fridays"))


def test_a_time_that_nobody_knows_is_not_asked_about(guides: Guides) -> None:
    assert "pattern" not in topics(speaker(guides, pattern="full_moons"))


def test_the_time_is_named_in_the_question(guides: Guides) -> None:
    talking = speaker(guides, "check_in", pattern="fridays").says(TOLD)
    assert [(place, [label.text for label in labels]) for place, labels in talking.question.named] == [
        ("pattern", ["Fridays"])
    ]


def test_what_was_told_earlier_is_taken_up_and_not_asked_again(guides: Guides) -> None:
    questions = asked(speaker(guides, earlier=("home",), conversations=1))
    assert ("utter_ask_again", "home") in questions
    assert ("utter_ask_home", "home") not in questions


def test_of_much_that_was_told_earlier_the_weightiest_is_taken_up(guides: Guides) -> None:
    told = ("mornings", "home", "people", "lessons")
    assert set(topics(speaker(guides, earlier=told))) & set(told) == {"mornings", "home"}


def test_wishes_and_steps_are_asked_each_time(guides: Guides) -> None:
    assert {"wishes", "first_step"} <= set(topics(speaker(guides, earlier=("wishes", "first_step"))))


@pytest.mark.parametrize("guide", ["check_in", "before_review", "coming_back", "first_day"])
def test_a_short_conversation_runs_to_its_end(guides: Guides, guide: str) -> None:
    talking = speaker(guides, guide)
    assert 4 <= len(asked(talking)) <= 6
    assert talking.state == "reading_back"
