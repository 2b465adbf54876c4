"""The interview begins by text: its first turn waits like any other, and the answer to it goes out as messages."""

from sqlmodel import Session

from api.models import Conversation, Turn
from api.texting import Channel


def open_by_text(session: Session, conversation: Conversation, channel: Channel) -> None:
    """For a conversation that was just begun. The bot is asked once the caller has committed."""
    session.add(
        Turn(
            id=f"open-{conversation.id}",  # the same that a page would send, so that it happens once
            conversation_id=conversation.id,
            ordinal=0,
            kind="open",
            language=conversation.language,
            channel=channel,
        )
    )
