"""A conversation with a carer, begun by sending them the way in."""

from dataclasses import replace

from sqlmodel import Session, select

from api import access
from api.models import Carer, Conversation, Delivery, Pupil, Sendable, StaffMember
from api.security import seal
from api.services import audit
from api.services.reaching import deliveries
from api.services.reaching.carers import check_way
from api.services.talk import conversations, parent_links
from api.services.talk.conversations import Plan
from api.services.texting.opening import open_by_text


def ask(
    session: Session,
    by: StaffMember,
    carer: Carer,
    pupil: Pupil,
    plan: Plan,
    channel: Sendable,
    *,
    key: str,
    secret: str,
    days: int = parent_links.LASTS_DAYS,
) -> Conversation:
    """In the carer's language, whatever the plan says. Whether `by` may is for the caller to know; the same `key` asks
    once. By text the first question itself comes too, but not to who agreed a word, which others must not read.
    NotToBeReached; the caller commits.
    """
    check_way(carer, channel)
    asked = _asked_before(session, key)
    if asked:
        return asked
    theirs = replace(plan, audience="parent", language=carer.language, relation=carer.relation, carer_id=carer.id)
    conversation = conversations.begin(session, by, pupil, theirs)
    session.flush()
    send_link(session, by, carer, pupil, conversation, channel, key=key, secret=secret, days=days)
    if channel != "email" and not carer.word_hash:
        open_by_text(session, conversation, channel)
    return conversation


def send_link(
    session: Session,
    by: StaffMember,
    carer: Carer,
    pupil: Pupil,
    conversation: Conversation,
    channel: Sendable,
    *,
    key: str,
    secret: str,
    days: int = parent_links.LASTS_DAYS,
) -> None:
    """A new link to a conversation that is theirs already. NotToBeReached; the caller commits."""
    check_way(carer, channel)
    made = parent_links.add(session, conversation, days)
    deliveries.post(
        session,
        school_id=pupil.school_id,
        carer_id=carer.id,
        conversation_id=conversation.id,
        channel=channel,
        kind="link",
        key=key,
        about={"link": made.link.id},
        sealed=seal(made.token, secret),
    )
    about = ("conversation", conversation.id)
    audit.record(session, by, "link_sent", *about, pupil_id=pupil.id, carer=carer.id, way=channel)


def is_asked(session: Session, key: str) -> bool:
    return session.exec(select(Delivery.id).where(Delivery.key == key)).first() is not None


def _asked_before(session: Session, key: str) -> Conversation | None:
    found = session.exec(select(Delivery.conversation_id).where(Delivery.key == key)).first()
    return access.conversation_for_the_bot(session, found).conversation if found else None
