"""Whom a transaction stands for, as the policies of PostgreSQL know them (migration 0006): the second wall."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session, text

from api.access.opened import Opened
from api.database import EVERYTHING
from api.models import StaffMember

_STANDS_FOR = text("SELECT current_setting('pupil_voice.reader', true)")
_STAND_FOR = text("SELECT set_config('pupil_voice.reader', :reader, true)")


def as_staff(staff: StaffMember) -> str:
    return f"staff:{staff.id}"


def as_speaker(opened: Opened) -> str:
    """The one who talks in this conversation."""
    return f"conversation:{opened.conversation.id}"


@contextmanager
def as_the_product(session: Session) -> Iterator[None]:
    """For what somebody may count or pass on without reading it: only inside api.access, and only around statements
    that give no words back. What breaks in it is rolled back, and the setting with it.
    """
    if session.get_bind().dialect.name != "postgresql":
        yield
        return
    connection = session.connection()
    reader = connection.scalar(_STANDS_FOR)
    connection.execute(_STAND_FOR, {"reader": EVERYTHING})
    try:
        yield
        session.flush()
    except BaseException:
        session.rollback()
        raise
    connection.execute(_STAND_FOR, {"reader": reader})
