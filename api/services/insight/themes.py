"""What many pupils spoke of, for those who lead a school: counts of pupils, never who.

Only conversations count that were told to the end and that the speaker agreed to show, without the lines kept for the
trusted adult. Small numbers are hidden (api.services.insight.small_numbers), and the figures move on by five people at
a time: otherwise those of today less those of yesterday would be one pupil.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Literal

from sqlmodel import Session

from api import access
from api.access import Agreed
from api.models import Audience, StaffMember
from api.services.catalog import Taxonomy
from api.services.insight.small_numbers import LEAST, Part, Shown, merged, shown, together
from api.services.insight.terms import Term
from api.services.insight.voices import STRENGTHS

Side = Literal["year", "language"]
Group = tuple[str, ...]  # several years or languages where each alone is small
DAY = 86400  # seconds


@dataclass(frozen=True)
class Split:
    """The same pupils, by year or by language."""

    side: Side
    pupils: dict[Group, int]
    heard: Shown[Group]
    barriers: list[tuple[str, Shown[Group]]]  # the most named first; small ones are not in it

    @property
    def missing(self) -> Shown[Group]:
        """Whose voice has not been heard; hidden where it is hidden how many were."""
        heard = self.heard
        total = None if heard.total is None else sum(self.pupils.values()) - heard.total
        left = {each: None if count is None else self.pupils[each] - count for each, count in heard.groups.items()}
        return Shown(total, left)


@dataclass(frozen=True)
class Themes:
    term: Term
    audience: Audience
    pupils: int
    splits: list[Split]
    unanswered: int | None  # pupils who were asked, or whose carers were, and of whom nothing can be shown yet
    days_to_reading: float | None  # from the speaker's agreement; the median
    days_to_reply: float | None


def over(session: Session, staff: StaffMember, audience: Audience, term: Term, taxonomy: Taxonomy) -> Themes:
    roll = access.roll_of(session, staff)
    told = settled(access.agreed_in(session, staff, audience, term.begins, term.ends))
    heard = {each.pupil for each in told}
    asked = access.asked_in(session, staff, audience, term.begins, term.ends)
    answered = access.first_answers_in(session, staff, term.begins, term.ends)
    named = _named(session, staff, audience, term, told, taxonomy)
    years, languages = ({pupil: row[place] for pupil, *row in roll} for place in (0, 1))
    return Themes(
        term,
        audience,
        len(roll),
        [_split("year", years, heard, named), _split("language", languages, heard, named)],
        _unless_small(len(asked - heard)),
        _days(told, lambda each: each.read_at),
        _days(told, lambda each: answered.get(each.conversation)),
    )


def settled(told: Sequence[Agreed]) -> list[Agreed]:
    """In order of agreement: all up to the moment at which the last full five pupils had been heard."""
    first: dict[int, datetime] = {}
    for each in told:
        first.setdefault(each.pupil, each.agreed_at)
    moments = sorted(first.values())
    counted = len(moments) - len(moments) % LEAST
    return [each for each in told if counted and each.agreed_at <= moments[counted - 1]]


def _named(
    session: Session, staff: StaffMember, audience: Audience, term: Term, told: Sequence[Agreed], taxonomy: Taxonomy
) -> dict[str, set[int]]:
    """Pupils by the barriers that were named."""
    found: dict[str, set[int]] = {code: set() for code, kind in taxonomy.kinds.items() if kind == "factors"}
    if told:
        for code, pupil in access.named_in(session, staff, audience, term.begins, told[-1].agreed_at, STRENGTHS):
            found.get(code, set()).add(pupil)
    return found


def _split(side: Side, of: Mapping[int, str], heard: set[int], named: Mapping[str, set[int]]) -> Split:
    """`of`: year or language by pupil."""
    groups = _groups(of, heard)
    group_of = {each: group for group in groups for each in group}
    grouped = {pupil: group_of[each] for pupil, each in of.items()}
    pupils, spoke = _count(grouped, grouped, groups), _count(grouped, heard, groups)
    seen = shown(_parts(spoke, pupils))
    # where the reader does not learn how many were heard, they only know the size of the group
    known = pupils if seen.total is None else spoke
    barriers = [(code, shown(_parts(_count(grouped, who, groups), known))) for code, who in named.items()]
    listed = [(code, counts) for code, counts in barriers if counts.total is not None]
    return Split(side, pupils, seen, sorted(listed, key=lambda each: -(each[1].total or 0)))


def _groups(of: Mapping[int, str], heard: set[int]) -> list[Group]:
    """So large that how many were heard of each need not be hidden; else, so large that the group itself need not."""
    labels = sorted(set(of.values()), key=_by_number)
    pupils, spoke = _count(of, of, labels), _count(of, heard, labels)
    parts = _parts(spoke, pupils)
    if together(parts.values()).is_small:
        return merged(pupils)
    return merged({label: part.fewer for label, part in parts.items()})


def _parts[Label: (str, Group)](counts: Mapping[Label, int], sizes: Mapping[Label, int]) -> dict[Label, Part]:
    return {label: Part(counts[label], size) for label, size in sizes.items()}


def _count[Label: (str, Group)](
    of: Mapping[int, Label], whom: Iterable[int], labels: Iterable[Label]
) -> dict[Label, int]:
    """Of every label, also where it is none. Pupils who left the roll do not count."""
    found = Counter(of[pupil] for pupil in whom if pupil in of)
    return {label: found[label] for label in labels}


def _by_number(label: str) -> tuple[bool, int, str]:
    """Year 2 before year 10, and before what is no number."""
    return (not label.isdecimal(), int(label) if label.isdecimal() else 0, label)


def _days(told: Iterable[Agreed], until: Callable[[Agreed], datetime | None]) -> float | None:
    """Of at least five pupils, or it would be theirs."""
    taken = [(each.pupil, (at - each.agreed_at).total_seconds()) for each in told if (at := until(each))]
    if len({pupil for pupil, _ in taken}) < LEAST:
        return None
    return round(median(max(seconds, 0.0) for _, seconds in taken) / DAY, 1)


def _unless_small(count: int) -> int | None:
    return count if count >= LEAST else None
