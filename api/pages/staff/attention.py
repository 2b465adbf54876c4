"""The strip on top of every staff page: alerts, messages that nobody screened, people who want a person, letters that
cannot be sent, messages that do not reach families.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from api import access
from api.models import Audience, StaffMember
from api.services.mailing import outbox
from api.services.reaching import unsent
from api.services.safeguarding import alerts
from api.services.safeguarding.alerts import Waiting, Wish

HEAR_OF_MAIL = ("safeguarding_lead", "administrator")


@dataclass(frozen=True)
class NewAlert:
    id: int | None
    audience: Audience
    pupil: str
    at: datetime
    sent_on: bool  # no lead has answered, and more people were told


@dataclass(frozen=True)
class Strip:
    alerts: list[NewAlert]  # that this reader has not acknowledged
    waiting: list[Waiting]
    wishes: list[Wish]
    unanswered: list[datetime]  # of an administrator: when alerts were raised that no lead has answered
    no_mail_since: datetime | None
    unsent: int  # messages to families that did not arrive
    failing: list[str]  # of an administrator: ways of sending to families that do not work

    @property
    def waiting_messages(self) -> int:
        return sum(each.count for each in self.waiting)

    @property
    def newest(self) -> int:
        """Id of the newest alert on the strip; 0 when there is none."""
        return max((each.id or 0 for each in self.alerts), default=0)

    @property
    def version(self) -> str:
        """Changes when anything on the strip does, so that a page can ask "still the same?" every second."""
        alerts = [(each.id, each.sent_on) for each in self.alerts]
        waiting = [(each.conversation, each.count) for each in self.waiting]
        wishes = [(each.conversation, each.since.isoformat()) for each in self.wishes]
        families = self.unsent, self.failing
        seen = alerts, waiting, wishes, self.unanswered, self.no_mail_since, families
        return sha256(repr(seen).encode()).hexdigest()[:16]


def attention_for(session: Session, staff: StaffMember) -> Strip:
    found = alerts.attention(session, staff)
    return Strip(
        _new_alerts(session, staff) if found.new_alerts else [],
        found.waiting,
        found.wishes,
        access.escalated_for_office(session, staff) if staff.role == "administrator" else [],
        outbox.failing_since(session, staff.school_id) if staff.role in HEAR_OF_MAIL else None,
        access.unsent_to_families(session, staff),
        unsent.failing_ways(session, staff.school_id) if staff.role == "administrator" else [],
    )


def _new_alerts(session: Session, staff: StaffMember) -> list[NewAlert]:
    unread = access.alerts_unread_by(session, staff)
    sent_on = access.escalated_among(session, [alert.id for alert in unread])
    return [
        NewAlert(alert.id, alert.audience, alert.pupil_name, alert.created_at, alert.id in sent_on) for alert in unread
    ]
