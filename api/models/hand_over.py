from datetime import datetime

from sqlmodel import Field

from api.models.record import Record, UtcTime


class HandOver(Record, table=True):
    """A tablet given to a pupil: first a code that waits to be typed, then the tablet's own session."""

    __tablename__ = "hand_over"

    id: int = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    staff_id: int = Field(foreign_key="staff_member.id", ondelete="CASCADE")
    code_hash: str | None = Field(default=None, unique=True)  # gone once it was typed
    token_hash: str | None = Field(default=None, unique=True)
    expires_at: datetime = Field(sa_type=UtcTime)  # of the code, then of the tablet's session
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
