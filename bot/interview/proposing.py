"""A language heard in the words is only proposed, once; the speaker's choice stays what it is."""

from __future__ import annotations

from interview import offering, wording
from interview.conversation import FINISHED, Conversation
from interview.moves import ASKS, NOTICE, Move
from interview.turns import Turn


def propose(talk: Conversation, turn: Turn) -> None:
    code = turn.reading.proposed_language
    if code is None or talk.has_proposed_language or talk.phase == FINISHED:
        return
    if code == turn.language or code not in talk.offered:
        return
    talk.has_proposed_language = True
    insert_before_question(talk, Move(wording.PROPOSE_LANGUAGE, NOTICE, choices=(offering.language(talk, code),)))


def insert_before_question(talk: Conversation, notice: Move) -> None:
    """The question stays the last thing on the screen."""
    place = next((i for i, move in enumerate(talk.moves) if move.kind in ASKS), len(talk.moves))
    talk.moves.insert(place, notice)
