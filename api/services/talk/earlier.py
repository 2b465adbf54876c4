"""What the same person told before, by codes alone: the interview takes it up instead of asking again (practice 15)."""

from collections import Counter
from typing import Any

from sqlmodel import Session

from api import access
from api.agent import Earlier
from api.models import Audience, Conversation, StaffMember


def told(session: Session, staff: StaffMember, pupil_id: int, audience: Audience, relation: str) -> Earlier:
    """What this member of staff may not read is not counted. Of parents and carers only the one of this relation: what
    one of them told is not shown to another.
    """
    held = [
        each
        for each in access.conversations_about(session, staff, pupil_id)
        if each.withdrawn_at is None
        and each.audience == audience
        and (audience == "pupil" or (relation and each.relation == relation))
    ]
    topics: list[str] = []
    for conversation in held:  # newest first
        topics += [topic for topic in _by_weight(_said(session, staff, conversation)) if topic not in topics]
    return Earlier(conversations=sum(each.state != "new" for each in held), topics=topics)


def _said(session: Session, staff: StaffMember, conversation: Conversation) -> list[dict[str, Any]]:
    opened = access.conversation_for_staff(session, staff, conversation.id)
    summary = access.summary_in(session, opened)
    return [item for item in summary.content["items"] if item["status"] == "said"] if summary else []


def _by_weight(items: list[dict[str, Any]]) -> list[str]:
    """Topics with worries first, then those with most lines."""
    worries = Counter(item["topic"] for item in items if item["section"] == "worries")
    lines = Counter(item["topic"] for item in items)
    return sorted(lines, key=lambda topic: (-worries[topic], -lines[topic]))
