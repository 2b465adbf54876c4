"""What adults add beside the words, never over them. Notes and verdicts are entries: a second one hides no first."""

from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, String, UniqueConstraint
from sqlmodel import Field

from api.models.record import Record, UtcTime, now

Verdict = Literal["confirmed", "corrected", "disputed"]


class Review(Record, table=True):
    """Who is to read a conversation, where that is not the pupil's trusted adult, and whether it needs a person who
    speaks its language. A conversation without a row is its trusted adult's.
    """

    conversation_id: str = Field(primary_key=True, foreign_key="conversation.id", ondelete="CASCADE")
    assigned_to_id: int | None = Field(default=None, foreign_key="staff_member.id", index=True)
    assigned_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    assigned_at: datetime | None = Field(default=None, sa_type=UtcTime)
    interpreter_needed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    interpreter_needed_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    interpreter_came_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ReviewNote(Record, table=True):
    __tablename__ = "review_note"

    id: int = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    staff_id: int = Field(foreign_key="staff_member.id")
    words: str
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
    form_id: str = Field(unique=True)  # of the form that sent it: sent again, it is stored once


class TagReview(Record, table=True):
    """What an adult thinks of a code that the computer put beside a stretch of words."""

    __tablename__ = "tag_review"

    id: int = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    turn_id: str = Field(foreign_key="turn.id", ondelete="CASCADE")
    start: int
    end: int
    code: str
    verdict: Verdict = Field(sa_type=String)
    corrected_to: str | None = None  # a code of the taxonomy; only with "corrected"
    staff_id: int = Field(foreign_key="staff_member.id")
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
    form_id: str = Field(unique=True)


class Expectation(Record, table=True):
    """What an adult thought they would hear, written before they opened the words."""

    __table_args__ = (UniqueConstraint("conversation_id", "staff_id"),)

    id: int = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE")
    staff_id: int = Field(foreign_key="staff_member.id")
    words: str = ""
    codes: list[str] = Field(default_factory=list, sa_type=JSON)  # factors of the taxonomy
    at: datetime = Field(default_factory=now, sa_type=UtcTime)


class LastReading(Record, table=True):
    """How far one member of staff has read one conversation."""

    __tablename__ = "last_reading"

    conversation_id: str = Field(primary_key=True, foreign_key="conversation.id", ondelete="CASCADE")
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id", ondelete="CASCADE")
    ordinal: int  # of the newest turn that was there
    at: datetime = Field(default_factory=now, sa_type=UtcTime)


class AdultView(Record, table=True):
    """What an adult at school sees as barriers, for the map beside the pupil's and the parents' voices. The newest of
    each adult counts.
    """

    __tablename__ = "adult_view"

    id: int = Field(default=None, primary_key=True)
    pupil_id: int = Field(foreign_key="pupil.id", ondelete="CASCADE", index=True)
    staff_id: int = Field(foreign_key="staff_member.id")
    codes: list[str] = Field(default_factory=list, sa_type=JSON)  # factors
    words: str = ""
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
    form_id: str = Field(unique=True)
