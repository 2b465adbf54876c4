from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, String
from sqlmodel import Field

from api.models.conversation import Audience
from api.models.record import Record, UtcTime, now
from api.models.staff_member import Role

# what a safeguarding lead does with an alert; the last of the first four is its state
StepKind = Literal["acknowledged", "acting", "closed", "reopened", "told_in_person", "note", "escalated"]


class Alert(Record, table=True):
    """Someone may not be safe: the record of it, complete in itself, because it stays when the conversation, the pupil
    or the words are erased (practice 26). Nothing is interpreted (practice 23), and the database refuses to change it.
    """

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    conversation_id: str | None = Field(default=None, foreign_key="conversation.id", ondelete="SET NULL", index=True)
    turn_id: str | None = Field(default=None, foreign_key="turn.id", ondelete="SET NULL", unique=True)  # one a turn
    pupil_id: int = Field(index=True)  # no foreign key: it outlives the pupil's row
    pupil_name: str
    pupil_year: str
    audience: Audience = Field(sa_type=String)  # who said it
    relation: str = ""
    codes: list[str] = Field(sa_type=JSON)
    spans: list[dict[str, Any]] = Field(sa_type=JSON)  # {"code", "start", "end", "confidence"}
    words: str
    picked: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # {"code", "text", "language"}
    language: str
    question: dict[str, Any] | None = Field(default=None, sa_type=JSON)  # {"text", "language", "choices"}
    asked_before: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # {"text", "language", "at"}
    place: str = ""
    present: str = ""
    adult_id: int  # whom the pupil trusted then
    kept_from_id: int | None = None  # the adult whom the words name; may become known later
    said_at: datetime = Field(sa_type=UtcTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)


class AlertAcknowledgement(Record, table=True):
    """One reader has read one alert; it speaks for nobody else."""

    __tablename__ = "alert_acknowledgement"

    alert_id: int = Field(primary_key=True, foreign_key="alert.id", ondelete="CASCADE")
    staff_id: int = Field(primary_key=True, foreign_key="staff_member.id")
    role: Role = Field(sa_type=String)  # in which it was read: people change posts, the record does not
    at: datetime = Field(default_factory=now, sa_type=UtcTime)


class AlertStep(Record, table=True):
    """One step of what was done about an alert: who, when, what. Only ever added."""

    __tablename__ = "alert_step"

    id: int = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True)
    kind: StepKind = Field(sa_type=String)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id")  # None: the product itself
    role: Role | None = Field(default=None, sa_type=String)
    note: str = ""
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
    form_id: str = Field(unique=True)
