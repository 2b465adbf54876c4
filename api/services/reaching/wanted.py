"""Whether a message that waits is still for somebody, when its time has come."""

from datetime import datetime

from sqlmodel import Session

from api import access
from api.errors import Refusal
from api.models import Carer, Conversation, Delivery
from api.security import unseal
from api.services.reaching import deliveries
from api.services.reaching.carers import may_be_reached
from api.services.review.working_days import local_day

INVITES = ("link", "reminder")
CONFIRMS = "stopped"  # that nothing more will come: the one thing that may still be said to whoever said STOP


def is_wanted(session: Session, delivery: Delivery, carer: Carer, secret: str, at: datetime) -> bool:
    """`secret`: what the token of its link was sealed with."""
    if delivery.kind == CONFIRMS:
        return True
    conversation = access.conversation_behind(session, delivery)
    return (
        may_be_reached(carer)
        and not _wants_none(session, delivery, carer)
        and not (conversation and conversation.withdrawn_at)
        and not deliveries.is_rest_of_what_failed(session, delivery)
        and not _comes_too_late(session, delivery)
        and not (conversation and conversation.guide == "first_day" and _was_for_that_day(session, delivery, carer, at))
        and (delivery.kind not in INVITES or _invites(session, delivery, conversation, secret))
    )


def token_of(delivery: Delivery, secret: str) -> str | None:
    return unseal(delivery.sealed, secret) if delivery.sealed else None


def _wants_none(session: Session, delivery: Delivery, carer: Carer) -> bool:
    """Who writes again after STOP is answered, who said something unsafe before it hears where there is help (practice
    24), and nothing else.
    """
    if carer.stopped_at is None or delivery.channel == "email":
        return False
    is_since = delivery.is_answer and delivery.created_at >= carer.stopped_at
    return not (is_since or delivery.id in access.answers_to_unsafe_words(session, [carer.id]))


def _comes_too_late(session: Session, delivery: Delivery) -> bool:
    """A first question that was put off, to somebody who has begun to talk meanwhile."""
    is_put_off = deliveries.opens(delivery) and not delivery.is_answer and "part" not in delivery.about
    return is_put_off and access.was_said_in(session, delivery.conversation_id)


def _was_for_that_day(session: Session, delivery: Delivery, carer: Carer, at: datetime) -> bool:
    """Nobody is asked any more where a pupil is once it is known, or on the day after."""
    if delivery.kind not in INVITES and not deliveries.opens(delivery):
        return False
    day = local_day(delivery.created_at)
    return local_day(at) != day or access.is_accounted_for(session, carer.pupil_id, day)


def _invites(session: Session, delivery: Delivery, conversation: Conversation | None, secret: str) -> bool:
    """The link still opens what is not finished. One that cannot be unsealed is a fault, for the courier to tell."""
    if conversation is None or conversation.state in ("finished", "alerted"):
        return False
    token = token_of(delivery, secret)
    if token is None:
        return True
    try:
        access.conversation_by_link(session, token)
    except Refusal:
        return False
    return True
