"""A conversation as staff read it: what stood on the screen, then what was said to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.services.talk.questions import ShownView
from api.services.talk.transcript import Exchange, Page


@dataclass(frozen=True)
class Step:
    before: Sequence[ShownView]
    answer: Exchange | None  # None after the last messages, which nobody has answered yet


def steps_of(page: Page) -> Sequence[Step]:
    """The first exchange only opens the conversation: nothing was said in it."""
    said = [*page.exchanges[1:], None]
    steps = [Step(before.shown, answer) for before, answer in zip(page.exchanges, said, strict=False)]
    return [step for step in steps if step.before or step.answer]
