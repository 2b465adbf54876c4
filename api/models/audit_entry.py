from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from api.models.record import Record, UtcTime, now


class AuditEntry(Record, table=True):
    """Who read, changed, exported or acknowledged what. Rows are only ever added, and each carries the hash of the one
    before it in its school. Ids and codes only: it outlives the words, and must hold none.
    """

    __tablename__ = "audit_entry"

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", index=True)
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
    staff_id: int | None = None  # None: the product itself
    act: str
    about: str = ""  # kind of thing
    about_id: str = ""
    pupil_id: int | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous_hash: str
    hash: str = Field(unique=True)
