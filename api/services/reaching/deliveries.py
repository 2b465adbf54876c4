"""The outbox of messages to carers: stored in the transaction that wants them, kept until they have arrived or are seen
to have failed. It holds no word: what a kind says is written when it goes out.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select, update

from api.models import Carer, Delivery, Sendable, now

# turn: a part of what the interview says; the others are fixed sentences, some around a link
KINDS = ("turn", "link", "reminder", "help", "stopped", "started", "unknown_number", "call_back")
# minutes after each failed attempt; the last holds for all that follow
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))
KEPT_FOR = timedelta(days=2)  # then it is given up: an older message only confuses
SHOWN_FOR = timedelta(days=7)  # that something could not be sent
AT_ONCE = 20  # messages that are looked up together


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
) -> None:
    """The same `key` is posted once, whoever posts it. `about`: ids and codes only; `sealed`: what only the receiver
    may see. The caller commits.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    at = now()
    whose = {"school_id": school_id, "carer_id": carer_id, "conversation_id": conversation_id}
    what = {"channel": channel, "kind": kind, "about": about or {}, "sealed": sealed, "key": key}
    how = {"is_answer": is_answer, "attempts": 0, "created_at": at, "due_at": due_at or at}
    wanted = insert(Delivery).values(**whose, **what, **how)
    session.connection().execute(wanted.on_conflict_do_nothing(index_elements=["key"]))


def due(session: Session, at: datetime) -> list[tuple[Delivery, Carer]]:
    """Oldest first, each with the one it is for. Of one carer and channel only the first: parts keep their order."""
    first = (
        select(func.min(Delivery.id))
        .where(_waits())
        .group_by(col(Delivery.carer_id), col(Delivery.channel))
        .scalar_subquery()
    )
    found = session.exec(
        select(Delivery, Carer)
        .join(Carer, col(Delivery.carer_id) == Carer.id)
        .where(_waits())
        .where(col(Delivery.id).in_(first))
        .where(Delivery.due_at <= at)
        .order_by(col(Delivery.id))
        .limit(AT_ONCE)
    )
    return list(found)


def take(session: Session, delivery: Delivery, at: datetime) -> bool:
    """False when another process took it first. It is due again after its pause, so that a sender who dies between
    here and the provider loses nothing.
    """
    pause = BACK_OFF[min(delivery.attempts, len(BACK_OFF) - 1)]
    this = update(Delivery).where(col(Delivery.id) == delivery.id).where(_waits())
    this = this.where(col(Delivery.attempts) == delivery.attempts)
    taken = session.exec(this.values(attempts=delivery.attempts + 1, due_at=at + pause)).rowcount == 1
    session.commit()
    return taken


def put_off(session: Session, delivery: Delivery, until: datetime) -> None:
    """Not a failure: the family does not want to be reached now. The caller commits."""
    session.exec(update(Delivery).where(col(Delivery.id) == delivery.id).values(due_at=until))


def sent(session: Session, delivery: Delivery, provider_id: str | None, at: datetime) -> None:
    done = {"sent_at": at, "fault": None, "provider_id": provider_id, "sealed": None}
    session.exec(update(Delivery).where(col(Delivery.id) == delivery.id).values(**done))
    session.commit()


def failed(session: Session, delivery: Delivery, fault: str, at: datetime, *, is_final: bool = False) -> None:
    """Kept for another attempt, unless it has waited too long or the fault will not pass."""
    given_up = at if is_final or at - delivery.created_at >= KEPT_FOR else None
    values = {"fault": fault, "given_up_at": given_up}
    session.exec(update(Delivery).where(col(Delivery.id) == delivery.id).values(**values))
    session.commit()


def drop(session: Session, delivery: Delivery, at: datetime) -> None:
    """It is for nobody any more; nothing failed."""
    values = {"fault": None, "given_up_at": at, "sealed": None}
    session.exec(update(Delivery).where(col(Delivery.id) == delivery.id).values(**values))
    session.commit()


def report(session: Session, provider_id: str, *, delivered: bool, fault: str | None, at: datetime) -> None:
    """What the provider says became of it later. Unknown ids are passed over. The caller commits."""
    this = update(Delivery).where(col(Delivery.provider_id) == provider_id)
    session.exec(this.values(delivered_at=at, fault=None) if delivered else this.values(fault=fault, given_up_at=at))


def _waits() -> Any:
    return col(Delivery.sent_at).is_(None) & col(Delivery.given_up_at).is_(None)
