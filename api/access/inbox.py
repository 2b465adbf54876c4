"""Which conversations a member of staff still has to read, and which they have read. The database does the paging."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, case, col, func, literal, null, select

from api.access.reading import readable_by
from api.models import Conversation, LastReading, Pupil, Review, StaffMember, Turn
from api.models.record import UtcTime

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)

# the newest turn by its ordinal: an index knows it, whatever the length of the conversation
_LAST_SAID: ColumnElement[datetime | None] = (
    select(Turn.received_at)
    .where(Turn.conversation_id == Conversation.id)
    .where(Turn.kind != "open")
    .order_by(col(Turn.ordinal).desc())
    .limit(1)
    .correlate(Conversation)
    .scalar_subquery()
)
_review = aliased(Review)  # a name of its own: `readable_by` asks for reviews too
_given_to_id = func.coalesce(_review.assigned_to_id, Pupil.trusted_adult_id)
# as Held.responsible_id
_RESPONSIBLE_ID = case((col(Conversation.kept_from_id) == _given_to_id, null()), else_=_given_to_id)
# where nothing was said, neither is true
_IS_UNREAD = func.coalesce(Conversation.read_at, literal(BEFORE_ALL, UtcTime)) < _LAST_SAID
_IS_READ = col(Conversation.read_at) >= _LAST_SAID


@dataclass(frozen=True)
class Held:
    """A conversation in which something was said."""

    conversation: Conversation
    pupil: Pupil
    review: Review | None
    last_said: datetime

    @property
    def responsible_id(self) -> int | None:
        """Who is to read it; None: nobody yet. An adult whom an alert names reads nothing of the conversation."""
        given = self.review.assigned_to_id if self.review else None
        wanted = given or self.pupil.trusted_adult_id
        return None if wanted == self.conversation.kept_from_id else wanted


@dataclass(frozen=True)
class Shelf:
    """A page of a list, counted from 1; `mine`: only what the reader is to read."""

    mine: bool = False
    page: int = 1
    size: int = 25


def unread_conversations(session: Session, staff: StaffMember, shelf: Shelf) -> list[Held]:
    """With words that nobody has marked as read, the longest waiting first; one more than the page holds, if there
    are more.
    """
    return _held(session, staff, shelf, _IS_UNREAD, newest_first=False)


def read_conversations(session: Session, staff: StaffMember, shelf: Shelf) -> list[Held]:
    """In which nothing was said since they were read, the newest first; one more than the page holds, if there are."""
    return _held(session, staff, shelf, _IS_READ, newest_first=True)


def count_new_turns(session: Session, staff: StaffMember, conversation_ids: Collection[str]) -> dict[str, int]:
    """How many turns came since this reader last opened each of the conversations, which they were given."""
    found = session.exec(
        select(Turn.conversation_id, func.count(col(Turn.id)))
        .outerjoin(LastReading, _by(staff) & (col(LastReading.conversation_id) == Turn.conversation_id))
        .where(col(Turn.conversation_id).in_(conversation_ids))
        .where(Turn.kind != "open")
        .where(col(Turn.ordinal) > func.coalesce(LastReading.ordinal, -1))
        .group_by(col(Turn.conversation_id))
    )
    return dict(found.all())


def opened_before(session: Session, staff: StaffMember, conversation_ids: Collection[str]) -> set[str]:
    """Those of the conversations that this reader has opened at least once."""
    found = session.exec(
        select(LastReading.conversation_id)
        .where(_by(staff))
        .where(col(LastReading.conversation_id).in_(conversation_ids))
    )
    return set(found)


def _held(
    session: Session, staff: StaffMember, shelf: Shelf, wanted: ColumnElement[bool], *, newest_first: bool
) -> list[Held]:
    last_said = _LAST_SAID.label("last_said")
    query = (
        select(Conversation, Pupil, _review, last_said)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .outerjoin(_review, col(_review.conversation_id) == Conversation.id)
        .where(readable_by(staff))
        .where(col(Conversation.withdrawn_at).is_(None))
        .where(wanted)
        .order_by(last_said.desc() if newest_first else last_said, col(Conversation.id))
        .offset((shelf.page - 1) * shelf.size)
        .limit(shelf.size + 1)
    )
    if shelf.mine:
        query = query.where(_RESPONSIBLE_ID.in_([staff.id]))
    rows = session.exec(query).all()
    return [Held(held, pupil, review, said) for held, pupil, review, said in rows if said]


def _by(staff: StaffMember) -> ColumnElement[bool]:
    return col(LastReading.staff_id) == staff.id
