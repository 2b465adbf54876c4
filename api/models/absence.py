from datetime import date, datetime
from typing import Literal

from sqlalchemy import JSON, String, UniqueConstraint
from sqlmodel import Field

from api.models.record import Record, UtcTime, now

# how it became known where a pupil is
Accounted = Literal["carer_answered", "carer_called", "seen", "visited", "other"]
AbsenceStepKind = Literal[
    "asked", "answered", "no_answer", "to_a_person", "called", "visit_asked", "visit_decided", "note"
]


class Absence(Record, table=True):
    """A pupil who is not there today, from the moment somebody noticed to the moment it is known where they are
    (practice 32).
    """

    __table_args__ = (UniqueConstraint("pupil_id", "day"),)

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    pupil_id: int = Field(foreign_key="pupil.id", ondelete="CASCADE")
    day: date
    started_by_id: int = Field(foreign_key="staff_member.id")
    started_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    next_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)  # when the next step is due by itself
    accounted_at: datetime | None = Field(default=None, sa_type=UtcTime)
    accounted_by_id: int | None = Field(default=None, foreign_key="staff_member.id")  # None: the product, by an answer
    accounted_how: Accounted | None = Field(default=None, sa_type=String)


class AbsenceStep(Record, table=True):
    """What was done to find out. Only ever added."""

    __tablename__ = "absence_step"

    id: int = Field(default=None, primary_key=True)
    absence_id: int = Field(foreign_key="absence.id", ondelete="CASCADE", index=True)
    kind: AbsenceStepKind = Field(sa_type=String)
    carer_id: int | None = Field(default=None, foreign_key="carer.id", ondelete="SET NULL")
    channel: str | None = None
    conversation_id: str | None = Field(default=None, foreign_key="conversation.id", ondelete="SET NULL")
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id")  # None: the product itself
    note: str = ""  # of a person, such as what a carer said on the telephone
    at: datetime = Field(default_factory=now, sa_type=UtcTime)
    key: str = Field(unique=True)  # of the form, or of what the product did: once


class Task(Record, table=True):
    """Something that only a person can do for a family, until somebody has done it."""

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    pupil_id: int = Field(foreign_key="pupil.id", ondelete="CASCADE", index=True)
    carer_id: int | None = Field(default=None, foreign_key="carer.id", ondelete="SET NULL")
    kind: str  # of api.services.reaching.tasks.KINDS
    about: dict[str, int | str] = Field(default_factory=dict, sa_type=JSON)  # ids and codes only
    for_id: int | None = Field(default=None, foreign_key="staff_member.id")  # None: whoever works with the pupil
    due_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
    done_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    note: str = ""  # of whoever did it
    key: str = Field(unique=True)
