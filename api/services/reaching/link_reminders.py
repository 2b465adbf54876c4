"""A link that nobody answered is brought to mind once, after three school days, and never again."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlmodel import Session

from api import access
from api.models import Carer, Delivery, ParentLink, Sendable, StaffMember
from api.services import audit
from api.services.reaching import deliveries, ways
from api.services.review.working_days import calendar_of, local_day
from api.services.talk.parent_links import sealed_again

AFTER = 3  # school days
EVERY = timedelta(hours=1)


def going_on(available: frozenset[Sendable], secret: str) -> Callable[[Session, datetime], None]:
    """A round of the scheduler; `secret` seals what opens the conversation."""

    def go_on(session: Session, at: datetime) -> None:
        for sent, carer, link, by in access.links_unanswered(session, at - timedelta(days=AFTER)):
            way = _way(sent, carer, available)
            if way and _is_time(session, sent, by, local_day(at)):
                _remind(session, sent, link, way, secret)

    return go_on


def is_due(session: Session, at: datetime) -> bool:
    return bool(access.links_unanswered(session, at - timedelta(days=AFTER)))


def _is_time(session: Session, sent: Delivery, by: StaffMember, today: date) -> bool:
    return bool(sent.sent_at) and calendar_of(session, by).after(local_day(sent.sent_at), AFTER) <= today  # type: ignore[arg-type]


def _way(sent: Delivery, carer: Carer, available: frozenset[Sendable]) -> Sendable | None:
    """What they wish now, or as it went before."""
    open_ones = ways.in_order(carer, available)
    return sent.channel if sent.channel in open_ones and carer.channel is None else next(iter(open_ones), None)


def _remind(session: Session, sent: Delivery, link: ParentLink, way: Sendable, secret: str) -> None:
    deliveries.post(
        session,
        school_id=sent.school_id,
        carer_id=sent.carer_id,
        conversation_id=sent.conversation_id,
        channel=way,
        kind="reminder",
        key=f"reminder-{sent.conversation_id}",
        about={"link": link.id},
        sealed=sealed_again(session, link, secret),
    )
    pupil_id = session.get_one(Carer, sent.carer_id).pupil_id
    about = ("conversation", sent.conversation_id)
    audit.append(session, sent.school_id, None, "link_reminded", *about, pupil_id=pupil_id, carer=sent.carer_id)
