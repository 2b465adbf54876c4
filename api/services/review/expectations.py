"""What an adult expected to hear, beside what was said: for supervision, never for the speaker."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api import access
from api.access import Opened
from api.models import Expectation, StaffMember
from api.services import audit
from api.services.catalog import Taxonomy
from api.services.review.summaries import SummaryView
from api.services.talk.words import clean


@dataclass(frozen=True)
class Compared:
    """Codes of factors only, in the order of the taxonomy."""

    by: str
    is_own: bool
    words: str
    both: list[str]  # expected and said
    not_said: list[str]  # expected
    not_expected: list[str]  # said


def may_expect(session: Session, staff: StaffMember, opened: Opened) -> bool:
    """Only before the words were opened: afterwards it would be no expectation."""
    return access.last_reading_of(session, staff, opened) is None and not _own(session, staff, opened)


def expect(
    session: Session, staff: StaffMember, conversation_id: str, words: str, codes: Iterable[str], taxonomy: Taxonomy
) -> None:
    """Too late, or a second time: nothing happens. Unknown codes are left out."""
    opened = access.conversation_for_staff(session, staff, conversation_id)
    access.conversation_to_change(session, opened)
    known = [code for code in _factors(taxonomy) if code in set(codes)]
    line = clean(words)
    if not (line or known) or not may_expect(session, staff, opened):
        return
    session.add(Expectation(conversation_id=conversation_id, staff_id=staff.id, words=line, codes=known))
    about = opened.conversation
    audit.record(session, staff, "expectation_noted", "conversation", about.id, pupil_id=about.pupil_id)
    session.commit()


def compared(
    session: Session, staff: StaffMember, opened: Opened, view: SummaryView | None, taxonomy: Taxonomy
) -> list[Compared]:
    """The reader's own; for the safeguarding lead every reader's."""
    said = _said(view)
    found = access.expectations_in(session, staff, opened)
    return [_compared(expected, by, by.id == staff.id, said, _factors(taxonomy)) for expected, by in found]


def _compared(expected: Expectation, by: StaffMember, is_own: bool, said: set[str], order: Sequence[str]) -> Compared:
    wanted = set(expected.codes)
    return Compared(
        by.name,
        is_own,
        expected.words,
        [code for code in order if code in wanted & said],
        [code for code in order if code in wanted - said],
        [code for code in order if code in said - wanted],
    )


def _own(session: Session, staff: StaffMember, opened: Opened) -> bool:
    return any(by.id == staff.id for _, by in access.expectations_in(session, staff, opened))


def _said(view: SummaryView | None) -> set[str]:
    if view is None:
        return set()
    return {
        code for section in view.sections for group in section.groups for item in group.items for code in item.codes
    }


def _factors(taxonomy: Taxonomy) -> list[str]:
    return [code for code, kind in taxonomy.kinds.items() if kind == "factors"]
