from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlmodel import Field

from api.models.carer import Sendable
from api.models.record import Record, UtcTime, now


class Delivery(Record, table=True):
    """One message to a carer, stored in the transaction that wants it. It names what is to be sent, and holds no word
    of it: the words are made when it goes out.
    """

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    carer_id: int = Field(foreign_key="carer.id", ondelete="CASCADE", index=True)
    conversation_id: str | None = Field(default=None, foreign_key="conversation.id", ondelete="CASCADE", index=True)
    channel: Sendable = Field(sa_type=String)
    kind: str  # of api.services.reaching.deliveries.KINDS
    about: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # ids and codes only
    # what only the receiver may see, such as the token of a link: sealed (api.security.seal), gone once it was sent
    sealed: str | None = None
    key: str = Field(unique=True)  # what it is for: the same is never sent twice
    is_answer: bool = False  # to something they just did: goes out at any hour and counts against no limit
    created_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    due_at: datetime = Field(default_factory=now, sa_type=UtcTime, index=True)
    attempts: int = 0
    fault: str | None = None  # code of the last failure
    provider_id: str | None = Field(default=None, unique=True)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)  # taken by the mail server or the provider
    delivered_at: datetime | None = Field(default=None, sa_type=UtcTime)  # as the provider reports
    given_up_at: datetime | None = Field(default=None, sa_type=UtcTime)
