from datetime import date, datetime
from typing import Literal

from sqlalchemy import String
from sqlmodel import Field

from api.models.conversation import Audience
from api.models.record import Record, UtcTime, now

Outcome = Literal["done", "partly", "could_not"]


class Promise(Record, table=True):
    """What an adult promised in reply to somebody's words, and what became of it: "You said … we did …" (practice 39).

    `kind` and `outcome` have sentences in every language; what is added in `words` stands in the language it was
    written in.
    """

    id: int = Field(default=None, primary_key=True)
    pupil_id: int = Field(foreign_key="pupil.id", ondelete="CASCADE", index=True)
    conversation_id: str | None = Field(default=None, foreign_key="conversation.id", ondelete="SET NULL")
    audience: Audience = Field(sa_type=String)  # to whom
    relation: str = ""  # to which carer, as in Conversation.relation
    kind: str  # of promises.yml
    words: str = ""
    words_language: str = "en"
    # the line of the summary that it answers; all or none
    turn_id: str | None = None
    start: int | None = None
    end: int | None = None
    owner_id: int = Field(foreign_key="staff_member.id", index=True)
    due_on: date
    made_by_id: int = Field(foreign_key="staff_member.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcTime)
    outcome: Outcome | None = Field(default=None, sa_type=String)
    outcome_words: str = ""
    outcome_language: str = "en"
    answered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    answered_by_id: int | None = Field(default=None, foreign_key="staff_member.id")
    told_at: datetime | None = Field(default=None, sa_type=UtcTime)  # when the answer stood on the speaker's screen
    version: int = 1  # a form that was made from an older one changes nothing
    form_id: str = Field(unique=True)
