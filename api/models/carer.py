from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, String
from sqlmodel import Field

from api.models.record import Record, UtcTime, now

# how a family can be reached; what a machine can send by is Sendable
Channel = Literal["text", "whatsapp", "email", "call", "letter"]
Sendable = Literal["text", "whatsapp", "email"]


class Carer(Record, table=True):
    """Somebody who cares for a pupil, and how they wish to be reached (practice 29, 31). Their words are not here."""

    id: int = Field(default=None, primary_key=True)
    pupil_id: int = Field(foreign_key="pupil.id", ondelete="CASCADE", index=True)
    relation: str  # to the pupil, in the words of whoever added them; shown to staff and on letters
    language: str
    phone: str = Field(default="", index=True)  # E.164, empty where none is known; two children may share one
    email: str = ""
    place: int = 0  # in the order in which they are asked, from 0
    # lives elsewhere: nothing goes to them before a safeguarding lead has agreed (practice 31)
    lives_apart: bool = False
    agreed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    agreed_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    # wishes, of reaching.yml; None or empty: they have not said
    channel: Channel | None = Field(default=None, sa_type=String)
    hours: list[str] = Field(default_factory=list, sa_type=JSON)  # parts of the day in which they may be reached
    at_most: int | None = None  # messages in seven days that they did not ask for
    hears: bool = False  # would rather listen than read
    interpreter: bool = False
    wished_at: datetime | None = Field(default=None, sa_type=UtcTime)
    wished_in_id: str | None = None  # conversation; no foreign key, since conversations point at carers
    word_hash: str = ""  # of the word agreed with the school; empty: a link alone opens
    stopped_at: datetime | None = Field(default=None, sa_type=UtcTime)  # said STOP to text messages
    left_at: datetime | None = Field(default=None, sa_type=UtcTime)  # cares no longer; what they said stays
    created_by_id: int = Field(foreign_key="staff_member.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)
