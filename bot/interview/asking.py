"""Putting a question, and putting it again when something else had to be answered first (practice 19)."""

from __future__ import annotations

from interview import offering, wording
from interview.conversation import FINISHED, Conversation
from interview.guide import Topic
from interview.moves import Move
from interview.turns import Line


def ask(
    talk: Conversation, response: str, topic: Topic | None = None, quote: Line | None = None, about: str | None = None
) -> None:
    """Ask, and let the question stand until it is answered."""
    talk.standing = put(talk, response, topic, quote)
    talk.about = about
    talk.topic = topic or talk.topic
    talk.topic_of_question[response] = talk.topic


def put(talk: Conversation, response: str, topic: Topic | None = None, quote: Line | None = None) -> Move:
    question = talk.guide.questions[response]
    choices = offering.choices(talk, question.offers)
    code = topic.code if topic else None
    return talk.utter(Move(response, question.kind, code, quote, choices, question.offers == offering.FEELINGS))


def stand_again(talk: Conversation) -> None:
    """The same question in the same words; while paused or after the end, the notice that says so."""
    if talk.phase == FINISHED:
        talk.notify(talk.own(wording.AFTER_CLOSING))
    elif talk.paused:
        talk.notify(wording.PAUSED, *offering.choices(talk, offering.STOP))
    elif talk.standing:
        talk.moves.append(talk.standing)


def is_from_an_older_question(talk: Conversation, asked: str | None) -> bool:
    """Whether the speaker saw another question than the one that stands, as with two tabs open."""
    return asked in talk.topic_of_question and (talk.standing is None or asked != talk.standing.response)


def topic_shown(talk: Conversation, asked: str | None) -> Topic:
    """The topic of the question that the speaker saw; the one under way when that is not known."""
    if asked is not None and is_from_an_older_question(talk, asked):
        return talk.topic_of_question[asked]
    return talk.topic
