"""Words that waited on a device while it had no line: whose conversation they go to, after the door may have closed."""

from sqlmodel import Session, bindparam, col, select

from api.access.carers import their_carer_may_be_reached
from api.access.opened import Opened, open_conversation
from api.errors import LinkNotOpen, NotFound, Withdrawn
from api.models import Carer, Conversation, HandOver, ParentLink

_CONVERSATION = select(Conversation).where(Conversation.id == bindparam("conversation"))
# ended or expired makes no difference: what was said while the door was open was said
_HAND_OVER = (
    select(HandOver)
    .where(HandOver.id == bindparam("door"))
    .where(HandOver.conversation_id == bindparam("conversation"))
)
# closed by the school is another thing: it may be in the wrong hands
_LINK = (
    select(ParentLink)
    .join(Conversation, col(ParentLink.conversation_id) == Conversation.id)
    .outerjoin(Carer, col(Carer.id) == Conversation.carer_id)
    .where(ParentLink.id == bindparam("door"))
    .where(ParentLink.conversation_id == bindparam("conversation"))
    .where(col(ParentLink.revoked_at).is_(None))
    .where(their_carer_may_be_reached())
)


def conversation_of_hand_over(session: Session, hand_over_id: int, conversation_id: str) -> Opened:
    """For a device that proved that it had this tablet's page. Raises Withdrawn where no words are taken any more."""
    at = {"door": hand_over_id, "conversation": conversation_id}
    _check_takes_words(session, conversation_id)
    hand_over = session.exec(_HAND_OVER, params=at).first()
    if hand_over is None:
        raise NotFound
    return open_conversation(session, conversation_id, "pupil", hand_over=hand_over)


def conversation_of_link(session: Session, link_id: int, conversation_id: str) -> Opened:
    """For a device that proved that it had this link's page. Raises Withdrawn, or LinkNotOpen where the school has
    closed the link.
    """
    at = {"door": link_id, "conversation": conversation_id}
    _check_takes_words(session, conversation_id)
    link = session.exec(_LINK, params=at).first()
    if link is None:
        raise LinkNotOpen
    return open_conversation(session, conversation_id, "parent", link=link)


def _check_takes_words(session: Session, conversation_id: str) -> None:
    """Erased with its pupil counts as taken back: the words of both are gone."""
    conversation = session.exec(_CONVERSATION, params={"conversation": conversation_id}).first()
    if conversation is None or conversation.withdrawn_at:
        raise Withdrawn
