"""What answers a turn that came by text goes out by text, in the transaction that stores the answer."""

from sqlmodel import Session

from api import access
from api.access import Opened
from api.models import Turn
from api.services.reaching import deliveries


def reply(session: Session, opened: Opened, turn: Turn) -> None:
    """Nothing for a turn of a page. The caller commits."""
    carer = access.carer_in(session, opened) if turn.channel != "page" else None
    if carer is None or turn.channel == "page":
        return
    deliveries.post(
        session,
        school_id=opened.school.id,
        carer_id=carer.id,
        conversation_id=opened.conversation.id,
        channel=turn.channel,
        kind="turn",
        about={"turn": turn.id},
        key=f"turn-{turn.id}",
        is_answer=True,
    )
