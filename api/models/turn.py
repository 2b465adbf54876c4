from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, String, UniqueConstraint
from sqlmodel import Field

from api.models.record import Record, UtcTime, now

TurnKind = Literal["open", "say", "choose"]
TurnState = Literal["waiting", "answered", "refused"]
TurnChannel = Literal["page", "text", "whatsapp"]


class Turn(Record, table=True):
    """What a person said or picked, kept before the bot is asked. Offsets elsewhere are code points of `text`."""

    __table_args__ = (UniqueConstraint("conversation_id", "ordinal"),)

    id: str = Field(primary_key=True)  # made by the sender's device, so that sending twice counts once
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE")
    ordinal: int  # order of arrival in the conversation, from 0
    kind: TurnKind = Field(sa_type=String)
    text: str = ""
    choices: list[str] = Field(default_factory=list, sa_type=JSON)
    target: dict[str, Any] | None = Field(default=None, sa_type=JSON)  # {"turn", "start", "end"}
    # no foreign key: turn and shown point at each other, and both go when the conversation goes
    asked_shown_id: int | None = None
    language: str
    channel: TurnChannel = Field(default="page", sa_type=String)  # by which it came, and its answer goes
    state: TurnState = Field(default="waiting", sa_type=String, index=True)
    failures: int = 0  # times that the bot broke over it
    received_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    said_at: datetime | None = Field(default=None, sa_type=UtcTime)  # where it waited on the device for want of a line
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    reading: dict[str, Any] | None = Field(default=None, sa_type=JSON)

    @property
    def at(self) -> datetime:
        """When it was said, as far as anybody knows."""
        return self.said_at or self.received_at
