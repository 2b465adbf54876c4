from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, String
from sqlmodel import Field

from api.models.pupil import AgeBand
from api.models.record import Record, UtcTime, now

Audience = Literal["pupil", "parent"]
InterviewState = Literal["new", "asking", "paused", "reading_back", "finished", "alerted"]


class Conversation(Record, table=True):
    id: str = Field(primary_key=True)  # random, and the name that the bot knows it by
    pupil_id: int = Field(foreign_key="pupil.id", ondelete="CASCADE", index=True)
    audience: Audience = Field(sa_type=String)
    guide: str
    age_band: AgeBand | None = Field(default=None, sa_type=String)
    pattern: str | None = None  # a time that the adult chose to explore, of `patterns` in guides.yml
    # of earlier conversations of the same person, as it was when this one was started; the bot is always told the same
    conversations_before: int = 0
    told_before: list[str] = Field(default_factory=list, sa_type=JSON)  # topics
    language: str
    state: InterviewState = Field(default="new", sa_type=String)  # as the bot last said it
    topic: str | None = None
    done: int = 0
    of: int = 0
    started_by_id: int = Field(foreign_key="staff_member.id")
    present: str = ""  # who was in the room, in the words of the adult who started it
    place: str = ""
    relation: str = ""  # of a carer to the pupil, in the words of who made the link; empty for a pupil
    carer_id: int | None = Field(default=None, index=True)  # who it is with; both go when the pupil goes
    display: dict[str, str] = Field(
        default_factory=dict, sa_type=JSON
    )  # how the speaker likes their screen, of display.py
    wants_person_at: datetime | None = Field(default=None, sa_type=UtcTime)
    person_came_at: datetime | None = Field(default=None, sa_type=UtcTime)
    person_came_id: int | None = Field(default=None, foreign_key="staff_member.id")
    read_at: datetime | None = Field(default=None, sa_type=UtcTime)  # the summary, by a member of staff (practice 39)
    read_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    # the adult whom the words behind an alert name: an allegation never goes to the one it is about
    kept_from_id: int | None = Field(default=None, foreign_key="staff_member.id")
    # the speaker heard it read back and agreed to show it; None: only the trusted adult and the lead may read it
    agreed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcTime)  # taken back as a whole: no words are left
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)
