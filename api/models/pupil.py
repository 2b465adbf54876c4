from typing import Literal

from sqlalchemy import String
from sqlmodel import Field

from api.models.record import Record

AgeBand = Literal["5-7", "8-11", "12-16"]


class Pupil(Record, table=True):
    """Deleting the row deletes every word, summary and alert about the pupil, by cascade."""

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    name: str
    year: str
    age_band: AgeBand = Field(sa_type=String)
    language: str
    trusted_adult_id: int = Field(foreign_key="staff_member.id", index=True)
