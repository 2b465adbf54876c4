"""Putting a question, and putting it again when something else had to be answered first (practice 19)."""

from __future__ import annotations

from interview import offering, wording
from interview.conversation import FINISHED, Conversation
from interview.guide import Topic
from interview.moves import Label, Move
from interview.occasion import PATTERN
from interview.turns import Line

Named = tuple[tuple[str, tuple[Label, ...]], ...]


def ask(
    talk: Conversation,
    response: str,
    topic: Topic | None = None,
    quote: Line | None = None,
    about: str | None = None,
    named: Named = (),
) -> None:
    """Ask, and let the question stand until it is answered."""
    talk.standing = put(talk, response, topic, quote, named or named_in(talk, topic))
    talk.about = about
    talk.topic = topic or talk.topic
    talk.topic_of_question[response] = talk.topic


def ask_about(talk: Conversation, topic: Topic) -> None:
    """A topic by its own question; one that was told in an earlier conversation is taken up as such (practice 15)."""
    if topic.code in talk.guide.taken_up:
        ask(talk, talk.guide.questions[topic.asks].again or talk.guide.again, topic)
    else:
        ask(talk, topic.asks, topic)


def named_in(talk: Conversation, topic: Topic | None) -> Named:
    """What a question about the topic may name, in each of its forms."""
    if topic is None:
        return ()
    if topic.code == PATTERN and talk.occasion.pattern:
        return ((PATTERN, (talk.guide.patterns[talk.occasion.pattern],)),)
    return (("topic", (topic.label,)),) if topic.code in talk.guide.taken_up else ()


def put(
    talk: Conversation, response: str, topic: Topic | None = None, quote: Line | None = None, named: Named = ()
) -> Move:
    question = talk.guide.questions[response]
    choices = offering.choices(talk, question.offers)
    code = topic.code if topic else None
    multiple = question.offers in offering.MANY
    return talk.utter(Move(response, question.kind, code, quote, choices, multiple, named=named))


def stand_again(talk: Conversation) -> None:
    """The same question in the same words; while paused or after the end, the notice that says so."""
    if talk.phase == FINISHED:
        talk.notify(talk.own(wording.AFTER_CLOSING))
    elif talk.paused:
        talk.notify(wording.PAUSED, *offering.fixed(talk, offering.PAUSE_CODES))
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
