"""A conversation as staff read it: what stood on the screen, then what was said to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.services.questions import ShownView
from api.services.transcript import Exchange, Page

ASKING = ("question", "scaffold", "readback")


@dataclass(frozen=True)
class Step:
    before: Sequence[ShownView]
    answer: Exchange | None  # None after the last messages, which nobody has answered yet


@dataclass(frozen=True)
class Asked:
    question: ShownView
    at: datetime


def steps_of(page: Page) -> Sequence[Step]:
    """The first exchange only opens the conversation: nothing was said in it."""
    said = [*page.exchanges[1:], None]
    steps = [Step(before.shown, answer) for before, answer in zip(page.exchanges, said, strict=False)]
    return [step for step in steps if step.before or step.answer]


def questions_before(page: Page, turn: str) -> Sequence[Asked]:
    """Everything that was asked until this turn, the question that it answers included (practice 23)."""
    ordinals = {exchange.turn: exchange.ordinal for exchange in page.exchanges}
    earlier = [exchange for exchange in page.exchanges if exchange.ordinal < ordinals[turn]]
    return [Asked(shown, exchange.at) for exchange in earlier for shown in exchange.shown if shown.kind in ASKING]
