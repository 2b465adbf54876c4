"""Everything that happened about one pupil's safety, in the order of time: for the school's safeguarding record.

It is put together from records that stay, so it can be read when the pupil, the conversation or the words were erased.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from api import access
from api.access import may_read
from api.errors import NotFound
from api.models import Audience, Pupil, Role, StaffMember, StepKind
from api.services import csv_table
from api.services.safeguarding import alerts
from api.services.safeguarding.alerts import AlertView, Told

# raised: an alert; read: by somebody who is no safeguarding lead; took_back: a speaker took words back or left a line
# out; withdrew, erased: a member of staff did so for the speaker
EventKind = Literal["raised", "read", "took_back", "withdrew", "erased"] | StepKind
TAKES_BACK = ("control:withdraw", "readback:leave_out")
# as they are called in the audit trail, which stays when a pupil is erased
WITHDRAWALS: dict[str, EventKind] = {"conversation_withdrawn": "withdrew", "pupil_erased": "erased"}


@dataclass(frozen=True)
class Event:
    at: datetime
    kind: EventKind
    alert: AlertView | None  # which it belongs to; of "raised": the alert itself, with words and question
    by: str = ""  # name of a member of staff; empty: the speaker or the product itself
    role: Role | None = None
    audience: Audience | None = None  # of "raised" and "took_back": which speaker
    note: str = ""
    told: Told | None = None  # of "told_in_person"


@dataclass(frozen=True)
class Chronology:
    """Plain data: pages, CSV and documents are made of it."""

    pupil_id: int
    pupil_name: str
    pupil_year: str
    is_erased: bool  # the pupil's row is gone; name and year are those of the newest alert
    events: tuple[Event, ...]  # the first first
    alerts: tuple[AlertView, ...]


def of_pupil(session: Session, lead: StaffMember, pupil_id: int) -> Chronology:
    """For a safeguarding lead of the pupil's school. Raises NotFound."""
    found = access.alerts_about(session, lead, pupil_id)
    pupil = _pupil(session, lead, pupil_id)
    if pupil is None and not found:
        raise NotFound
    views = alerts.views(session, lead, found)
    events = [event for view in views for event in _of_alert(view)]
    events += _taken_back(session, lead, pupil_id)
    events += _withdrawn(session, lead, pupil_id)
    name, year = (pupil.name, pupil.year) if pupil else (found[-1].pupil_name, found[-1].pupil_year)
    ordered = tuple(sorted(events, key=lambda event: event.at))
    return Chronology(pupil_id, name, year, pupil is None, ordered, tuple(views))


def of_alert(session: Session, lead: StaffMember, alert_id: int) -> Chronology:
    """Of one alert alone. Raises NotFound."""
    if not access.is_lead(lead):
        raise NotFound
    alert = access.alert_for_staff(session, lead, alert_id)
    (view,) = alerts.views(session, lead, [alert])
    is_erased = _pupil(session, lead, alert.pupil_id) is None
    return Chronology(alert.pupil_id, alert.pupil_name, alert.pupil_year, is_erased, tuple(_of_alert(view)), (view,))


def _pupil(session: Session, lead: StaffMember, pupil_id: int) -> Pupil | None:
    try:
        pupil = access.pupil_for(session, lead, pupil_id)
    except NotFound:
        return None
    return pupil if may_read(lead, pupil) else None


def _of_alert(view: AlertView) -> list[Event]:
    raised = Event(view.at, "raised", view, audience=view.audience)
    read = [
        Event(each.at, "read", view, each.name, each.role) for each in view.read_by if each.role != "safeguarding_lead"
    ]
    done = [Event(each.at, each.kind, view, each.name, each.role, None, each.note, each.told) for each in view.steps]
    return sorted([raised, *read, *done], key=lambda event: event.at)


def _taken_back(session: Session, lead: StaffMember, pupil_id: int) -> list[Event]:
    chosen = access.taken_back_by(session, lead, pupil_id)
    return [
        Event(turn.received_at, "took_back", None, audience=conversation.audience)
        for turn, conversation in chosen
        if set(TAKES_BACK) & set(turn.choices)
    ]


def _withdrawn(session: Session, lead: StaffMember, pupil_id: int) -> list[Event]:
    return [
        Event(entry.at, WITHDRAWALS[entry.act], None, by.name if by else "", by.role if by else None)
        for entry, by in access.entries_about(session, lead, pupil_id, WITHDRAWALS)
    ]


# ---- as a table for a safeguarding record ----

COLUMNS = (
    *("when", "event", "alert", "pupil_id", "pupil", "year", "speaker", "relation", "said_at", "words", "language"),
    *("picked", "question", "question_language", "place", "present", "by", "role", "note"),
    *("told_to", "told_by", "told_at"),
)


def as_csv(chronology: Chronology) -> bytes:
    """One row for each event; times in UTC (ISO 8601)."""
    return csv_table.as_csv(COLUMNS, (_row(chronology, event) for event in chronology.events))


def _row(chronology: Chronology, event: Event) -> Iterable[object]:
    about = (event.alert.id if event.alert else "", chronology.pupil_id, chronology.pupil_name, chronology.pupil_year)
    told = (event.told.to, event.told.by, event.told.at.isoformat(timespec="minutes")) if event.told else ("", "", "")
    done = (event.by, event.role or "", event.note, *told)
    return (event.at.isoformat(timespec="seconds"), event.kind, *about, event.audience or "", *_said(event), *done)


def _said(event: Event) -> tuple[str, ...]:
    alert = event.alert
    if event.kind != "raised" or alert is None:
        return ("",) * 9
    picked = ", ".join(each.text for each in alert.picked if each.text)
    asked = (alert.question.text, alert.question.language) if alert.question else ("", "")
    said_at = alert.at.isoformat(timespec="seconds")
    return (alert.relation, said_at, alert.words, alert.language, picked, *asked, alert.place, alert.present)
