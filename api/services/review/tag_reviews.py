"""What adults think of the codes that the computer put beside words. Verdicts stand beside the words, never over them,
and the newest of each reviewer counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from api import access
from api.errors import Malformed, NotFound
from api.models import StaffMember, TagReview, Verdict
from api.services import audit
from api.services.catalog import Taxonomy
from api.services.talk.withholding import may_show

REVIEWED = ("factors", "feelings")  # kinds of codes that stand as marks; an alert is for the safeguarding lead

Place = tuple[str, int, int]  # turn, start, end: a line of the summary


@dataclass(frozen=True)
class Judgement:
    """`corrected_to` only with "corrected": a code of the same taxonomy."""

    turn: str
    start: int
    end: int
    code: str
    verdict: Verdict
    corrected_to: str | None = None

    @property
    def place(self) -> Place:
        return self.turn, self.start, self.end


@dataclass(frozen=True)
class VerdictView:
    code: str
    verdict: Verdict
    corrected_to: str | None
    by: str
    at: datetime


def judge(
    session: Session,
    staff: StaffMember,
    conversation_id: str,
    given: Judgement,
    form_id: str,
    taxonomy: Taxonomy,
) -> None:
    """Refused when this reader sees no such line with such a code. The same form twice is stored once."""
    opened = access.conversation_for_staff(session, staff, conversation_id)
    access.conversation_to_change(session, opened)
    _check(given, taxonomy)
    if access.was_sent(session, opened, TagReview, form_id):
        return
    summary = access.summary_in(session, opened)
    items = summary.content["items"] if summary else []
    if not any(_is_line(item, given) and may_show(opened, item) for item in items):
        raise NotFound
    session.add(_entry(staff, conversation_id, given, form_id))
    audit.record(session, staff, "tag_reviewed", "conversation", conversation_id, pupil_id=opened.pupil.id)
    session.commit()


def verdicts(session: Session, opened: access.Opened) -> dict[Place, list[VerdictView]]:
    """By line, the newest of each reviewer on each code, the first to be given first; none for who reads only the
    summary.
    """
    if not opened.whole:
        return {}
    found: dict[Place, list[VerdictView]] = {}
    for entry, by in newest(access.tag_reviews_in(session, opened)):
        view = VerdictView(entry.code, entry.verdict, entry.corrected_to, by.name, entry.at)
        found.setdefault((entry.turn_id, entry.start, entry.end), []).append(view)
    return found


def newest[Beside](found: Iterable[tuple[TagReview, Beside]]) -> Sequence[tuple[TagReview, Beside]]:
    """Of each reviewer on each code of each line; `found` in the order in which they were given."""
    latest: dict[tuple[Place, str, int], tuple[TagReview, Beside]] = {}
    for entry, beside in found:
        key = (entry.turn_id, entry.start, entry.end), entry.code, entry.staff_id
        latest.pop(key, None)
        latest[key] = entry, beside
    return list(latest.values())


def _check(given: Judgement, taxonomy: Taxonomy) -> None:
    kinds = [taxonomy.kinds.get(code) for code in (given.code, given.corrected_to) if code is not None]
    is_whole = (given.verdict == "corrected") == (given.corrected_to is not None)
    if not is_whole or given.corrected_to == given.code or any(kind not in REVIEWED for kind in kinds):
        raise Malformed


def _is_line(item: dict[str, Any], given: Judgement) -> bool:
    place = (item["turn"], item["start"], item["end"])
    return item["status"] == "said" and place == given.place and given.code in item["codes"]


def _entry(staff: StaffMember, conversation_id: str, given: Judgement, form_id: str) -> TagReview:
    return TagReview(
        conversation_id=conversation_id,
        turn_id=given.turn,
        start=given.start,
        end=given.end,
        code=given.code,
        verdict=given.verdict,
        corrected_to=given.corrected_to,
        staff_id=staff.id,
        form_id=form_id,
    )
