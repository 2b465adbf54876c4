"""Whatever can come in, in any order: the material of the property tests."""

from __future__ import annotations

from hypothesis import strategies as st
from interview.turns import Line, Reading, Span, Turn

LENGTH = 60  # code points of every text here
FACTORS = ("school.sensory", "school.lesson", "people.friends", "home.loss", "life.transport", "self.sleep")
HEARD = (*FACTORS, "sad", "happy", "wish", "helps")
SAID_CONTROLS = (
    "skip", "dont_know", "pause", "repeat", "explain", "person", "privacy", "language", "withdraw",
)  # fmt: skip
PICKED = (
    *(f"control:{code}" for code in (*SAID_CONTROLS, "resume", "finish", "nonsense")),
    "topic:home", "topic:wishes", "topic:any", "topic:nowhere", "feeling:sad", "feeling:happy", "feeling:nothing",
    "language:pl", "language:xx", "readback:keep", "readback:leave_out", "readback:done",
    "readback:adult_only", "readback:shared", "control:pictures", "card:noise.hard", "card:lunch.good",
    "card:noise.good",
    "card:nothing.hard", "card:noise.nowhere", "ladder:3", "ladder:11", "topic:cards", "nonsense", "",
)  # fmt: skip
SEEN = (
    None, "utter_ask_warm_up", "utter_choose_start", "utter_ask_good_day", "utter_other_good_day", "utter_follow_up",
    "utter_ask_home", "utter_ask_feelings", "utter_ask_cards", "utter_ask_about_hard_cards", "utter_ask_again",
    "utter_ask_about_picked", "utter_offer_stop", "utter_choose_language",
    "utter_read_back_pupil", "utter_nothing_like_it",
)  # fmt: skip

places = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 20)).map(lambda p: (p[0], min(p[0] + p[1], LENGTH)))
targets = st.none() | st.builds(lambda n, place: Line(f"t{n}", *place), st.integers(0, 12), places)


def spans(codes: tuple[str, ...], most: int) -> st.SearchStrategy[tuple[Span, ...]]:
    return st.lists(st.builds(lambda c, p: Span(c, *p), st.sampled_from(codes), places), max_size=most).map(tuple)


def readings(harm: int) -> st.SearchStrategy[Reading]:
    return st.builds(
        Reading,
        control=st.none() | st.none() | st.sampled_from(SAID_CONTROLS),
        refusal=st.booleans(),
        spans=spans(HEARD, 3),
        safeguarding=spans(("neglect", "self_harm"), harm),
        sentences=st.sampled_from([(), ((0, LENGTH),), ((0, 20), (21, LENGTH))]),
        words=st.integers(0, 12),
        proposed_language=st.none() | st.sampled_from(["pl", "xx"]),
    )


def turn(harm: int) -> st.SearchStrategy[Turn]:
    seen = st.sampled_from(SEEN)
    say = st.builds(
        Turn, st.just(""), st.just("say"), st.just("en"), target=targets, asked=seen, reading=readings(harm)
    )
    picks = st.lists(st.sampled_from(PICKED), min_size=1, max_size=3).map(tuple)
    choose = st.builds(Turn, st.just(""), st.just("choose"), st.just("en"), choices=picks, target=targets, asked=seen)
    opened = st.just(Turn("", "open", "en"))
    return st.one_of(say, say, choose, opened)


def conversations(harm: int = 0) -> st.SearchStrategy[list[Turn]]:
    """Turns with ids t0, t1 ...; `harm`: how much of what is unsafe one message may carry."""
    return st.lists(turn(harm), min_size=1, max_size=40).map(numbered)


def numbered(turns: list[Turn]) -> list[Turn]:
    return [Turn(f"t{n}", t.kind, t.language, t.choices, t.target, t.asked, t.reading) for n, t in enumerate(turns)]
