"""What an adult does with words: reads them, gives them to a colleague, notes, asks for an interpreter. Each is an
entry beside the words; nothing here changes them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import EmptyTurn, NotFound
from api.models import Conversation, LastReading, Review, ReviewNote, StaffMember, now
from api.services import audit
from api.services.talk.words import clean_and_check


@dataclass(frozen=True)
class NoteView:
    by: str
    at: datetime
    words: str


def notes(session: Session, opened: Opened) -> list[NoteView]:
    """Every reviewer's, the first to be written first; none for who reads only the summary."""
    if not opened.whole:
        return []
    return [NoteView(by.name, entry.at, entry.words) for entry, by in access.notes_in(session, opened)]


def add_note(session: Session, staff: StaffMember, conversation_id: str, words: str, form_id: str) -> None:
    """Two reviewers at once both keep their text; the same form twice is stored once. Nothing typed is no note."""
    opened = access.conversation_for_staff(session, staff, conversation_id)
    access.conversation_to_change(session, opened)
    try:
        typed = clean_and_check(words)
    except EmptyTurn:
        return
    if access.was_sent(session, opened, ReviewNote, form_id):
        return
    session.add(ReviewNote(conversation_id=conversation_id, staff_id=staff.id, words=typed, form_id=form_id))
    _record(session, staff, "note_added", opened)
    session.commit()


def open_summary(session: Session, staff: StaffMember, conversation_id: str) -> int | None:
    """Notes that this reader has now seen everything that is there. Returns the ordinal up to which they had seen it
    before; None: they open it for the first time.
    """
    opened = access.summary_for_staff(session, staff, conversation_id)
    before = access.last_reading_of(session, staff, opened)
    seen = before.ordinal if before else None
    _has_read(session, staff, opened, access.newest_ordinal_in(session, opened))
    _record(session, staff, "summary_read", opened)
    session.commit()
    return seen


def mark_read(session: Session, staff: StaffMember, conversation_id: str, until: int | None = None) -> None:
    """The promise to read is kept (practice 39) for the words up to this ordinal, those that stood on the reader's
    page; what came later is unread still. None: for all.
    """
    opened = access.conversation_for_staff(session, staff, conversation_id)
    conversation = access.conversation_to_change(session, opened)
    turns = access.turns_in(session, opened)
    seen = [turn for turn in turns if until is None or turn.ordinal <= until]
    if not seen:
        return
    read_at = now() if len(seen) == len(turns) else seen[-1].received_at
    conversation.read_at = max(read_at, conversation.read_at or read_at)  # a page from before takes nothing back
    conversation.read_by_id = staff.id
    session.add(conversation)
    _has_read(session, staff, opened, seen[-1].ordinal)
    _record(session, staff, "summary_marked_read", opened)
    session.commit()


def may_assign(session: Session, staff: StaffMember, opened: Opened) -> bool:
    """The safeguarding lead, and the trusted adult as long as nobody may be unsafe: then it is the lead's alone."""
    if not access.may_read(staff, opened.pupil):
        return False
    return access.is_lead(staff) or not access.raised_an_alert(session, opened)


def assign(session: Session, staff: StaffMember, conversation_id: str, to_id: int | None) -> None:
    """To a colleague, who may then read it; None: back to the pupil's trusted adult."""
    opened = access.conversation_for_staff(session, staff, conversation_id)
    conversation = access.conversation_to_change(session, opened)
    if not may_assign(session, staff, opened) or to_id not in (None, *_reviewers(session, opened)):
        raise NotFound
    given_to = None if to_id == opened.adult.id else to_id
    review = _review_of(session, opened, conversation)
    if review.assigned_to_id == given_to:
        return
    review.assigned_to_id, review.assigned_by_id, review.assigned_at = given_to, staff.id, now()
    session.add(review)
    _record(session, staff, "review_assigned", opened, to=given_to or opened.adult.id)
    session.commit()


def ask_for_interpreter(session: Session, staff: StaffMember, conversation_id: str) -> None:
    """Somebody has to come who speaks the language of these words; asked twice, the first time stays."""
    opened = access.conversation_for_staff(session, staff, conversation_id)
    review = _review_of(session, opened, access.conversation_to_change(session, opened))
    if review.interpreter_needed_at and not review.interpreter_came_at:
        return
    review.interpreter_needed_at, review.interpreter_needed_by_id = now(), staff.id
    review.interpreter_came_at = None
    session.add(review)
    _record(session, staff, "interpreter_needed", opened)
    session.commit()


def interpreter_came(session: Session, staff: StaffMember, conversation_id: str) -> None:
    opened = access.conversation_for_staff(session, staff, conversation_id)
    review = _review_of(session, opened, access.conversation_to_change(session, opened))
    if review.interpreter_needed_at is None or review.interpreter_came_at:
        return
    review.interpreter_came_at = now()
    session.add(review)
    _record(session, staff, "interpreter_came", opened)
    session.commit()


def _review_of(session: Session, opened: Opened, conversation: Conversation) -> Review:
    """The caller holds the conversation's row, so that two cannot make the first entry at once."""
    return access.review_of(session, opened) or Review(conversation_id=conversation.id)


def _reviewers(session: Session, opened: Opened) -> list[int]:
    return [each.id for each in access.reviewers_for(session, opened)]


def _has_read(session: Session, staff: StaffMember, opened: Opened, ordinal: int | None) -> None:
    """Never goes back: an old page may be sent after a newer one was opened."""
    access.conversation_to_change(session, opened)
    if ordinal is None:
        return
    reading = access.last_reading_of(session, staff, opened)
    if reading is None:
        reading = LastReading(conversation_id=opened.conversation.id, staff_id=staff.id, ordinal=ordinal)
    reading.ordinal, reading.at = max(reading.ordinal, ordinal), now()
    session.add(reading)


def _record(session: Session, staff: StaffMember, act: str, opened: Opened, **details: object) -> None:
    about = opened.conversation
    audit.record(session, staff, act, "conversation", about.id, pupil_id=about.pupil_id, **details)
