from datetime import datetime
from typing import Literal

from sqlalchemy import String
from sqlmodel import Field

from api.models.record import Record, UtcTime

Role = Literal["trusted_adult", "safeguarding_lead", "attendance_lead", "administrator"]


class StaffMember(Record, table=True):
    __tablename__ = "staff_member"

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    name: str
    email: str = Field(unique=True)  # lower case
    password_hash: str
    pin_hash: str
    role: Role = Field(sa_type=String)
    language: str = "en"


class StaffSession(Record, table=True):
    __tablename__ = "staff_session"

    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", ondelete="CASCADE", index=True)
    expires_at: datetime = Field(sa_type=UtcTime)
