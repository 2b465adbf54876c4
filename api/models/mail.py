from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from api.models.record import Record, UtcTime, now


class Mail(Record, table=True):
    """An e-mail that is to be sent, stored in the transaction that wants it. It holds no word that anybody said."""

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    staff_id: int = Field(foreign_key="staff_member.id", ondelete="CASCADE")
    kind: str
    about: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # ids and codes only
    key: str = Field(unique=True)  # what it is for: the same is never sent twice
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    due_at: datetime = Field(default_factory=now, sa_type=UtcTime, index=True)
    attempts: int = 0
    fault: str | None = None  # code of the last failure
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
    given_up_at: datetime | None = Field(default=None, sa_type=UtcTime)
