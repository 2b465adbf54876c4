"""What the same person told before, by codes alone: the interview takes it up instead of asking again (practice 15)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api import access
from api.agent import Earlier
from api.models import Audience, Conversation, StaffMember
from api.services.talk import withholding


@dataclass(frozen=True)
class Speaker:
    """Who told it. A carer who is not kept as one is known by their relation alone."""

    audience: Audience
    relation: str = ""
    carer_id: int | None = None

    def told(self, conversation: Conversation) -> bool:
        """What one carer told is not shown to another."""
        if conversation.audience != self.audience:
            return False
        if self.audience == "pupil":
            return True
        if self.carer_id:
            return conversation.carer_id == self.carer_id
        return bool(self.relation) and conversation.relation == self.relation


def held(session: Session, staff: StaffMember, pupil_id: int, speaker: Speaker) -> list[Conversation]:
    """The newest first. What this member of staff may not read is left out: of what an attendance lead starts, that is
    all but the summaries and lines that the speaker agreed to show to the school.
    """
    return [
        each
        for each in access.summaries_about(session, staff, pupil_id)
        if each.withdrawn_at is None and speaker.told(each)
    ]


def told(session: Session, staff: StaffMember, conversations: Sequence[Conversation]) -> Earlier:
    """`conversations`: the newest first."""
    topics: list[str] = []
    for conversation in conversations:
        topics += [topic for topic in _by_weight(_said(session, staff, conversation)) if topic not in topics]
    return Earlier(conversations=sum(each.state != "new" for each in conversations), topics=topics)


def display(conversations: Sequence[Conversation]) -> dict[str, str]:
    """How they liked their screen last: who needs large words needs them every time."""
    return dict(conversations[0].display) if conversations else {}


def _said(session: Session, staff: StaffMember, conversation: Conversation) -> list[dict[str, Any]]:
    opened = access.summary_for_staff(session, staff, conversation.id)
    summary = access.summary_in(session, opened)
    items = summary.content["items"] if summary else []
    return [item for item in items if item["status"] == "said" and withholding.may_show(opened, item)]


def _by_weight(items: list[dict[str, Any]]) -> list[str]:
    """Topics with worries first, then those with most lines."""
    worries = Counter(item["topic"] for item in items if item["section"] == "worries")
    lines = Counter(item["topic"] for item in items)
    return sorted(lines, key=lambda topic: (-worries[topic], -lines[topic]))
