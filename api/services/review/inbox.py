"""What waits to be read, by the day on which it is due, and what was read already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from sqlmodel import Session

from api import access
from api.access import Held, Shelf
from api.models import Audience, Review, StaffMember
from api.services.review.working_days import Calendar, calendar_of

Urgency = Literal["overdue", "today", "later"]
PAGE_SIZE = 25


@dataclass(frozen=True)
class Wanted:
    mine: bool = False
    page: int = 1  # of what waits
    read_page: int = 1


@dataclass(frozen=True)
class InboxLine:
    conversation: str
    pupil: str
    audience: Audience
    relation: str
    language: str
    said_at: datetime
    due: date
    urgency: Urgency | None  # None: read, and nothing new since
    responsible: str | None  # None: nobody yet
    new: int  # messages since this reader last opened it
    opened_before: bool  # by this reader
    alerted: bool
    wants_person: bool
    needs_interpreter: bool


@dataclass(frozen=True)
class Inbox:
    unread: list[InboxLine]  # the most urgent first
    read: list[InboxLine]
    more_unread: bool
    more_read: bool

    @property
    def version(self) -> str:
        """Changes when anything in the list does, so that an open page can ask "still the same?"."""
        return sha256(repr((self.unread, self.read, self.more_unread, self.more_read)).encode()).hexdigest()[:16]


def listed(session: Session, staff: StaffMember, wanted: Wanted, today: date) -> Inbox:
    unread = access.unread_conversations(session, staff, Shelf(wanted.mine, wanted.page, PAGE_SIZE))
    read = access.read_conversations(session, staff, Shelf(wanted.mine, wanted.read_page, PAGE_SIZE))
    shown = [*unread[:PAGE_SIZE], *read[:PAGE_SIZE]]
    ids = [each.conversation.id for each in shown]
    beside = _Beside(
        calendar_of(session, staff),
        {each.id: each.name for each in access.colleagues_of(session, staff)},
        access.count_new_turns(session, staff, ids),
        access.opened_before(session, staff, ids),
    )
    return Inbox(
        [_line(each, beside, today) for each in unread[:PAGE_SIZE]],
        [_line(each, beside, None) for each in read[:PAGE_SIZE]],
        len(unread) > PAGE_SIZE,
        len(read) > PAGE_SIZE,
    )


@dataclass(frozen=True)
class _Beside:
    """What the lines of one page share."""

    calendar: Calendar
    names: Mapping[int, str]
    new: Mapping[str, int]
    opened: Collection[str]


def _line(held: Held, beside: _Beside, today: date | None) -> InboxLine:
    conversation, due = held.conversation, beside.calendar.due(held.last_said)
    return InboxLine(
        conversation.id,
        held.pupil.name,
        conversation.audience,
        conversation.relation,
        conversation.language,
        held.last_said,
        due,
        _urgency(due, today) if today else None,
        beside.names.get(held.responsible_id or 0),
        beside.new.get(conversation.id, 0),
        conversation.id in beside.opened,
        conversation.state == "alerted",
        conversation.wants_person_at is not None and conversation.person_came_at is None,
        needs_interpreter(held.review),
    )


def needs_interpreter(review: Review | None) -> bool:
    return review is not None and review.interpreter_needed_at is not None and review.interpreter_came_at is None


def _urgency(due: date, today: date) -> Urgency:
    if due < today:
        return "overdue"
    return "today" if due == today else "later"
