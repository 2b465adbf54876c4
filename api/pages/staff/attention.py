"""The strip on top of every staff page: alerts, messages that nobody screened, people who want a person."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from api import access
from api.models import Audience, StaffMember
from api.services import alerts
from api.services.alerts import Waiting, Wish


@dataclass(frozen=True)
class NewAlert:
    id: int | None
    audience: Audience
    pupil: str
    at: datetime


@dataclass(frozen=True)
class Strip:
    alerts: list[NewAlert]  # that this reader has not acknowledged
    waiting: list[Waiting]
    wishes: list[Wish]

    @property
    def waiting_messages(self) -> int:
        return sum(each.count for each in self.waiting)

    @property
    def version(self) -> str:
        """Changes when anything on the strip does, so that a page can ask "still the same?" every second."""
        alerts = [each.id for each in self.alerts]
        waiting = [(each.conversation, each.count) for each in self.waiting]
        wishes = [(each.conversation, each.since.isoformat()) for each in self.wishes]
        return sha256(repr((alerts, waiting, wishes)).encode()).hexdigest()[:16]


def attention_for(session: Session, staff: StaffMember) -> Strip:
    found = alerts.attention(session, staff)
    return Strip(_new_alerts(session, staff) if found.new_alerts else [], found.waiting, found.wishes)


def _new_alerts(session: Session, staff: StaffMember) -> list[NewAlert]:
    unread = access.alerts_unread_by(session, staff)
    return [NewAlert(alert.id, alert.audience, alert.pupil_name, alert.created_at) for alert in unread]
