"""Messages to families that did not arrive: what staff see of them, and what they do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from api import access
from api.errors import Unfit
from api.models import Carer, Delivery, Pupil, Sendable, StaffMember
from api.services import audit
from api.services.reaching import deliveries, quiet, tasks, ways
from api.services.reaching.carers import check_way
from api.services.reaching.deliveries import State
from api.services.reaching.quiet import Hold, Hours
from api.services.reaching.wanted import INVITES
from api.services.talk.parent_links import sealed_again

# faults of the service, which no change of an address mends
OF_THE_SERVICE = ("unreachable", "not_signed_in", "not_encrypted", "not_set_up")
MENDABLE: tuple[State, ...] = ("trying", "failed")


@dataclass(frozen=True)
class Standing:
    """One message, as staff see it."""

    delivery: Delivery
    carer: Carer
    pupil: Pupil
    state: State
    hold: Hold | None  # why it waits, and until when
    other_ways: tuple[Sendable, ...]  # by which it could go instead

    @property
    def is_mendable(self) -> bool:
        return self.state in MENDABLE


@dataclass(frozen=True)
class Service:
    channel: Sendable
    state: Literal["off", "on", "failing"]
    since: datetime | None  # when it is failing


def listed(
    session: Session,
    staff: StaffMember,
    hours: Hours,
    available: frozenset[Sendable],
    at: datetime,
    *,
    is_open: bool,
    offset: int,
    limit: int,
) -> list[Standing]:
    """Newest first: those that wait or did not arrive, or else those that went out."""
    found = access.deliveries_for(session, staff, is_open=is_open, offset=offset, limit=limit)
    return [_standing(session, *each, hours, available, at) for each in found]


def services(session: Session, school_id: int, available: frozenset[Sendable]) -> list[Service]:
    """Whether each way of sending is set up, and goes."""
    failing: Mapping[str, datetime] = access.channels_refusing(session, school_id, OF_THE_SERVICE)
    return [
        Service(way, "off" if way not in available else "failing" if way in failing else "on", failing.get(way))
        for way in ways.ORDER
    ]


def failing_ways(session: Session, school_id: int) -> list[str]:
    """Ways of sending that do not work, whatever the address."""
    return sorted(access.channels_refusing(session, school_id, OF_THE_SERVICE))


def try_again(session: Session, staff: StaffMember, delivery_id: int, secret: str, at: datetime) -> None:
    """At once, by the same way. Twice is once. Unfit("no_link"): what it leads to is closed; NotToBeReached."""
    delivery, carer, pupil = access.delivery_for(session, staff, delivery_id)
    if deliveries.state_of(delivery) not in MENDABLE:
        return
    check_way(carer, delivery.channel)
    delivery.sealed = _sealed_anew(session, delivery, secret)
    deliveries.begin_again(session, delivery, at)
    _done(session, staff, delivery, pupil, "message_tried_again", at)


def by_another_way(
    session: Session, staff: StaffMember, delivery_id: int, way: Sendable, secret: str, at: datetime
) -> None:
    """Instead of the first, which is dropped. Twice is once. Unfit("no_link", "no_words"); NotToBeReached."""
    delivery, carer, pupil = access.delivery_for(session, staff, delivery_id)
    if deliveries.state_of(delivery) not in MENDABLE:
        return
    if delivery.kind not in INVITES:
        raise Unfit("no_words")
    check_way(carer, way)
    sealed = _sealed_anew(session, delivery, secret)
    deliveries.post(
        session,
        school_id=delivery.school_id,
        carer_id=carer.id,
        conversation_id=delivery.conversation_id,
        channel=way,
        kind=delivery.kind,
        key=f"{delivery.key}-by-{way}",
        about=delivery.about,
        sealed=sealed,
    )
    deliveries.give_up_quietly(session, delivery, at)
    _done(session, staff, delivery, pupil, "message_sent_otherwise", at, way=way)


def settle(session: Session, staff: StaffMember, delivery_id: int, at: datetime) -> None:
    """Somebody saw to it another way, such as by ringing: it is not tried again, and is no longer shown as failed."""
    delivery, _, pupil = access.delivery_for(session, staff, delivery_id)
    if deliveries.state_of(delivery) not in MENDABLE:
        return
    deliveries.give_up_quietly(session, delivery, at)
    _done(session, staff, delivery, pupil, "message_settled", at)


def _standing(
    session: Session,
    delivery: Delivery,
    carer: Carer,
    pupil: Pupil,
    hours: Hours,
    available: frozenset[Sendable],
    at: datetime,
) -> Standing:
    state = deliveries.state_of(delivery)
    hold = quiet.hold(session, delivery, carer, at, hours) if state == "waiting" else None
    others: list[Sendable] = []
    if state in MENDABLE and delivery.kind in INVITES:
        others = [way for way in ways.in_order(carer, available) if way != delivery.channel]
    return Standing(delivery, carer, pupil, state, hold, tuple(others))


def _sealed_anew(session: Session, delivery: Delivery, secret: str) -> str | None:
    """Once it was sent, nobody can read the address of its link any more."""
    if delivery.kind not in INVITES or delivery.sealed:
        return delivery.sealed
    link = access.open_link_to(session, delivery)
    if link is None:
        raise Unfit("no_link")
    return sealed_again(session, link, secret)


def _done(
    session: Session, staff: StaffMember, delivery: Delivery, pupil: Pupil, act: str, at: datetime, **details: str
) -> None:
    tasks.close(session, deliveries.task_key(session, delivery), staff, at)
    about = ("message", delivery.id)
    audit.record(session, staff, act, *about, pupil_id=pupil.id, carer=delivery.carer_id, **details)
    session.commit()
