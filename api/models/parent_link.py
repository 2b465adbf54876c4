from datetime import datetime

from sqlmodel import Field

from api.models.record import Record, UtcTime, now


class ParentLink(Record, table=True):
    __tablename__ = "parent_link"

    id: int = Field(default=None, primary_key=True)
    conversation_id: str = Field(foreign_key="conversation.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True)
    code_hash: str | None = Field(default=None, index=True, unique=True)  # of the short code on the printed letter
    # the link whose code was typed on another device: it ends with it, and both go when the conversation goes
    made_by_code_of: int | None = Field(default=None, index=True)
    opened_at: datetime | None = Field(default=None, sa_type=UtcTime)  # first; that it arrived
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    language_chosen_at: datetime | None = Field(default=None, sa_type=UtcTime)
