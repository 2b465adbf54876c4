"""How to be reached: asked in words, with something to pick beside them (practice 12, 29)."""

from __future__ import annotations

import pytest
from interview.guides import Guides
from interview.moves import QUESTION
from interview.occasion import Occasion

from tests.bot.interview.speaker import Speaker

TOLD = "it was fine with us that day"
PICKED = ("reach:text", "hours:evening", "way:interpreter", "rhythm:1")


@pytest.fixture
def asked(parent: Speaker) -> Speaker:
    """A parent who is asked how the school can best reach them."""
    return parent.answers_until_asked("contact")


def named(speaker: Speaker) -> list[str]:
    return [label.text for _, labels in speaker.question.named for label in labels]


def test_it_is_an_open_question_and_several_can_be_picked_beside_it(asked: Speaker) -> None:
    assert (asked.question.kind, asked.question.multiple) == (QUESTION, True)
    assert {*PICKED, "reach:letter", "way:hear", "hours:morning"} <= set(asked.offered)


def test_what_was_picked_is_kept_without_words_and_asked_about_openly(asked: Speaker) -> None:
    asked.picks(*PICKED)
    item = asked.progress.summary()["items"][-1]
    assert (item["topic"], item["turn"], item["codes"], item["end"]) == ("contact", asked.newest, [], 0)
    assert (asked.asked, len(named(asked))) == ("utter_ask_about_reaching", 4)


def test_after_it_the_next_topic_is_asked(asked: Speaker) -> None:
    assert asked.picks("reach:call").picks("control:skip").is_asked("carers")
    assert asked.status("contact") == "said"


def test_words_instead_of_picks_are_an_answer(asked: Speaker) -> None:
    assert asked.says(TOLD).is_asked("carers")


def test_a_call_that_is_asked_for_is_an_answer_and_somebody_is_told(asked: Speaker) -> None:
    asked.says("please ring me after six", control="person")
    assert asked.is_asked("carers")
    assert asked.told()[-1] == "please ring me after six"
    assert asked.progress.state()["wants_person"]


def test_who_only_asks_for_a_person_there_is_asked_again(asked: Speaker) -> None:
    assert asked.says("a person", control="person").is_asked("contact")


def test_who_does_not_know_is_offered_the_same_in_another_form(asked: Speaker) -> None:
    assert asked.picks("control:dont_know").asked == "utter_other_contact"
    assert asked.picks("hours:morning").asked == "utter_ask_about_reaching"


@pytest.mark.parametrize("code", ["reach:pigeon", "hours:night", "way:", "rhythm:99"])
def test_what_was_not_offered_counts_for_nothing(asked: Speaker, code: str) -> None:
    before = len(asked.progress.summary()["items"])
    assert asked.picks(code).asked == asked.asked
    assert len(asked.progress.summary()["items"]) == before


def test_picks_where_nothing_of_the_kind_was_asked_change_nothing(parent: Speaker, pupil: Speaker) -> None:
    for speaker in (parent, pupil):
        before = speaker.question
        assert speaker.picks("reach:text").question == before
        assert speaker.progress.summary()["items"] == []


def test_what_was_picked_can_be_left_out_like_any_line(asked: Speaker) -> None:
    picked = asked.picks("reach:text").newest
    asked.picks("control:finish").picks("readback:leave_out", line=asked.line(""))
    item = next(item for item in asked.progress.summary()["items"] if item["turn"] == picked)
    assert item["status"] == "left_out"


def test_what_was_picked_can_be_taken_back_at_once(asked: Speaker) -> None:
    asked.picks("reach:text").says("take that back", control="withdraw")
    assert asked.progress.summary()["items"][-1]["status"] == "left_out"
    assert asked.is_asked("carers")


def test_the_first_day_asks_it_too(guides: Guides) -> None:
    assert "reach:text" in Speaker(guides["first_day"]).opens().answers_until_asked("contact").offered


def test_in_a_later_conversation_it_can_be_picked_anew(guides: Guides) -> None:
    later = Speaker(guides["parent"], occasion=Occasion(earlier=("contact",), conversations=1)).opens()
    later.answers_until_asked("contact")
    assert later.asked == "utter_ask_again_contact"
    assert later.picks("reach:email").asked == "utter_ask_about_reaching"


def test_who_else_cares_is_asked_in_words_alone(parent: Speaker) -> None:
    assert not parent.answers_until_asked("carers").question.choices
