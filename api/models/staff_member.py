from datetime import datetime
from typing import Literal

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field

from api.models.record import Record, UtcTime, now

Role = Literal["trusted_adult", "safeguarding_lead", "attendance_lead", "administrator"]
SignInMethod = Literal["password", "provider"]


class StaffMember(Record, table=True):
    __tablename__ = "staff_member"

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    name: str
    email: str = Field(unique=True)  # lower case
    password_hash: str = ""  # empty: comes in by the school's own identity provider only
    pin_hash: str = ""  # empty: not chosen yet, so no tablet can be handed over
    role: Role = Field(sa_type=String)
    language: str = "en"
    totp_secret: str | None = None  # sealed with the installation's secret (api.security.seal)
    totp_step: int | None = None  # the last one that was used: a code that was seen must not work again
    feed_hash: str | None = Field(default=None, index=True, unique=True)  # of the address of their calendar feed
    left_at: datetime | None = Field(default=None, sa_type=UtcTime)  # cannot sign in any more; what they did stays


class StaffSession(Record, table=True):
    __tablename__ = "staff_session"

    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", ondelete="CASCADE", index=True)
    started_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    last_seen_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    method: SignInMethod = Field(default="password", sa_type=String)
    # False while only the password was right: such a session opens nothing but the page that asks for the code
    is_complete: bool = True
    device: str = ""  # browser and system, as the owner of the session would name them


class RecoveryCode(Record, table=True):
    """Signs in once in place of a code, when the phone is lost."""

    __tablename__ = "recovery_code"

    id: int = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", ondelete="CASCADE", index=True)
    code_hash: str
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ProviderIdentity(Record, table=True):
    """Who somebody is to the school's identity provider (OpenID Connect)."""

    __tablename__ = "provider_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", ondelete="CASCADE", index=True)
    issuer: str
    subject: str


class Invitation(Record, table=True):
    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    name: str
    email: str  # lower case
    role: Role = Field(sa_type=String)
    token_hash: str = Field(unique=True)
    invited_by_id: int = Field(foreign_key="staff_member.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
