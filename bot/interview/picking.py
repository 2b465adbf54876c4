"""Some of what is offered, picked at once: pictures, or ways to be reached. It is asked about openly (practice 12)."""

from __future__ import annotations

from interview import offering
from interview.asking import stand_again, topic_shown
from interview.conversation import Conversation, Invitation
from interview.guide import Topic
from interview.sections import ASKED_FOR, GOING_WELL, WHAT_HELPS
from interview.sorting import invite, keep, question_seen
from interview.turns import Turn
from interview.vocabulary import HELPS, WISH

PICKED_HERE = (offering.SOME_CARDS, offering.REACHING)


def choose_some(talk: Conversation, turn: Turn, _code: str) -> None:
    """What was not offered counts for nothing."""
    question = question_seen(talk, turn)
    offered = question.offers if question and question.offers in PICKED_HERE else None
    labels = {choice.code: choice.label for choice in offering.choices(talk, offered)}
    picked = tuple(labels[code] for code in turn.choices if code in labels)
    if question is None or not picked:
        stand_again(talk)
        return
    topic = topic_shown(talk, turn.asked)
    codes = pictured(topic) if offered == offering.SOME_CARDS else ()
    keep(talk, turn, topic, codes, topic.section)
    invite(talk, turn, [Invitation(str(question.invites), topic, picked, turn.id)])


def pictured(topic: Topic) -> tuple[str, ...]:
    """What a picture says depends on what was asked: it helps, or something is wished for. No more is made of it."""
    if topic.section in (WHAT_HELPS, GOING_WELL):
        return (HELPS,)
    return (WISH,) if topic.section in ASKED_FOR else ()
