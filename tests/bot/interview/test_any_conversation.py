"""What holds of every conversation, whatever is said and picked in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from interview.guides import Guides
from interview.interview import Interview, Progress
from interview.moves import QUESTION, READBACK, SCAFFOLD, Move
from interview.turns import Turn

from tests.bot.interview.any_conversation import LENGTH, conversations
from tests.contract.schemas import complaints

ASKS = (QUESTION, SCAFFOLD, READBACK)
MOST_TURNS_ON_A_TOPIC = 5  # the question, its other form, an invitation, two follow-ups


@pytest.fixture(scope="module")
def interview(guides: Guides) -> Interview:
    return Interview(guides["pupil"], {"en": "English", "pl": "Polski"})


def course(interview: Interview, turns: Sequence[Turn]) -> list[Progress]:
    progress = [interview.begin()]
    for turn in turns:
        progress.append(progress[-1].after(turn))
    return progress[1:]


def questions(progress: Progress) -> list[Move]:
    return [move for move in progress.moves if move.kind in ASKS]


@given(turns=conversations(harm=1))
def test_every_turn_is_answered_with_one_question_at_most(interview: Interview, turns: list[Turn]) -> None:
    for progress in course(interview, turns):
        assert progress.moves
        assert len(questions(progress)) <= 1


@given(turns=conversations())
def test_while_asking_every_turn_ends_in_a_question(interview: Interview, turns: list[Turn]) -> None:
    for progress in course(interview, turns):
        if progress.state()["state"] in ("asking", "reading_back"):
            assert progress.moves[-1].kind in ASKS


@given(turns=conversations())
def test_no_question_comes_twice_unless_it_still_stands(interview: Interview, turns: list[Turn]) -> None:
    asked: dict[tuple[object, ...], Move] = {}
    standing = None
    for progress in course(interview, turns):
        for move in questions(progress):
            if move.response == "utter_choose_language":
                continue
            what = (move.response, move.topic, move.quote)
            assert what not in asked or move == standing
            asked[what] = standing = move


@given(turns=conversations(harm=1))
def test_after_an_alert_nothing_is_asked(interview: Interview, turns: list[Turn]) -> None:
    is_alerted = False
    for turn, progress in zip(turns, course(interview, turns), strict=True):
        is_alerted = is_alerted or bool(turn.reading.safeguarding)
        assert (progress.alert is not None) == bool(turn.reading.safeguarding)
        assert (progress.state()["state"] == "alerted") == is_alerted
        assert not (is_alerted and questions(progress))


@given(turns=conversations(harm=1))
def test_every_quotation_is_of_words_that_were_said(interview: Interview, turns: list[Turn]) -> None:
    said: set[str] = set()
    for turn, progress in zip(turns, course(interview, turns), strict=True):
        said |= {turn.id} if turn.kind == "say" else set()
        for quote in (move.quote for move in progress.moves if move.quote):
            assert quote.turn in said
            assert 0 <= quote.start < quote.end <= LENGTH


@given(turns=conversations(harm=1))
def test_every_line_of_the_summary_points_at_a_turn(interview: Interview, turns: list[Turn]) -> None:
    summary = interview.replay(turns).summary()
    kinds = {turn.id: turn.kind for turn in turns}
    for item in summary["items"]:
        is_picked = item["start"] == item["end"] == 0
        assert kinds[item["turn"]] == ("choose" if is_picked else "say")
    assert complaints("summary", summary) == []


@given(turns=conversations(harm=1))
def test_replaying_gives_what_going_on_gave(interview: Interview, turns: list[Turn]) -> None:
    replayed, went_on = interview.replay(turns), course(interview, turns)[-1]
    assert replayed.moves == went_on.moves
    assert (replayed.state(), replayed.summary()) == (went_on.state(), went_on.summary())


@given(turns=conversations(harm=1))
def test_going_on_never_changes_what_was(interview: Interview, turns: list[Turn]) -> None:
    steps, then = [interview.begin()], []
    for turn in turns:
        then.append((steps[-1].moves, steps[-1].state(), steps[-1].summary()))
        steps.append(steps[-1].after(turn))
    assert [(step.moves, step.state(), step.summary()) for step in steps[:-1]] == then


@given(turns=conversations())
def test_the_speaker_can_always_end_it(interview: Interview, turns: list[Turn]) -> None:
    progress = interview.replay(turns)
    for n in range(2):
        progress = progress.after(Turn(f"end{n}", "choose", "en", ("control:finish",)))
    assert progress.state()["state"] == "finished"


@settings(max_examples=50)
@given(turns=conversations())
def test_answering_always_comes_to_an_end(interview: Interview, turns: list[Turn]) -> None:
    """However much the answers name, and whatever went before."""
    progress = interview.replay(turns).after(Turn("back", "choose", "en", ("control:resume",)))
    answers = [turn.reading for turn in turns if turn.reading.sentences] or [Turn("", "say", "en").reading]
    for n in range(progress.state()["of"] * MOST_TURNS_ON_A_TOPIC):
        reading = answers[n % len(answers)]
        progress = progress.after(Turn(f"a{n}", "say", "en", asked=progress.state()["asked"], reading=plain(reading)))
    assert progress.state()["state"] in ("reading_back", "finished")


def plain(reading):  # type: ignore[no-untyped-def]
    return type(reading)(spans=reading.spans, sentences=reading.sentences, words=9)


def test_a_guide_of_one_topic_is_a_conversation(guides: Guides) -> None:
    """Nothing depends on how long the plan is."""
    short = replace(guides["parent"], topics=guides["parent"].topics[:1])
    progress = Interview(short).replay([Turn("t0", "open", "en"), Turn("t1", "say", "en")])
    assert progress.state()["state"] == "finished"
