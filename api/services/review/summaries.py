"""The summary as staff read it: every line is the speaker's own words and leads to its message (practice 34, 35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlmodel import Session

from api import access
from api.access import Opened
from api.models import Turn
from api.services.catalog import Taxonomy
from api.services.direction import direction
from api.services.talk import questions, withholding
from api.services.talk.questions import Picked, ShownView

SECTIONS = ("going_well", "wishes", "feelings", "worries", "helps", "next", "own_words")


@dataclass(frozen=True)
class Item:
    """Its message is at `#turn-<turn>`. A feeling picked by face has no quote but `picked`."""

    topic: str
    codes: list[str]
    turn: str
    start: int
    end: int
    quote: str
    language: str
    direction: str
    picked: list[Picked]
    asked: ShownView | None
    at: datetime
    for_adult_only: bool  # as the speaker chose (practice 36); who else could read it is decided by api.access


@dataclass(frozen=True)
class Group:
    domain: str | None  # of the taxonomy; only worries have one
    items: list[Item]


@dataclass(frozen=True)
class Section:
    code: str
    groups: list[Group]


@dataclass(frozen=True)
class TopicLine:
    topic: str
    status: str


@dataclass(frozen=True)
class SummaryView:
    sections: list[Section]
    topics: list[TopicLine]
    left_out: int
    turn: str
    made_at: datetime


def view(session: Session, opened: Opened, taxonomy: Taxonomy) -> SummaryView | None:
    """None before the bot has answered for the first time."""
    summary = access.summary_in(session, opened)
    if summary is None:
        return None
    content = summary.content
    kept = [item for item in content["items"] if item["status"] == "said" and withholding.may_show(opened, item)]
    by_section = _items(session, opened, kept)
    sections = [Section(code, _groups(code, by_section[code], taxonomy)) for code in SECTIONS if code in by_section]
    topics = [
        TopicLine(line["topic"], line["status"]) for line in content["topics"] if _may_name(opened, content, line)
    ]
    left_out = sum(item["status"] == "left_out" for item in content["items"])
    return SummaryView(sections, topics, left_out, summary.turn_id, summary.made_at)


def _may_name(opened: Opened, content: dict[str, Any], topic: dict[str, Any]) -> bool:
    """Others do not learn of a topic under which every line is for the trusted adult alone."""
    if opened.reader != "school" or topic["status"] != "said":
        return True
    lines = [item for item in content["items"] if item["topic"] == topic["topic"]]
    return not lines or any(withholding.may_show(opened, item) for item in lines)


def _items(session: Session, opened: Opened, kept: list[dict[str, Any]]) -> dict[str, list[Item]]:
    turns = {turn.id: turn for turn in access.turns_in(session, opened)}
    asked = questions.asked_by(session, opened, turns.values(), withholding.of(session, opened))
    found: dict[str, list[Item]] = {}
    for item in kept:
        turn = turns[item["turn"]]
        found.setdefault(item["section"], []).append(_item(item, turn, asked.get(turn.asked_shown_id or 0)))
    return found


def _item(item: dict[str, Any], turn: Turn, asked: ShownView | None) -> Item:
    return Item(
        item["topic"],
        item["codes"],
        turn.id,
        item["start"],
        item["end"],
        turn.text[item["start"] : item["end"]],
        turn.language,
        direction(turn.language),
        questions.picked(turn, asked),
        asked,
        turn.at,
        item.get("shown_to") == "adult",
    )


def _groups(section: str, items: Iterable[Item], taxonomy: Taxonomy) -> list[Group]:
    """Worries by domain in the taxonomy's order; the other sections are one group."""
    if section != "worries":
        return [Group(None, list(items))]
    ordered = sorted(items, key=lambda item: taxonomy.domain_rank(item.codes))
    return [Group(domain, list(group)) for domain, group in groupby(ordered, lambda item: taxonomy.domain(item.codes))]
