"""What adults at school must see at once: alerts, turns that nobody has screened yet, wishes for a person."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Literal, cast

from sqlmodel import Session

from api import access
from api.models import Alert, AlertAcknowledgement, AlertStep, Audience, Pupil, Role, StaffMember, StepKind, Turn, now
from api.services.direction import direction
from api.services.talk.questions import ChoiceView, Picked

SCREENED_WITHIN = timedelta(seconds=3)

AlertState = Literal["new", "acknowledged", "acting", "closed", "reopened"]
STATES: tuple[AlertState, ...] = ("new", "reopened", "acknowledged", "acting", "closed")  # the most urgent first
# to which states a safeguarding lead may bring an alert; a false alarm need not be acted on, but a note says why
FOLLOWS: dict[AlertState, tuple[AlertState, ...]] = {
    "new": ("acknowledged",),
    "acknowledged": ("acting", "closed"),
    "acting": ("closed",),
    "closed": ("reopened",),
    "reopened": ("acting", "closed"),
}


@dataclass(frozen=True)
class ReadBy:
    name: str
    role: Role  # at that time
    at: datetime


@dataclass(frozen=True)
class Told:
    """Face to face: to whom, by whom, when."""

    to: str
    by: str
    at: datetime


@dataclass(frozen=True)
class StepView:
    id: int
    kind: StepKind
    name: str  # empty: the product itself
    role: Role | None
    note: str
    told: Told | None
    at: datetime


@dataclass(frozen=True)
class AskedView:
    """A question as it stood on the screen, from the record."""

    text: str
    language: str
    direction: str
    choices: list[ChoiceView]
    at: datetime | None = None


@dataclass(frozen=True)
class AlertView:
    """The exact words, the exact question, when, where and who was there; no interpretation (practice 23)."""

    id: int
    state: AlertState  # what safeguarding leads did; that others have read it changes nothing
    unread: bool  # by the one who asks
    read_by: list[ReadBy]  # the first to read first
    steps: list[StepView]  # the first first
    codes: list[str]
    words: str
    picked: list[Picked]
    spans: list[dict[str, object]]
    language: str
    direction: str
    question: AskedView | None
    asked_before: list[AskedView]
    at: datetime
    place: str
    present: str
    audience: Audience
    relation: str
    pupil_id: int
    pupil_name: str
    conversation: str | None  # None: erased since
    turn: str | None


@dataclass(frozen=True)
class Waiting:
    conversation: str
    pupil: Pupil
    turn: str  # the first that waits
    count: int
    since: datetime


@dataclass(frozen=True)
class Wish:
    """Somebody has asked to talk to a person."""

    conversation: str
    audience: Audience
    pupil: Pupil
    since: datetime


@dataclass(frozen=True)
class Attention:
    new_alerts: int  # that the one who asks has not acknowledged
    waiting: list[Waiting]
    wishes: list[Wish]


def listed(session: Session, staff: StaffMember, after: int = 0) -> list[AlertView]:
    """Newest first, those with a later id than `after`."""
    return views(session, staff, access.alerts_for(session, staff, after))


def get(session: Session, staff: StaffMember, alert_id: int) -> AlertView:
    (view,) = views(session, staff, [access.alert_for_staff(session, staff, alert_id)])
    return view


def state_of(steps: Iterable[AlertStep]) -> AlertState:
    """A second lead's acknowledgement does not take back what was done since the first."""
    state: AlertState = "new"
    for step in steps:
        if step.kind in FOLLOWS[state]:
            state = cast("AlertState", step.kind)
    return state


def attention(session: Session, staff: StaffMember) -> Attention:
    unscreened = access.unscreened_for(session, staff, now() - SCREENED_WITHIN)
    wishes = [
        Wish(conversation.id, conversation.audience, pupil, conversation.wants_person_at)
        for conversation, pupil in access.wishes_for(session, staff)
        if conversation.wants_person_at
    ]
    return Attention(access.count_alerts_for(session, staff), _waiting(unscreened), wishes)


def _waiting(unscreened: Iterable[tuple[Turn, Pupil]]) -> list[Waiting]:
    by_conversation = sorted(unscreened, key=lambda pair: (pair[0].conversation_id, pair[0].ordinal))
    found = []
    for conversation_id, group in groupby(by_conversation, lambda pair: pair[0].conversation_id):
        pairs = list(group)
        first, pupil = pairs[0]
        found.append(Waiting(conversation_id, pupil, first.id, len(pairs), first.received_at))
    return sorted(found, key=lambda waiting: waiting.since)


def views(session: Session, staff: StaffMember, alerts: Sequence[Alert]) -> list[AlertView]:
    """Of alerts that this reader was given."""
    read: dict[int, list[tuple[AlertAcknowledgement, StaffMember]]] = {}
    for acknowledgement, reader in access.acknowledgements_of(session, alerts):
        read.setdefault(acknowledgement.alert_id, []).append((acknowledgement, reader))
    done: dict[int, list[tuple[AlertStep, StaffMember | None]]] = {}
    for step, by in access.steps_of(session, alerts):
        done.setdefault(step.alert_id, []).append((step, by))
    return [_view(staff, alert, read.get(alert.id, []), done.get(alert.id, [])) for alert in alerts]


def _view(
    staff: StaffMember,
    alert: Alert,
    read: Sequence[tuple[AlertAcknowledgement, StaffMember]],
    done: Sequence[tuple[AlertStep, StaffMember | None]],
) -> AlertView:
    read_by = [ReadBy(reader.name, acknowledgement.role, acknowledgement.at) for acknowledgement, reader in read]
    return AlertView(
        alert.id,
        _state(alert, read, done),
        staff.id not in {reader.id for _, reader in read},
        read_by,
        [_step(step, by) for step, by in done],
        alert.codes,
        alert.words,
        [Picked(**each) for each in alert.picked],
        alert.spans,
        alert.language,
        direction(alert.language),
        _asked(alert.question) if alert.question else None,
        [_asked(each) for each in alert.asked_before],
        alert.said_at,
        alert.place,
        alert.present,
        alert.audience,
        alert.relation,
        alert.pupil_id,
        alert.pupil_name,
        alert.conversation_id,
        alert.turn_id,
    )


def _asked(question: Mapping[str, Any]) -> AskedView:
    at = datetime.fromisoformat(question["at"]) if "at" in question else None
    choices = [ChoiceView(**choice) for choice in question.get("choices", [])]
    return AskedView(question["text"], question["language"], direction(question["language"]), choices, at)


def _state(
    alert: Alert,
    read: Iterable[tuple[AlertAcknowledgement, StaffMember]],
    done: Iterable[tuple[AlertStep, StaffMember | None]],
) -> AlertState:
    """Whom the words turned out to name has answered for nobody. Alerts of before there were steps were acknowledged
    without one.
    """
    state = state_of(step for step, _ in done if not _is_named(alert, step.staff_id))
    by_a_lead = [each for each, _ in read if each.role == "safeguarding_lead" and not _is_named(alert, each.staff_id)]
    return "acknowledged" if state == "new" and by_a_lead else state


def _is_named(alert: Alert, staff_id: int | None) -> bool:
    return staff_id is not None and staff_id == alert.kept_from_id


def _step(step: AlertStep, by: StaffMember | None) -> StepView:
    told = json.loads(step.note) if step.kind == "told_in_person" else None
    return StepView(
        step.id,
        step.kind,
        by.name if by else "",
        step.role,
        "" if told else step.note,
        Told(told["to"], told["by"], datetime.fromisoformat(told["at"])) if told else None,
        step.at,
    )
