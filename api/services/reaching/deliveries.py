"""The outbox of messages to carers: stored in the transaction that wants them, kept until they have arrived or are seen
to have failed. It holds no word: what a kind says is written when it goes out.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, select, update

from api import access
from api.database import insert_once
from api.models import Carer, Delivery, Sendable, now
from api.services.reaching import tasks
from api.services.trying_again import PAUSES, pause_after

# turn: a part of what the interview says; the others are fixed sentences, some around a link
KINDS = ("turn", "link", "reminder", "help", "stopped", "started", "unknown_number", "call_back")
KEPT_FOR = timedelta(days=2)  # then it is given up: an older message only confuses
BROKEN = "broken"  # a fault: the message cannot be written
AT_ONCE = 20  # messages that are looked up together
# waiting: for its time; trying: after a failure; sent: not known to have arrived; dropped: for nobody any more
State = Literal["waiting", "trying", "sent", "delivered", "failed", "dropped"]
_Earlier = aliased(Delivery)


def post(
    session: Session,
    *,
    school_id: int,
    carer_id: int,
    channel: Sendable,
    kind: str,
    key: str,
    about: dict[str, Any] | None = None,
    conversation_id: str | None = None,
    sealed: str | None = None,
    due_at: datetime | None = None,
    is_answer: bool = False,
    created_at: datetime | None = None,
) -> None:
    """The same `key` is posted once, whoever posts it. `about`: ids and codes only; `sealed`: what only the receiver
    may see; `created_at`: of the message of which this is a further part, None for others. The caller commits.
    """
    at = now()
    whose = {"school_id": school_id, "carer_id": carer_id, "conversation_id": conversation_id}
    what = {"channel": channel, "kind": kind, "about": about or {}, "sealed": sealed, "key": key}
    how = {"is_answer": is_answer, "attempts": 0, "created_at": created_at or at, "due_at": due_at or at}
    session.connection().execute(insert_once(session, Delivery, whose | what | how))


def post_parts(session: Session, delivery: Delivery, count: int, at: datetime) -> None:
    """The parts of a message that is too long for one, from the second on. The caller commits."""
    for number in range(2, count + 1):
        post(
            session,
            school_id=delivery.school_id,
            carer_id=delivery.carer_id,
            channel=delivery.channel,
            kind=delivery.kind,
            key=f"{delivery.key}-part-{number}",
            about={**delivery.about, "part": number},
            conversation_id=delivery.conversation_id,
            sealed=delivery.sealed,
            is_answer=delivery.is_answer,
            created_at=delivery.created_at,
            due_at=at,
        )


def due(session: Session, at: datetime, since: datetime | None = None) -> list[tuple[Delivery, Carer]]:
    """Answers first, then the oldest, each with the one it is for. Of one carer and channel only the first, so that
    parts keep their order; an answer does not wait behind what nobody asked for.

    `since`: those due before that moment are left out; a table of years is not read through every second.
    """
    wanted = (
        select(Delivery, Carer)
        .join(Carer, col(Delivery.carer_id) == Carer.id)
        .where(_waits(Delivery))
        .where(Delivery.due_at <= at)
        .where(~exists().where(_goes_before(at)))
        .order_by(col(Delivery.is_answer).desc(), col(Delivery.created_at), col(Delivery.id))
        .limit(AT_ONCE)
    )
    return list(session.exec(wanted.where(Delivery.due_at > since) if since else wanted))


def take(session: Session, delivery: Delivery, at: datetime) -> bool:
    """False when another process took it first. It is due again after its pause, so that a sender who dies between
    here and the provider loses nothing.
    """
    due_at = at + pause_after(delivery.attempts)
    this = update(Delivery).where(col(Delivery.id) == delivery.id).where(_waits(Delivery))
    this = this.where(col(Delivery.attempts) == delivery.attempts)
    taken = session.exec(this.values(attempts=delivery.attempts + 1, due_at=due_at)).rowcount == 1
    session.commit()
    return taken


def put_off(session: Session, delivery: Delivery, until: datetime) -> None:
    """Not a failure: the family does not want to be reached now. What can be put off is no answer, and must not hold up
    those that are. The caller commits.
    """
    this = update(Delivery).where(col(Delivery.id) == delivery.id).where(_waits(Delivery))
    session.exec(this.values(due_at=until, is_answer=False))


def sent(session: Session, delivery: Delivery, provider_id: str | None, at: datetime) -> None:
    done = {"sent_at": at, "fault": None, "provider_id": provider_id, "sealed": None}
    this = update(Delivery).where(col(Delivery.id) == delivery.id)
    session.exec(this.where(_waits(Delivery)).values(**done))
    session.exec(this.where(col(Delivery.provider_id).is_(None)).values(provider_id=provider_id, sealed=None))
    session.commit()


def failed(session: Session, delivery: Delivery, fault: str, at: datetime, *, is_final: bool = False) -> None:
    """Kept for another attempt, unless it has waited too long or the fault will not pass: then it is a task for people.
    What was put off for days is still tried a few times.
    """
    is_old = at - delivery.created_at >= KEPT_FOR and delivery.attempts >= len(PAUSES)
    is_given_up = is_final or is_old
    values = {"fault": fault, "given_up_at": at if is_given_up else None}
    session.exec(update(Delivery).where(col(Delivery.id) == delivery.id).values(**values))
    if is_given_up:
        _tell(session, delivery)
    session.commit()


def begin_again(session: Session, delivery: Delivery, at: datetime) -> None:
    """A person asked for it: as if it were wanted now, with what is left of its parts. The caller commits."""
    delivery.created_at = delivery.due_at = at
    delivery.attempts, delivery.fault, delivery.given_up_at = 0, None, None
    delivery.sent_at, delivery.provider_id = None, None
    session.add(delivery)
    rest = col(Delivery.key).like(f"{_escaped(delivery.key)}-part-%", escape="\\") & col(Delivery.sent_at).is_(None)
    again = {"created_at": at, "due_at": at, "attempts": 0, "fault": None, "given_up_at": None}
    session.exec(update(Delivery).where(rest).values(**again))


def give_up_quietly(session: Session, delivery: Delivery, at: datetime) -> None:
    """A person saw to it. The caller commits."""
    delivery.fault, delivery.given_up_at, delivery.sealed = None, at, None
    session.add(delivery)


def drop(session: Session, delivery: Delivery, at: datetime) -> None:
    """It is for nobody any more; nothing failed."""
    session.exec(
        update(Delivery)
        .where(col(Delivery.id) == delivery.id)
        .where(_waits(Delivery))
        .values(fault=None, given_up_at=at, sealed=None)
    )
    session.commit()


def drop_texts_to(session: Session, carer_ids: Collection[int], at: datetime, but: Collection[int]) -> None:
    """They want no more of them. `but`: ids of messages that go all the same. The caller commits."""
    session.exec(
        update(Delivery)
        .where(col(Delivery.carer_id).in_(carer_ids))
        .where(col(Delivery.channel) != "email")
        .where(col(Delivery.id).not_in(but))
        .where(_waits(Delivery))
        .values(fault=None, given_up_at=at, sealed=None)
    )


def report(
    session: Session, provider_id: str, *, delivered: bool, fault: str | None, at: datetime, key: str = ""
) -> None:
    """What the provider says became of it later; reports come in any order, and may come before `sent` has the id: then
    `key` finds it. Unknown ids are passed over. What did not arrive becomes a person's task. The caller commits.
    """
    this = (col(Delivery.provider_id) == provider_id) | (col(Delivery.provider_id).is_(None) & (Delivery.key == key))
    found = session.exec(select(Delivery).where(this)).first()
    if found is None or found.delivered_at:
        return
    found.sent_at = found.sent_at or at
    if delivered:
        found.delivered_at, found.fault, found.given_up_at = at, None, None
    else:
        found.fault, found.given_up_at = fault or "undelivered", at
        _tell(session, found)
    session.add(found)


def unasked_since(session: Session, carer_ids: Collection[int], since: datetime) -> list[Delivery]:
    """What was sent to them without being an answer, the first first."""
    found = session.exec(
        select(Delivery)
        .where(col(Delivery.carer_id).in_(carer_ids))
        .where(col(Delivery.is_answer).is_(False))
        .where(col(Delivery.sent_at) > since)
        .order_by(col(Delivery.sent_at))
    )
    return list(found)


def opens(delivery: Delivery) -> bool:
    """The first question of a conversation by text: it answers nobody, unless they wrote first."""
    return delivery.kind == "turn" and str(delivery.about.get("turn", "")).startswith("open-")


def is_rest_of_what_failed(session: Session, delivery: Delivery) -> bool:
    """A further part of a message of which the first will not arrive."""
    if "part" not in delivery.about:
        return False
    first = session.exec(select(Delivery).where(Delivery.key == first_key(delivery))).first()
    return first is None or first.given_up_at is not None


def state_of(delivery: Delivery) -> State:
    if delivery.delivered_at:
        return "delivered"
    if delivery.given_up_at:
        return "failed" if delivery.fault else "dropped"
    if delivery.sent_at:
        return "sent"
    return "trying" if delivery.fault else "waiting"


def task_key(session: Session, delivery: Delivery) -> str:
    """Of the task that tells people that it did not arrive. Parts of one message are one task; what fails again after
    somebody saw to it is another.
    """
    key = f"unsent-{first_key(delivery)}"
    done = access.times_done(session, key)
    return f"{key}-again-{done}" if done else key


def _escaped(key: str) -> str:
    return key.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")


def first_key(delivery: Delivery) -> str:
    """Of the message of which this is a part."""
    return delivery.key.partition("-part-")[0]


def _tell(session: Session, delivery: Delivery) -> None:
    tasks.add(
        session,
        school_id=delivery.school_id,
        pupil_id=session.get_one(Carer, delivery.carer_id).pupil_id,
        carer_id=delivery.carer_id,
        kind="unsent",
        key=task_key(session, delivery),
        about={"delivery": delivery.id},
    )


def _goes_before(at: datetime) -> Any:
    """What waits for the same carer by the same channel and was wanted earlier; parts were wanted with their first."""
    is_earlier = (col(_Earlier.created_at) < Delivery.created_at) | (
        (col(_Earlier.created_at) == Delivery.created_at) & (col(_Earlier.id) < Delivery.id)
    )
    return (
        (col(_Earlier.carer_id) == Delivery.carer_id)
        & (col(_Earlier.channel) == Delivery.channel)
        & (col(_Earlier.is_answer) == Delivery.is_answer)
        & _waits(_Earlier)
        & is_earlier
        & _holds_up(at)
    )


def _holds_up(at: datetime) -> Any:
    """What cannot be written, or was put off, must not keep others back for days: they may say where there is help, or
    ask where a pupil is today. An answer does not even wait for the next attempt at another. Parts do wait.
    """
    is_later = col(_Earlier.due_at) > at
    is_put_off = (col(_Earlier.attempts) == 0) & is_later
    is_broken = col(_Earlier.fault).is_not_distinct_from(BROKEN)
    has_failed = col(Delivery.is_answer) & col(_Earlier.fault).is_not(None) & is_later
    return ~(is_put_off | is_broken | has_failed) | col(Delivery.key).contains("-part-")


def _waits(of: Any) -> Any:
    return col(of.sent_at).is_(None) & col(of.given_up_at).is_(None)
