from datetime import date, datetime
from typing import Literal

from sqlalchemy import String
from sqlmodel import Field

from api.models.record import Record, UtcTime, now

# practice 33: check-ins with the pupil, contact with the family, meetings, a fresh word around each half term
ContactKind = Literal["check_in", "family_contact", "meeting", "half_term_start", "half_term_end"]
ContactOutcome = Literal["held", "missed", "cancelled"]


class PlannedContact(Record, table=True):
    """A day on which somebody at school means to talk with a pupil or their family, and what became of it."""

    __tablename__ = "planned_contact"

    id: int = Field(default=None, primary_key=True)
    pupil_id: int = Field(foreign_key="pupil.id", ondelete="CASCADE", index=True)
    kind: ContactKind = Field(sa_type=String)
    day: date = Field(index=True)
    minute: int | None = None  # of the day, by the school's clock; None: at any time
    carer_id: int | None = Field(default=None, foreign_key="carer.id", ondelete="SET NULL")
    owner_id: int = Field(foreign_key="staff_member.id", index=True)
    made_by_id: int = Field(foreign_key="staff_member.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    outcome: ContactOutcome | None = Field(default=None, sa_type=String)
    settled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    settled_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    conversation_id: str | None = Field(default=None, foreign_key="conversation.id", ondelete="SET NULL")
    version: int = 1  # a form that was made from an older one changes nothing; also the sequence of the calendar feed
    key: str = Field(unique=True)  # of the form and its place in the series


class HalfTerm(Record, table=True):
    """Days between two holidays: milestones at which pupils and families are asked anew (practice 33)."""

    __tablename__ = "half_term"

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    first_day: date
    last_day: date
    name: str = ""
