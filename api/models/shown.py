from typing import Any, Literal

from sqlalchemy import JSON, String, UniqueConstraint
from sqlmodel import Field

from api.models.record import Record

MessageKind = Literal["notice", "acknowledge", "question", "scaffold", "readback"]


class Shown(Record, table=True):
    """One message exactly as it stood on the screen."""

    __table_args__ = (UniqueConstraint("turn_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    turn_id: str = Field(foreign_key="turn.id", ondelete="CASCADE")  # the turn that it answered
    position: int
    response: str  # the bot's name for it, utter_...
    kind: MessageKind = Field(sa_type=String)
    topic: str | None = None
    text: str  # places filled, each filling inside U+2068 ... U+2069
    template: str
    language: str
    choices: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)  # {"code", "text"}
    multiple: bool = False
    quote: dict[str, Any] | None = Field(default=None, sa_type=JSON)  # {"turn", "start", "end"}
