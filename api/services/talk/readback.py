"""The lines that a speaker hears back. Keeping, leaving out and changing one are turns like any other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api import access
from api.access import Opened
from api.models import Turn
from api.services.direction import direction
from api.services.talk import questions
from api.services.talk.questions import Picked


@dataclass(frozen=True)
class Line:
    """`turn`, `start`, `end` are the target of a turn about this line."""

    turn: str
    start: int
    end: int
    section: str
    quote: str
    language: str
    direction: str
    picked: list[Picked]
    left_out: bool
    for_adult_only: bool


def lines(session: Session, opened: Opened) -> list[Line]:
    """In the order in which they were said, a changed line in its old place; a sentence that stands in two sections is
    one line.
    """
    summary = access.summary_in(session, opened)
    if summary is None:
        return []
    turns = {turn.id: turn for turn in access.turns_in(session, opened)}
    asked = questions.asked_by(session, opened, turns.values())
    items = {
        _place(item, turns): item
        for item in reversed(summary.content["items"])
        if item["status"] in {"said", "left_out"}
    }
    found = []
    for place in sorted(items):
        turn = turns[items[place]["turn"]]
        found.append(_line(items[place], turn, questions.picked(turn, asked.get(turn.asked_shown_id or 0))))
    return found


def _place(item: dict[str, Any], turns: Mapping[str, Turn]) -> tuple[int, ...]:
    """To sort by: where the first words stood, then where these stand. A line may be changed again and again."""
    turn = first = turns[item["turn"]]
    start = item["start"]
    while target := first.target:
        first, start = turns[target["turn"]], target["start"]
    return first.ordinal, start, turn.ordinal, item["start"], item["end"]


def _line(item: dict[str, Any], turn: Turn, picked: list[Picked]) -> Line:
    return Line(
        turn.id,
        item["start"],
        item["end"],
        item["section"],
        turn.text[item["start"] : item["end"]],
        turn.language,
        direction(turn.language),
        picked,
        item["status"] == "left_out",
        item.get("shown_to") == "adult",
    )
