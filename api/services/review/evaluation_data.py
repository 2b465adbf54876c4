"""Reviewed codes as data to measure and to teach the computer with, without names. A safeguarding lead takes it out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api import access
from api.models import Conversation, StaffMember, Summary, TagReview, Turn
from api.services import audit
from api.services.catalog import Taxonomy
from api.services.folding import folded
from api.services.review.tag_reviews import newest

NAME = "▢"  # in place of a name
SHORTEST_STEM = 4  # a longer part of a name also counts with an ending
# what belongs to a letter: a vowel sign of Bengali is no letter itself, yet it parts no word; a danda does
_MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u0670\u0900-\u0963\u0970-\u0dff\u200c\u200d"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")


@dataclass(frozen=True)
class Reviewed:
    """One verdict of one reviewer."""

    language: str
    text: str
    before: list[str]  # codes as the computer found them
    after: list[str]  # as the reviewer would have them
    code: str
    verdict: str


def take_out(session: Session, staff: StaffMember, taxonomy: Taxonomy) -> list[Reviewed]:
    """Nothing of a conversation that raised an alert, no line that was left out or kept for one adult, no unsafe one.
    Names of pupils and staff of the school are replaced, and what carers were called; others cannot be known.
    """
    found = access.reviewed_tags_for(session, staff)
    hidden = Names(access.names_in_school(session, staff))
    entries = newest((entry, (turn, summary, conversation)) for entry, turn, summary, conversation in found)
    lines = list(_lines(entries, hidden, taxonomy))
    audit.record(session, staff, "tag_reviews_exported", count=len(lines))
    session.commit()
    return lines


class Names:
    """Names that must not be read in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parts = {folded(part) for name in names for part in _WORD.findall(name)}
        self._stems = tuple(part for part in self._parts if len(part) >= SHORTEST_STEM)

    def hidden_in(self, text: str, *more: str) -> str:
        """`more`: further names, such as what staff called a carer; a word in small letters is a relation."""
        also = {folded(part) for name in more for part in _WORD.findall(name) if not part.islower()}
        return _WORD.sub(lambda word: NAME if self._is_name(folded(word[0]), also) else word[0], text)

    def _is_name(self, word: str, also: set[str]) -> bool:
        return word in self._parts or word in also or word.startswith(self._stems)


def _lines(
    entries: Iterable[tuple[TagReview, tuple[Turn, Summary, Conversation]]], hidden: Names, taxonomy: Taxonomy
) -> Iterator[Reviewed]:
    for entry, (turn, summary, conversation) in entries:
        item = _open_item(entry, summary)
        if item is None or any(taxonomy.kinds.get(code) == "safeguarding" for code in _codes(item, turn)):
            continue
        text = hidden.hidden_in(turn.text[entry.start : entry.end], conversation.relation)
        after = _after(item["codes"], entry)
        yield Reviewed(turn.language, text, item["codes"], after, entry.code, entry.verdict)


def _open_item(entry: TagReview, summary: Summary) -> dict[str, Any] | None:
    """The line as it stands today, unless the speaker has left it out or kept it for their trusted adult since."""
    place = (entry.turn_id, entry.start, entry.end)
    items = (
        item
        for item in summary.content["items"]
        if (item["turn"], item["start"], item["end"]) == place and entry.code in item["codes"]
    )
    return next((item for item in items if item["status"] == "said" and item["shown_to"] == "school"), None)


def _codes(item: dict[str, Any], turn: Turn) -> list[str]:
    return [*item["codes"], *(turn.reading or {}).get("safeguarding", [])]


def _after(codes: list[str], entry: TagReview) -> list[str]:
    if entry.verdict == "confirmed":
        return codes
    rest = [code for code in codes if code != entry.code]
    return [*rest, entry.corrected_to] if entry.corrected_to and entry.corrected_to not in rest else rest
