"""The speaker hears it back and keeps, changes or leaves out each line (practice 36)."""

from __future__ import annotations

from interview import wording
from interview.acknowledging import acknowledge
from interview.asking import ask, stand_again, topic_shown
from interview.conversation import FINISHED, READING_BACK, Conversation
from interview.listening import keep_lines
from interview.record import ADULT, SCHOOL
from interview.turns import Turn


def begin(talk: Conversation) -> None:
    if talk.record.has_lines():
        talk.phase = READING_BACK
        talk.topic = talk.guide.topic(talk.record.newest_topic()) or talk.topic
        talk.notify(wording.WHO_SEES)
        ask(talk, talk.own(wording.READ_BACK))
    else:
        close(talk)


def close(talk: Conversation) -> None:
    said = talk.record.has_lines()
    talk.phase = FINISHED
    talk.standing = None
    talk.notify(talk.own(wording.CLOSING if said else wording.CLOSING_UNSAID))


def finish(talk: Conversation) -> None:
    """The speaker ends it: read back once, then close."""
    if talk.phase == READING_BACK:
        close(talk)
    else:
        begin(talk)


def keep(talk: Conversation, turn: Turn) -> None:
    """Also puts back a line that was left out before."""
    if turn.target and talk.record.at(turn.target):
        talk.record.put_back(turn.target)
        acknowledge(talk, wording.ACK_KEPT)
    stand_again(talk)


def leave_out(talk: Conversation, turn: Turn) -> None:
    if turn.target and talk.record.at(turn.target):
        talk.record.leave_out(turn.target)
        acknowledge(talk, wording.ACK_LEFT_OUT)
    stand_again(talk)


def for_the_adult_only(talk: Conversation, turn: Turn) -> None:
    show_to(talk, turn, ADULT, wording.ACK_ADULT_ONLY)


def for_the_school(talk: Conversation, turn: Turn) -> None:
    show_to(talk, turn, SCHOOL, wording.ACK_SHARED)


def show_to(talk: Conversation, turn: Turn, readers: str, acknowledged: str) -> None:
    """Who may read a line is the speaker's to say; a worry about safety goes its own way (practice 36)."""
    if turn.target and talk.record.at(turn.target):
        talk.record.show_to(turn.target, readers)
        acknowledge(talk, acknowledged)
    stand_again(talk)


def done(talk: Conversation, _turn: Turn) -> None:
    if talk.phase == READING_BACK:
        close(talk)
    else:
        stand_again(talk)


def change(talk: Conversation, turn: Turn) -> None:
    """New words take the place of a line: the old one is left out, the new ones are told under its topic."""
    replace_line(talk, turn)
    acknowledge(talk, wording.ACK_CHANGED)
    stand_again(talk)


def replace_line(talk: Conversation, turn: Turn) -> None:
    old = talk.record.at(turn.target)
    topic = talk.guide.topic(old.topic) if old else None
    if old:
        talk.record.leave_out(old.line)
    keep_lines(talk, turn, topic or topic_shown(talk, turn.asked), instead_of=old)
