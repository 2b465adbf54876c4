"""One turn in, the moves that answer it out. The safeguarding screen comes before everything (practice 21)."""

from __future__ import annotations

from interview import choosing, opening, proposing, safety, saying
from interview.conversation import ALERTED, Conversation
from interview.turns import Turn

KINDS = {"open": opening.open_or_return, "say": saying.say, "choose": choosing.choose}


def respond(talk: Conversation, turn: Turn) -> None:
    """Changes the conversation by this turn. A turn that was heard already changes nothing."""
    if turn.id in talk.heard:
        return
    talk.begin(turn)
    if turn.reading.safeguarding:
        safety.alert(talk, turn)
    elif talk.phase == ALERTED:
        safety.stay(talk, turn)
    else:
        KINDS[turn.kind](talk, turn)
        opening.start_if_nothing_stands(talk)
        proposing.propose(talk, turn)
