"""Taking back a whole conversation: every word in it goes, and every note about the words."""

from sqlmodel import Session, col, delete, select, update

from api.access.opened import Opened
from api.access.progress import conversation_to_change
from api.access.standing import as_the_product
from api.models import (
    Expectation,
    HandOver,
    LastReading,
    ParentLink,
    Promise,
    Record,
    ReviewNote,
    Shown,
    Summary,
    TagReview,
    Turn,
    TurnState,
    now,
)

# the turns last: the others point at them
ERASED: tuple[type[Record], ...] = (TagReview, ReviewNote, Expectation, LastReading, Summary, Shown, Turn)


def erase_words_of(session: Session, opened: Opened) -> None:
    """The row of the conversation stays, so that nobody wonders where it went; alerts stay whole (practice 26). The
    caller commits.
    """
    conversation = conversation_to_change(session, opened)
    conversation.withdrawn_at = now()
    conversation.wants_person_at = None
    conversation.topic = None
    conversation.told_before = []
    session.add(conversation)
    with as_the_product(session):  # also what others wrote beside the words, which whoever withdraws does not see
        for table in ERASED:
            here = col(table.conversation_id) == conversation.id  # type: ignore[attr-defined]
            session.exec(delete(table).where(here))
        _quote_nothing(session, conversation.id)
    _close_doors(session, conversation.id)


def has_unscreened_words(session: Session, opened: Opened, *states: TurnState) -> bool:
    """Something waits for the screen ("waiting"), or was given to people to read ("refused")."""
    waiting = (
        select(Turn.id)
        .where(Turn.conversation_id == opened.conversation.id)
        .where(col(Turn.state).in_(states))
        .where(Turn.kind != "open")
    )
    return session.exec(waiting.limit(1)).first() is not None


def _quote_nothing(session: Session, conversation_id: str) -> None:
    """What was promised holds, but no longer leads to a line."""
    promised = col(Promise.conversation_id) == conversation_id
    session.exec(update(Promise).where(promised).values(turn_id=None, start=None, end=None))


def _close_doors(session: Session, conversation_id: str) -> None:
    link = (col(ParentLink.conversation_id) == conversation_id) & col(ParentLink.revoked_at).is_(None)
    session.exec(update(ParentLink).where(link).values(revoked_at=now()))
    tablet = (col(HandOver.conversation_id) == conversation_id) & col(HandOver.ended_at).is_(None)
    session.exec(update(HandOver).where(tablet).values(ended_at=now(), code_hash=None))
