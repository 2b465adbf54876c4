"""The speaker decides which lines staff may see (practice 36). To those who are told of alerts, what raised one stays
visible (practice 26).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from api import access
from api.access import STAFF_READERS, Opened
from api.models import Shown
from api.services.talk.filling import END_ISOLATE, ISOLATE

GONE = "\u2026"
_FILLED = re.compile(f"{ISOLATE}[^{END_ISOLATE}]*{END_ISOLATE}")

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Withheld:
    """Stretches of turns that this reader is not to see."""

    stretches: dict[str, list[Stretch]] = field(default_factory=dict)

    def in_turn(self, turn_id: str) -> list[Stretch]:
        return self.stretches.get(turn_id, [])

    def shown(self, message: Shown) -> str:
        """A message that quoted a withheld line loses what was filled in."""
        quote = message.quote
        if quote is None or not any(
            start < quote["end"] and quote["start"] < end for start, end in self.in_turn(quote["turn"])
        ):
            return message.text
        return _FILLED.sub(f"{ISOLATE}{GONE}{END_ISOLATE}", message.text)


NOTHING = Withheld()


def of(session: Session, opened: Opened) -> Withheld:
    """Nothing is hidden from the speakers themselves. Lines for the trusted adult alone are hidden from other staff."""
    if opened.reader not in STAFF_READERS:
        return NOTHING
    summary = access.summary_in(session, opened)
    if summary is None:
        return NOTHING
    alerted = access.alerted_turns_in(session, opened) if opened.reader == "staff" else set()
    hidden: dict[str, list[Stretch]] = {}
    for item in summary.content["items"]:
        if not may_show(opened, item):
            for turn, stretch in _with_earlier_wordings(session, opened, item):
                if turn not in alerted:
                    hidden.setdefault(turn, []).append(stretch)
    return Withheld(hidden)


def _with_earlier_wordings(session: Session, opened: Opened, item: Mapping[str, Any]) -> Iterable[tuple[str, Stretch]]:
    """A line that was changed was said in other words before."""
    line: Mapping[str, Any] | None = item
    while line:
        yield line["turn"], (line["start"], line["end"])
        turn = access.turn_in(session, opened, line["turn"])
        line = turn.target if turn and turn.kind == "say" else None


def may_show(opened: Opened, item: Mapping[str, Any]) -> bool:
    """Of an item of a summary that was said: whether the speaker wants this reader to see it."""
    if item["status"] == "left_out":
        return False
    return opened.reader != "school" or item["shown_to"] != "adult"


def without(text: str, stretches: Iterable[Stretch]) -> str:
    """The text with an ellipsis for each stretch; overlapping ones count once."""
    for start, end in reversed(_merged(stretches)):
        text = text[:start] + GONE + text[end:]
    return text


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
