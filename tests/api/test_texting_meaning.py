"""A number picks what was offered; everything else is words."""

import pytest

from api.services.talk.questions import ChoiceView, ShownView
from api.services.talk.readback import Line
from api.services.talk.turns import Said
from api.services.texting.meaning import meant
from api.services.texting.offers import Offer, numbered

CODES = ["feeling:happy", "feeling:sad", "control:pause"]
ASKED = 7


def offered(*codes: str, multiple: bool = False) -> Offer:
    choices = [ChoiceView(code, code) for code in codes]
    asked = ShownView(ASKED, "a", "utter_a", "scaffold", None, "Tell me.", "en", "ltr", choices, multiple, None)
    return Offer(asked, numbered(asked), {})


def read_back(*, left_out: bool = False, for_adult_only: bool = False) -> Offer:
    lines = [Line(f"turn-{n}", 0, 9, "worries", "The noise", "en", "ltr", [], left_out, for_adult_only) for n in (1, 2)]
    return Offer(offered().asked, {}, dict(enumerate(lines, 1)))


def says(text: str, offer: Offer) -> Said:
    return meant("the-turn", text, offer)


@pytest.mark.parametrize("text", ["2", " 2. ", "2)", "٢", "২", "੨", "۲"])
def test_a_number_picks_in_the_digits_of_every_language(text: str) -> None:
    said = says(text, offered(*CODES))
    assert (said.kind, said.choices, said.asked) == ("choose", ["feeling:sad"], ASKED)


@pytest.mark.parametrize("text", ["1 3", "1,3", "1, 3.", "3 & 1 & 3", "١، ٣", "1 + 3"])
def test_several_numbers_pick_several_where_several_may_be_picked(text: str) -> None:
    assert sorted(says(text, offered(*CODES, multiple=True)).choices) == ["control:pause", "feeling:happy"]


@pytest.mark.parametrize("text", ["1 3", "4", "0", "2 of my children", "12345", "at 2", "2½"])
def test_whatever_else_has_a_number_in_it_is_words(text: str) -> None:
    said = says(text, offered(*CODES))
    assert (said.kind, said.text, said.choices, said.asked) == ("say", text, [], ASKED)


def test_a_number_is_words_where_nothing_was_offered() -> None:
    assert says("2", Offer(None, {}, {})).kind == "say"


def test_a_step_of_a_ladder_is_its_own_number() -> None:
    ladder = offered(*(f"ladder:{step}" for step in range(11)))
    assert says("0", ladder).choices == ["ladder:0"]
    assert says("١٠", ladder).choices == ["ladder:10"]


def test_what_is_sorted_or_written_on_a_screen_has_no_number() -> None:
    assert numbered(offered("card:noise", "place:hard").asked) == {}  # type: ignore[arg-type]
    assert says("1", offered("wish:1", "wish:2")).kind == "say"


@pytest.mark.parametrize(
    ("text", "code"), [("0", "readback:done"), ("٠", "readback:done"), ("2", "readback:leave_out")]
)
def test_a_number_leaves_a_line_out_and_nought_says_that_all_is_right(text: str, code: str) -> None:
    said = says(text, read_back())
    assert said.choices == [code]
    assert said.target is None if text in "0٠" else said.target and said.target.turn == "turn-2"


@pytest.mark.parametrize(
    ("text", "state", "code"),
    [
        ("1", {"left_out": True}, "readback:keep"),
        ("1*", {}, "readback:adult_only"),
        ("1 *", {"for_adult_only": True}, "readback:shared"),
    ],
)
def test_the_same_again_takes_it_back(text: str, state: dict[str, bool], code: str) -> None:
    said = says(text, read_back(**state))
    assert (said.choices, said.target and said.target.turn) == ([code], "turn-1")


@pytest.mark.parametrize("text", ["2.The bus was late", "2. The bus was late", "٢: The bus was late"])
def test_words_after_a_number_take_the_place_of_the_line(text: str) -> None:
    said = says(text, read_back())
    assert (said.kind, said.text, said.target and said.target.turn) == ("say", "The bus was late", "turn-2")


def test_a_number_that_may_belong_to_the_words_stays_with_them() -> None:
    said = says("2 days ago it was loud", read_back())
    assert (said.text, said.target and said.target.turn) == ("2 days ago it was loud", "turn-2")


@pytest.mark.parametrize("text", ["3", "1 2", "3 The bus", "The bus was late", "2023 was better"])
def test_at_the_read_back_other_words_are_words(text: str) -> None:
    said = says(text, read_back())
    assert (said.kind, said.text, said.target) == ("say", text, None)
