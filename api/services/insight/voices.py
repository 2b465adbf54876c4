"""The pupil's, the parents' and the adults' voices on one map (practice 38): what each spoke of, never what is true.

For staff only. What one of them said is never shown to another of them.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session

from api import access
from api.access import Told
from api.models import AdultView, Audience, Pupil, StaffMember, TagReview, Verdict
from api.services.catalog import Taxonomy
from api.services.direction import direction
from api.services.talk import withholding

MAPPED = ("factors", "feelings")  # kinds of codes; safeguarding is a person's matter and stands on no map
STRENGTHS = ("going_well", "helps")  # sections: what is spoken of there is no barrier
# who agrees: everybody who has spoken, some of them, or nobody but one
Agreement = Literal["all", "some", "one"]


@dataclass(frozen=True)
class Tag:
    """A code of a line: the computer's, unless an adult of the school thought otherwise; the newest verdict wins."""

    code: str | None  # None: an adult does not think that the line is about it
    original: str
    verdict: Verdict | None = None

    @property
    def is_changed(self) -> bool:
        return self.code != self.original


@dataclass(frozen=True)
class Line:
    conversation: str
    turn: str
    start: int
    section: str
    quote: str  # empty: picked from cards or faces
    language: str
    direction: str
    at: datetime
    tags: list[Tag]

    @property
    def place(self) -> str:
        """Of the line in its summary."""
        return f"/staff/conversations/{self.conversation}/summary#line-{self.section}-{self.turn}-{self.start}"


@dataclass(frozen=True)
class Talk:
    """What one conversation told."""

    conversation: str
    at: datetime
    lines: list[Line]

    def codes(self) -> list[str]:
        """One for each line and code."""
        return [tag.code for line in self.lines for tag in line.tags if tag.code]


@dataclass(frozen=True)
class Voice:
    audience: Audience
    relation: str  # of a carer, as it was typed first; empty for the pupil
    talks: list[Talk]  # oldest first

    @property
    def lines(self) -> list[Line]:
        return [line for talk in self.talks for line in talk.lines]

    def said_in(self, *sections: str) -> list[Line]:
        """Quotations, newest first."""
        return [line for line in reversed(self.lines) if line.section in sections and line.quote]


@dataclass(frozen=True)
class Cell:
    lines: list[Line]  # that are about it, as the newest verdict has it
    taken_away: list[Line]  # that the computer put here, and an adult did not agree

    @property
    def newest(self) -> Line | None:
        return max(self.lines, key=lambda line: line.at, default=None)


@dataclass(frozen=True)
class Row:
    factor: str
    cells: list[Cell]  # one for each voice
    adults: list[StaffMember]  # who see it as a barrier
    agreement: Agreement | None  # None: nobody to agree with


@dataclass(frozen=True)
class Map:
    pupil: Pupil
    voices: list[Voice]  # the pupil's first
    rows: list[tuple[str, list[Row]]]  # by domain, in the taxonomy's order
    views: list[tuple[AdultView, StaffMember]]


def drawn(session: Session, staff: StaffMember, pupil_id: int, taxonomy: Taxonomy) -> Map:
    pupil = access.pupil_for(session, staff, pupil_id)
    voices = heard(session, staff, pupil_id, taxonomy)
    views = access.adult_views_of(session, staff, pupil_id)
    return Map(pupil, voices, _rows(voices, views, taxonomy), views)


def heard(session: Session, staff: StaffMember, pupil_id: int, taxonomy: Taxonomy) -> list[Voice]:
    """Each voice that this reader may hear, the pupil's first; carers apart from each other, by what they are to the
    pupil.
    """
    told = access.told_about(session, staff, pupil_id)
    verdicts = _newest(access.verdicts_on(session, staff, told))
    voices: dict[tuple[Audience, str], Voice] = {}
    for each in told:
        conversation = each.opened.conversation
        relation = conversation.relation.strip()
        who = (conversation.audience, relation.casefold())
        voice = voices.setdefault(who, Voice(conversation.audience, relation, []))
        voice.talks.append(Talk(conversation.id, conversation.created_at, _lines(each, verdicts, taxonomy)))
    spoken = [voice for voice in voices.values() if voice.lines]
    return sorted(spoken, key=lambda voice: voice.audience != "pupil")


Place = tuple[str, int, int, str]  # turn, start, end, code


def _newest(verdicts: Iterable[TagReview]) -> dict[Place, TagReview]:
    return {(each.turn_id, each.start, each.end, each.code): each for each in verdicts}


def _lines(told: Told, verdicts: dict[Place, TagReview], taxonomy: Taxonomy) -> list[Line]:
    kept = [item for item in told.items if item["status"] == "said" and withholding.may_show(told.opened, item)]
    return [_line(told, item, verdicts, taxonomy) for item in kept if item["turn"] in told.turns]


def _line(told: Told, item: dict[str, Any], verdicts: dict[Place, TagReview], taxonomy: Taxonomy) -> Line:
    turn = told.turns[item["turn"]]
    place = (item["turn"], item["start"], item["end"])
    codes = [code for code in item["codes"] if _is_mapped(code, item["section"], taxonomy)]
    return Line(
        told.opened.conversation.id,
        turn.id,
        item["start"],
        item["section"],
        turn.text[item["start"] : item["end"]],
        turn.language,
        direction(turn.language),
        turn.at,
        [_tag(code, verdicts.get((*place, code)), item["section"], taxonomy) for code in codes],
    )


def _tag(code: str, review: TagReview | None, section: str, taxonomy: Taxonomy) -> Tag:
    if review is None or review.verdict == "confirmed":
        return Tag(code, code, review.verdict if review else None)
    corrected = review.corrected_to
    is_mapped = corrected is not None and _is_mapped(corrected, section, taxonomy)
    return Tag(corrected if is_mapped else None, code, review.verdict)


def _is_mapped(code: str, section: str, taxonomy: Taxonomy) -> bool:
    kind = taxonomy.kinds.get(code)
    return kind in MAPPED and not (kind == "factors" and section in STRENGTHS)


def _rows(
    voices: Sequence[Voice], views: Sequence[tuple[AdultView, StaffMember]], taxonomy: Taxonomy
) -> list[tuple[str, list[Row]]]:
    factors = [code for code, kind in taxonomy.kinds.items() if kind == "factors"]
    rows = [row for code in factors if (row := _row(code, voices, views))]
    by_domain = [
        (domain, [row for row in rows if taxonomy.domain([row.factor]) == domain]) for domain in taxonomy.domains
    ]
    return [(domain, found) for domain, found in by_domain if found]


def _row(factor: str, voices: Sequence[Voice], views: Sequence[tuple[AdultView, StaffMember]]) -> Row | None:
    cells = [_cell(factor, voice.lines) for voice in voices]
    adults = [adult for view, adult in views if factor in view.codes]
    if not adults and not any(cell.lines or cell.taken_away for cell in cells):
        return None
    named = [bool(cell.lines) for cell in cells] + ([bool(adults)] if views else [])
    return Row(factor, cells, adults, _agreement(named))


def _cell(factor: str, lines: Iterable[Line]) -> Cell:
    about = [(line, tag) for line in lines for tag in line.tags]
    mine = [line for line, tag in about if tag.code == factor]
    away = [line for line, tag in about if tag.original == factor and tag.is_changed]
    return Cell(mine, away)


def _agreement(named: Collection[bool]) -> Agreement | None:
    if len(named) < 2 or not any(named):
        return None
    if sum(named) == 1:
        return "one"
    return "all" if all(named) else "some"
