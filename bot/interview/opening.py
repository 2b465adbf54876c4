"""Beginning: what this is, who reads, what is not kept secret, the ground rules (practice 1-4)."""

from __future__ import annotations

from interview import planning, wording
from interview.asking import stand_again
from interview.conversation import ASKING, FINISHED, Conversation
from interview.turns import Turn


def open_or_return(talk: Conversation, _turn: Turn) -> None:
    if talk.standing or talk.paused or talk.phase == FINISHED:
        come_back(talk)


def start_if_nothing_stands(talk: Conversation) -> None:
    """Whatever came first: somebody who asks who reads this is answered, then it begins."""
    if talk.phase == ASKING and talk.standing is None and not talk.paused and not talk.is_asking():
        for response in talk.guide.opening:
            talk.notify(response)
        planning.go_on(talk)


def come_back(talk: Conversation) -> None:
    """Nothing was lost: the same question, without the opening once more (practice 18)."""
    if not talk.paused and talk.phase != FINISHED:
        talk.notify(wording.WELCOME_BACK)
    stand_again(talk)
