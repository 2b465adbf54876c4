from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlmodel import Field

from api.models.record import Record, UtcTime, now
from api.models.staff_member import Role


class Alert(Record, table=True):
    """Someone may not be safe. The words themselves are the turn's; nothing is interpreted (practice 23)."""

    id: int = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    turn_id: str = Field(foreign_key="turn.id", ondelete="CASCADE", unique=True)  # one alert a turn
    codes: list[str] = Field(sa_type=JSON)
    spans: list[dict[str, Any]] = Field(sa_type=JSON)  # {"code", "start", "end", "confidence"}
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)


class AlertAcknowledgement(Record, table=True):
    """One reader has read one alert; it speaks for nobody else."""

    __tablename__ = "alert_acknowledgement"

    alert_id: int = Field(primary_key=True, foreign_key="alert.id", ondelete="CASCADE")
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    role: Role = Field(sa_type=String)  # in which it was read: people change posts, the record does not
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
