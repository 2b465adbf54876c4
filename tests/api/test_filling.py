"""Named places of a template; whatever is filled in keeps its own reading direction."""

import pytest

from api.agent import BotFailed, Line, Message
from api.services.talk.filling import Filler

PLACES = {"adult": "Sam", "helpline": "a helpline", "emergency": "111"}


def message(text: str, quote: Line | None = None) -> Message:
    shape = {"id": "utter_x", "kind": "notice", "topic": None, "language": "en", "choices": [], "multiple": False}
    return Message.model_validate({**shape, "text": text, "quote": quote})


def test_places_are_filled_and_isolated() -> None:
    assert Filler(PLACES, {}).fill(message("{adult}: {emergency}")) == "\u2068Sam\u2069: \u2068111\u2069"


def test_a_quotation_is_cut_in_code_points() -> None:
    filler = Filler(PLACES, {"t1": "🙂🙂 the noise"})

    assert filler.fill(message("“{quote}”", Line(turn="t1", start=3, end=12))) == "“\u2068the noise\u2069”"


@pytest.mark.parametrize(
    ("said", "quoted"), [("It is loud.", "It is loud"), ("يوم طويل۔", "يوم طويل"), ("why?", "why?"), ("...", "...")]
)
def test_a_quotation_leaves_its_full_stop_to_the_sentence_around_it(said: str, quoted: str) -> None:
    filler = Filler(PLACES, {"t1": said})

    assert filler.fill(message("{quote}", Line(turn="t1", start=0, end=len(said)))) == f"\u2068{quoted}\u2069"


def test_words_that_look_like_a_place_stay_words() -> None:
    filler = Filler(PLACES, {"t1": "{adult}"})

    assert filler.fill(message("{quote}", Line(turn="t1", start=0, end=7))) == "\u2068{adult}\u2069"


def test_braces_that_are_no_place_stay() -> None:
    assert Filler(PLACES, {}).fill(message("{other} {0} {")) == "{other} {0} {"


@pytest.mark.parametrize("quote", [None, Line(turn="t1", start=0, end=99), Line(turn="t2", start=0, end=1)])
def test_what_was_not_said_cannot_be_quoted(quote: Line | None) -> None:
    with pytest.raises(BotFailed):
        Filler(PLACES, {"t1": "short"}).fill(message("{quote}", quote))
