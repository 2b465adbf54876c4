from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sqlmodel import Session

from api import access
from api.access import Head
from api.models import InterviewState, Pupil, StaffMember, now
from api.services.safeguarding.alerts import SCREENED_WITHIN


@dataclass(frozen=True)
class PupilLine:
    """A pupil in the school's list. What lies in conversations is counted only for who may read them."""

    pupil: Pupil
    adult_name: str
    may_read: bool
    conversations: int
    last_at: datetime | None  # when something was last said, by the pupil or about them
    state: InterviewState | None  # of the conversation in which it was said
    unread: bool  # words that no member of staff has read yet
    wants_person: bool
    new_alerts: int  # that the one who asks has not acknowledged
    waiting: int


def listed(session: Session, staff: StaffMember) -> list[PupilLine]:
    pupils = access.pupils_of(session, staff)
    names = {adult.id: adult.name for adult in access.colleagues_of(session, staff)}
    heads: dict[int, list[Head]] = {}
    for head in access.heads_readable_by(session, staff):
        heads.setdefault(head.pupil_id, []).append(head)
    alerts = Counter(alert.pupil_id for alert in access.alerts_unread_by(session, staff))
    waiting = Counter(pupil.id for _, pupil in access.unscreened_for(session, staff, now() - SCREENED_WITHIN))
    return [
        _line(pupil, names[pupil.trusted_adult_id], staff, heads.get(pupil.id, []), alerts, waiting) for pupil in pupils
    ]


def _line(
    pupil: Pupil,
    adult_name: str,
    staff: StaffMember,
    heads: list[Head],
    alerts: Counter[int],
    waiting: Counter[int],
) -> PupilLine:
    talked_in = [(head.last_said, head) for head in heads if head.last_said]
    last_said, newest = max(talked_in, key=itemgetter(0), default=(None, None))
    return PupilLine(
        pupil,
        adult_name,
        access.may_read(staff, pupil),
        len(heads),
        last_said,
        newest.state if newest else None,
        any(head.read_at is None or head.read_at < said for said, head in talked_in),
        any(head.wants_person for head in heads),
        alerts[pupil.id],
        waiting[pupil.id],
    )
