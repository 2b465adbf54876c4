"""One line of somebody's words, quoted for whoever may read it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api import access
from api.access import Opened
from api.services.direction import direction
from api.services.talk import withholding


@dataclass(frozen=True)
class Quote:
    text: str
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)


def line(session: Session, opened: Opened, turn_id: str | None, start: int | None, end: int | None) -> Quote | None:
    """None where the words were taken back, changed or left out since, or are not for this reader."""
    item = _item(session, opened, (turn_id, start, end))
    turn = access.turn_in(session, opened, turn_id) if turn_id else None
    text = turn.text[start:end] if turn and item else ""
    return Quote(text, turn.language) if turn and text else None


def line_to_repeat(
    session: Session, opened: Opened, turn_id: str | None, start: int | None, end: int | None
) -> Quote | None:
    """To the speaker, on a screen or on paper that others may see too: no line that is for the trusted adult alone, and
    no words that raised an alert (practice 26).
    """
    item = _item(session, opened, (turn_id, start, end))
    if item is None or item.get("shown_to") == "adult" or turn_id in access.alerted_turns_in(session, opened):
        return None
    return line(session, opened, turn_id, start, end)


def _item(session: Session, opened: Opened, target: tuple[str | None, int | None, int | None]) -> dict[str, Any] | None:
    """Of the newest summary, if it still says so and this reader may see it."""
    summary = access.summary_in(session, opened)
    items = summary.content["items"] if summary else []
    return next(
        (
            item
            for item in items
            if (item["turn"], item["start"], item["end"]) == target
            and item["status"] == "said"
            and withholding.may_show(opened, item)
        ),
        None,
    )
