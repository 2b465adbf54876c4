"""What was said in words: something wanted of the conversation, a corrected line, or an answer."""

from __future__ import annotations

from interview import controls, offering, planning, reading_back, wording
from interview.acknowledging import acknowledge, acknowledge_answer
from interview.asking import is_from_an_older_question, stand_again, topic_shown
from interview.conversation import ASKING, READING_BACK, Conversation
from interview.listening import hear, is_aside, keep_lines
from interview.record import SAID
from interview.turns import Turn

KEEPS_WORDS = ("skip", "pause", "person")
"""Controls whose words may tell something besides: "not maths, the noise hurts"."""


def say(talk: Conversation, turn: Turn) -> None:
    control = control_in(talk, turn)
    if turn.target:
        reading_back.change(talk, turn)
    elif control:
        if control in KEEPS_WORDS:
            keep_lines(talk, turn, topic_shown(talk, turn.asked), only_with_codes=True)
        controls.obey(talk, turn, control)
    elif talk.paused:
        say_in_a_pause(talk, turn)
    elif talk.phase != ASKING or talk.standing is None:
        say_unasked(talk, turn)
    elif is_from_an_older_question(talk, turn.asked):
        say_late(talk, turn)
    else:
        answer(talk, turn)


def control_in(talk: Conversation, turn: Turn) -> str | None:
    """ "I don't know, maybe the noise" tells something: it is an answer."""
    code = turn.reading.control
    if code == "dont_know" and turn.reading.sure:
        return None
    if code in topic_shown(talk, turn.asked).answered_by and not is_aside(turn.reading):
        return None
    return code if code in controls.CONTROLS else None


def say_unasked(talk: Conversation, turn: Turn) -> None:
    """Words before the opening, at the read-back or after the end are kept."""
    kept = keep_lines(talk, turn, topic_shown(talk, turn.asked), only_with_codes=is_aside(turn.reading))
    if kept and talk.phase == READING_BACK:
        acknowledge(talk, wording.ACK_WORDS)
    stand_again(talk)


def say_in_a_pause(talk: Conversation, turn: Turn) -> None:
    """ "I'm back" brings the question back; only words that tell something are kept."""
    keep_lines(talk, turn, talk.topic, only_with_codes=True)
    controls.resume(talk, turn)


def say_late(talk: Conversation, turn: Turn) -> None:
    """An answer to the question of another tab belongs to that question."""
    kept = keep_lines(talk, turn, topic_shown(talk, turn.asked))
    if kept:
        talk.record.settle(topic_shown(talk, turn.asked).code, SAID)
        acknowledge(talk, wording.ACK_WORDS)
    stand_again(talk)


def answer(talk: Conversation, turn: Turn) -> None:
    if turn.reading.control == "person" and talk.guide.audience == "parent":
        talk.wants_person = True  # asked how to be reached, "ring me after six" is an answer, and a call to make
    offered = offering.LANGUAGES if turn.asked == wording.CHOOSE_LANGUAGE else offer_standing(talk)
    if offered in ASIDES and is_aside(turn.reading):
        ASIDES[offered](talk, turn)
    else:
        if offered == offering.TOPICS:
            begin_with_what_was_named(talk, turn)
        take_up(talk, turn)


def take_up(talk: Conversation, turn: Turn) -> None:
    kept = hear(talk, turn, talk.topic)
    if not kept:
        acknowledge(talk, wording.ACK_SKIP)
    elif not planning.will_follow_up(talk):
        acknowledge_answer(talk, turn, talk.topic)
    planning.go_on(talk)


def offer_standing(talk: Conversation) -> str | None:
    return talk.guide.questions[talk.standing.response].offers if talk.standing else None


def begin_anywhere(talk: Conversation, _turn: Turn) -> None:
    acknowledge(talk, wording.ACK_START)
    planning.go_on(talk)


ASIDES = {
    offering.TOPICS: begin_anywhere,
    offering.STOP: controls.resume,
    offering.LANGUAGES: controls.repeat,
}
"""What a word or two means where something to pick was offered."""


def begin_with_what_was_named(talk: Conversation, turn: Turn) -> None:
    """Asked where to begin, somebody who names a barrier has begun: it is the answer to its topic."""
    codes = {span.code for span in turn.reading.sure}
    named = next((topic for topic in offering.startable(talk) if topic.covers & codes), None)
    if named:
        planning.begin_with(talk, named)
        talk.topic = named
