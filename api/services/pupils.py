from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from api import access
from api.models import Conversation, InterviewState, Pupil, StaffMember, now
from api.services.alerts import SCREENED_WITHIN


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
    conversations: dict[int, list[Conversation]] = {}
    for conversation in access.conversations_readable_by(session, staff):
        conversations.setdefault(conversation.pupil_id, []).append(conversation)
    last_said = access.last_said_readable_by(session, staff)
    alerts = Counter(alert.pupil_id for alert in access.alerts_unread_by(session, staff))
    waiting = Counter(pupil.id for _, pupil in access.unscreened_for(session, staff, now() - SCREENED_WITHIN))
    return [
        _line(pupil, names[pupil.trusted_adult_id], staff, conversations.get(pupil.id, []), last_said, alerts, waiting)
        for pupil in pupils
    ]


def _line(
    pupil: Pupil,
    adult_name: str,
    staff: StaffMember,
    conversations: list[Conversation],
    last_said: dict[str, datetime],
    alerts: Counter[int],
    waiting: Counter[int],
) -> PupilLine:
    talked_in = [conversation for conversation in conversations if conversation.id in last_said]
    newest = max(talked_in, key=lambda conversation: last_said[conversation.id], default=None)
    return PupilLine(
        pupil,
        adult_name,
        access.may_read(staff, pupil),
        len(conversations),
        last_said[newest.id] if newest else None,
        newest.state if newest else None,
        any(each.read_at is None or each.read_at < last_said[each.id] for each in talked_in),
        any(conversation.wants_person_at and not conversation.person_came_at for conversation in conversations),
        alerts[pupil.id],
        waiting[pupil.id],
    )
