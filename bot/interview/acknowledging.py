"""Showing that an answer was heard before asking on: specific, without judging or cheering (practice 16)."""

from __future__ import annotations

from interview import wording
from interview.conversation import Conversation
from interview.guide import Topic
from interview.listening import is_aside
from interview.moves import ACKNOWLEDGE, Move
from interview.quoting import quotation
from interview.turns import Line, Turn
from interview.vocabulary import HELPS, WISH, Vocabulary


def acknowledge(talk: Conversation, response: str, quote: Line | None = None) -> None:
    talk.utter(Move(response, ACKNOWLEDGE, quote=quote))


def acknowledge_answer(talk: Conversation, turn: Turn, topic: Topic) -> None:
    """Give back a wish, a help or a feeling in the speaker's words; else thank for the topic.

    A word or two is kept without thanking for a story that was not told.
    """
    span = next((span for span in turn.reading.sure if response_to(span.code, talk.guide.vocabulary)), None)
    if span:
        acknowledge(talk, response_to(span.code, talk.guide.vocabulary), quotation(turn, span))
    else:
        is_plain = is_aside(turn.reading) or talk.said[topic.thanks]
        acknowledge(talk, wording.ACK_WORDS if is_plain else topic.thanks)


def response_to(code: str, vocabulary: Vocabulary) -> str:
    if vocabulary.is_feeling(code):
        return wording.ACK_FEELING
    return {WISH: wording.ACK_WISH, HELPS: wording.ACK_HELP}.get(code, "")
