"""The youngest reach the end by taps alone (practice 12): nothing has to be written, and nothing is asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from interview.guides import Guides
from interview.moves import QUESTION, SCAFFOLD, Move
from interview.occasion import Occasion
from interview.sentences import read_wordings

from tests.bot.interview.conftest import BOT
from tests.bot.interview.speaker import Speaker

GUIDES = ("pupil", "check_in", "coming_back", "before_review")
MOST_TAPS = 40
WORDINGS = read_wordings(BOT / "domain")
Taps = Callable[[Move], tuple[str, ...]]


def young(guides: Guides, guide: str, **occasion: object) -> Speaker:
    return Speaker(guides[guide], occasion=Occasion("5-7", "fridays", **occasion)).opens()  # type: ignore[arg-type]


def first_offered(question: Move) -> tuple[str, ...]:
    """A card goes where it is hard, and another where it is good; where nothing is offered there is a button."""
    codes = [choice.code for choice in question.choices]
    if "place:hard" in codes:
        return (f"{codes[0]}.hard", f"{codes[1]}.good")
    if "readback:done" in codes:
        return ("readback:done",)
    return tuple(codes[:1]) or ("control:skip",)


def all_that_is_offered(question: Move) -> tuple[str, ...]:
    codes = tuple(choice.code for choice in question.choices)
    return codes if question.multiple and "place:hard" not in codes else first_offered(question)


def does_not_know(question: Move) -> tuple[str, ...]:
    is_offer = question.topic is None  # where to begin, to stop, or the read-back
    return first_offered(question) if is_offer else ("control:dont_know",)


def passes(question: Move) -> tuple[str, ...]:
    return first_offered(question) if question.topic is None else ("control:skip",)


def another_face(question: Move) -> tuple[str, ...]:
    return first_offered(question) if question.choices else ("feeling:tired",)


def knows_what_it_picks_and_no_more(question: Move) -> tuple[str, ...]:
    return first_offered(question) if question.choices else ("control:dont_know",)


def taps(talking: Speaker, tap: Taps) -> Iterator[Move]:
    """Every question on the way to the end."""
    while talking.state != "finished":
        yield talking.question
        talking.picks(*tap(talking.question))
        assert len(talking.turns) <= MOST_TAPS


def text(move: Move) -> tuple[str, object]:
    """In the words of a child of this age; what was picked makes it another question."""
    ways = WORDINGS[move.response]
    own = [way for way in ways if ".5-7." in way.id] or [way for way in ways if way.id.count(".") == 1]
    return own[move.variation % len(own)].text, move.named


EVERY_WAY = (
    first_offered, all_that_is_offered, does_not_know, passes, another_face, knows_what_it_picks_and_no_more,
)  # fmt: skip


@pytest.mark.parametrize("tap", EVERY_WAY)
@pytest.mark.parametrize("guide", GUIDES)
def test_whoever_only_taps_reaches_the_end_and_is_asked_nothing_twice(guides: Guides, guide: str, tap: Taps) -> None:
    prompts = [move for move in taps(young(guides, guide), tap) if move.kind in (QUESTION, SCAFFOLD)]
    assert len({text(move) for move in prompts}) == len(prompts)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_topic_can_be_told_by_picking(guides: Guides, guide: str) -> None:
    talking = young(guides, guide)
    list(taps(talking, first_offered))
    assert {entry["status"] for entry in talking.progress.summary()["topics"]} == {"said"}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_topic_begins_with_something_to_pick_and_then_invites_openly(guides: Guides, guide: str) -> None:
    first: dict[str | None, Move] = {}
    follows: dict[str | None, Move] = {}
    for move in taps(young(guides, guide), first_offered):
        (follows if move.topic in first else first)[move.topic] = move
    topics = {code for code in first if code}
    assert all(first[code].kind == SCAFFOLD and first[code].choices for code in topics)
    assert all(follows[code].kind == QUESTION for code in topics)


def test_what_was_told_earlier_is_taken_up_by_picking_too(guides: Guides) -> None:
    talking = young(guides, "pupil", earlier=("home", "people"), conversations=1)
    asked = {move.response for move in taps(talking, first_offered) if move.topic == "home"}
    assert asked == {"utter_pick_again", "utter_ask_about_picked"}


def test_who_does_not_know_by_faces_is_asked_in_words_once(guides: Guides) -> None:
    talking = young(guides, "pupil")
    assert talking.asked == "utter_pick_warm_up"
    assert talking.picks("control:dont_know").asked == "utter_ask_warm_up"
    assert not talking.picks("control:dont_know").is_asked("warm_up")


def test_what_was_told_earlier_is_named_in_words_as_well(guides: Guides) -> None:
    talking = young(guides, "pupil", earlier=("home",), conversations=1).answers_until_asked("home")
    talking.picks("control:dont_know")
    assert (talking.asked, bool(talking.question.named)) == ("utter_ask_again", True)


def test_words_instead_of_faces_are_an_answer(guides: Guides) -> None:
    assert young(guides, "pupil").says("I like to play with my cars").status("warm_up") == "said"


def test_a_picture_is_a_wish_where_wishes_were_asked_for(guides: Guides) -> None:
    talking = young(guides, "pupil").answers_until_asked("wishes").picks("card:noise", "card:lunch")
    item = talking.progress.summary()["items"][-1]
    assert (item["section"], item["codes"]) == ("wishes", ["wish"])


def test_a_picture_that_was_only_to_be_picked_is_not_sorted(guides: Guides) -> None:
    talking = young(guides, "pupil").answers_until_asked("wishes")
    assert talking.picks("card:noise.hard").asked == "utter_pick_wishes"


@pytest.mark.parametrize("band", ["8-11", "12-16", None])
def test_older_pupils_are_asked_in_words_first(guides: Guides, band: str | None) -> None:
    assert Speaker(guides["pupil"], occasion=Occasion(band)).opens().asked == "utter_ask_warm_up"


def test_no_name_is_offered_where_grown_ups_are_asked_about(guides: Guides) -> None:
    offered = young(guides, "pupil").answers_until_asked("adult").question.choices
    assert {choice.code.partition(":")[0] for choice in offered} == {"feeling"}
