from datetime import datetime

from sqlmodel import Field

from api.models.record import Record, UtcTime, now


class Attempt(Record, table=True):
    """A wrong password, code or PIN, counted against a hashed name of who tried."""

    id: int = Field(default=None, primary_key=True)
    who_hash: str = Field(index=True)
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
