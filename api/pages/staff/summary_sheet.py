"""The summary in the shape of the sheet that staff read: quotations, their marks, and the question above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from api.services.review.summaries import Group, Item, Section, SummaryView, TopicLine

STATUSES = ("said", "skipped", "refused", "dont_know", "left_out", "not_reached")
# what the words may be about; that they are a wish or a help is said by the section, and an alert interprets nothing
MARKED = ("factors", "feelings")


@dataclass(frozen=True)
class Line:
    item: Item
    asks_anew: bool  # its question is not the one of the line above it
    marks: Sequence[str]  # codes that stand beside it


@dataclass(frozen=True)
class Lines:
    domain: str | None
    lines: Sequence[Line]


@dataclass(frozen=True)
class Part:
    code: str
    groups: Sequence[Lines]


@dataclass(frozen=True)
class Sheet:
    parts: Sequence[Part]
    topics: Sequence[tuple[str, Sequence[str]]]  # status, topics
    left_out: int
    made_at: datetime | None  # None while there is nothing to read

    def is_unread(self, read_at: datetime | None) -> bool:
        return self.made_at is not None and (read_at is None or read_at < self.made_at)


def sheet_of(view: SummaryView | None, kinds: Mapping[str, str]) -> Sheet:
    """`kinds` of codes as in Taxonomy.kinds."""
    if view is None:
        return Sheet([], [], 0, None)
    topics = [(status, found) for status in STATUSES if (found := _with(status, view.topics))]
    parts = [_part(section, kinds) for section in view.sections]
    return Sheet(parts, topics, view.left_out, view.made_at if parts else None)


def _part(section: Section, kinds: Mapping[str, str]) -> Part:
    """Lines of no domain come first: they have no heading, and below one they would seem to belong to it."""
    groups = sorted(section.groups, key=lambda group: group.domain is not None)
    return Part(section.code, [Lines(group.domain, _lines(group, kinds)) for group in groups])


def _lines(group: Group, kinds: Mapping[str, str]) -> Sequence[Line]:
    questions = [item.asked.id if item.asked else None for item in group.items]
    anew = [True, *(before != this for before, this in pairwise(questions))]
    return [Line(item, is_new, _marks(item, kinds)) for item, is_new in zip(group.items, anew, strict=True)]


def _marks(item: Item, kinds: Mapping[str, str]) -> Sequence[str]:
    """A picked face needs none: its name is the line."""
    return [code for code in item.codes if item.quote and kinds.get(code) in MARKED]


def _with(status: str, topics: Sequence[TopicLine]) -> Sequence[str]:
    return [topic.topic for topic in topics if topic.status == status]
