from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from api.models.record import Record, UtcTime, now


class Summary(Record, table=True):
    """The newest summary of a conversation: codes and offsets only (tests/contract/summary.schema.json)."""

    conversation_id: str = Field(primary_key=True, foreign_key="conversation.id", ondelete="CASCADE")
    turn_id: str = Field(foreign_key="turn.id", ondelete="CASCADE")  # the turn it was made after
    content: dict[str, Any] = Field(sa_type=JSON)
    made_at: datetime = Field(default_factory=now, sa_type=UtcTime)
