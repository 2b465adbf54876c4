"""What was told so far: lines of the speaker's own words, and how each topic ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from interview.turns import Line

SAID = "said"
SKIPPED = "skipped"
REFUSED = "refused"
DONT_KNOW = "dont_know"
NOT_REACHED = "not_reached"
LEFT_OUT = "left_out"
SCHOOL, ADULT = "school", "adult"


@dataclass(frozen=True)
class Item:
    """A whole sentence that was said, or with an empty line the feelings that were picked in a turn."""

    topic: str
    section: str
    codes: tuple[str, ...]
    line: Line
    status: str = SAID
    shown_to: str = SCHOOL
    """Who may read it: the staff who help, or the trusted adult alone."""


class Record:
    """Items in the order they were said, and the outcome of each topic that is over."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.outcomes: dict[str, str] = {}
        self._topics_by_code: dict[str, set[str]] = {}

    def copy(self) -> Record:
        twin = Record()
        twin.items = list(self.items)
        twin.outcomes = dict(self.outcomes)
        twin._topics_by_code = {code: set(topics) for code, topics in self._topics_by_code.items()}
        return twin

    def keep(self, item: Item) -> None:
        self.items.append(item)
        for code in item.codes if item.status == SAID else ():
            self._topics_by_code.setdefault(code, set()).add(item.topic)

    def settle(self, topic: str, outcome: str) -> None:
        """How a topic ended; what was said about it is never overwritten by a later pass."""
        if self.outcomes.get(topic) != SAID:
            self.outcomes[topic] = outcome

    def is_settled(self, topic: str) -> bool:
        return topic in self.outcomes

    def was_told_outside(self, topic: str, codes: frozenset[str]) -> bool:
        return any(self._topics_by_code.get(code, set()) - {topic} for code in codes)

    def topics_told(self) -> set[str]:
        return {item.topic for item in self.items if item.status == SAID}

    def topics_with_words(self) -> set[str]:
        """Also those whose words were all left out."""
        return {item.topic for item in self.items}

    def has_lines(self) -> bool:
        return any(item.status == SAID for item in self.items)

    def newest_turn(self) -> str | None:
        """The turn of the newest words that still count."""
        return next((item.line.turn for item in reversed(self.items) if item.status == SAID), None)

    def newest_topic(self) -> str | None:
        return next((item.topic for item in reversed(self.items) if item.status == SAID), None)

    def leave_out_turn(self, turn: str) -> None:
        self._set(LEFT_OUT, lambda item: item.line.turn == turn)

    def leave_out(self, line: Line) -> None:
        self._set(LEFT_OUT, lambda item: item.line == line)

    def put_back(self, line: Line) -> None:
        self._set(SAID, lambda item: item.line == line)

    def show_to(self, line: Line, readers: str) -> None:
        self.items = [replace(item, shown_to=readers) if item.line == line else item for item in self.items]

    def at(self, line: Line | None) -> Item | None:
        return next((item for item in self.items if item.line == line), None)

    def _set(self, status: str, is_meant: Callable[[Item], bool]) -> None:
        items = [replace(item, status=status) if is_meant(item) else item for item in self.items]
        self.items, self._topics_by_code = [], {}
        for item in items:
            self.keep(item)
