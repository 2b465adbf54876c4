"""What stands to be answered by number: what was offered to pick, or the lines of a read-back. One numbering for what
is written and for what comes back.
"""

from dataclasses import dataclass

from sqlmodel import Session

from api import access
from api.access import Opened
from api.services.talk import readback, transcript
from api.services.talk.questions import STANDING, ChoiceView, ShownView, view
from api.services.talk.readback import Line

READY = 0  # the number that says that a read-back is right
# a card to sort has a place of its own on a screen, a wish is written: neither is a number
NOT_NUMBERED = ("place:", "wish:", "readback:")


@dataclass(frozen=True)
class Offer:
    """`choices` and `lines` by the number to reply with; of the two only one has something in it."""

    asked: ShownView | None
    choices: dict[int, ChoiceView]
    lines: dict[int, Line]


def standing(session: Session, opened: Opened) -> Offer:
    page = transcript.newest(session, opened)
    if page.state == "reading_back":
        return Offer(page.standing, {}, dict(enumerate(readback.lines(session, opened), 1)))
    return Offer(page.standing, numbered(page.standing) if page.standing else {}, {})


def on_the_telephone(session: Session, opened: Opened) -> Offer:
    """As `standing`, for words that come in: a question that has not gone out yet was answered by nobody."""
    not_gone = access.turns_whose_answer_waits(session, opened)
    if not not_gone:
        return standing(session, opened)
    seen = [each for each in access.shown_in(session, opened) if each.turn_id not in not_gone]
    newest = next((view(each) for each in reversed(seen) if each.kind in STANDING or each.choices), None)
    return Offer(newest, numbered(newest) if newest else {}, {})


def numbered(shown: ShownView) -> dict[int, ChoiceView]:
    """From 1; a step of a ladder is its own number."""
    if any(choice.code.startswith("place:") for choice in shown.choices):
        return {}
    offered = [choice for choice in shown.choices if not choice.code.startswith(NOT_NUMBERED)]
    if offered and all(choice.code.startswith("ladder:") for choice in offered):
        return {int(choice.code.partition(":")[2]): choice for choice in offered}
    return dict(enumerate(offered, 1))
