"""First days of absence on a clock of the tests: carers, what they answer, and the product going on. Rows, no bot."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from api.models import Absence, AbsenceStep, Alert, Carer, Conversation, Delivery, Task, Turn
from api.security import new_id
from api.services.attendance import first_day, starting
from api.services.attendance.first_day import Means
from tests.api.people import People

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday in term, by winter time
WAIT = timedelta(minutes=46)  # a carer has 45
MEANS = Means(frozenset({"text", "email"}), "a secret of the tests, long enough")


def carer(session: Session, people: People, relation: str = "mother", **about: Any) -> Carer:
    """Of the pupil; with a telephone and an e-mail address unless told otherwise."""
    ways = {"phone": "+447700900123", "email": f"{relation}@home.test"}
    place = len(session.exec(select(Carer)).all())
    usual = {"pupil_id": people.pupil.id, "language": "so", **ways}
    kept = Carer(relation=relation, place=place, created_by_id=people.office.id, **{**usual, **about})
    session.add(kept)
    session.commit()
    return kept


def start(session: Session, people: People, at: datetime = MORNING, **how: Any) -> int:
    (begun,) = starting.start(session, people.attendance, [people.pupil.id], at, MEANS, **how)
    return begun


def goes_on(session: Session, at: datetime) -> bool:
    """As the scheduler does it: whether there was anything to do."""
    is_due = first_day.is_due(session, at)
    first_day.go_on(session, at, MEANS)
    session.commit()
    return is_due


def waits_in_vain(session: Session, times: int, since: datetime = MORNING) -> datetime:
    """Nobody answers, so many times."""
    for count in range(1, times + 1):
        goes_on(session, since + count * WAIT)
    return since + times * WAIT


def says(session: Session, words: str = "He is ill.", control: str | None = None, state: str = "answered") -> Turn:
    """The carer who was asked last, in the conversation with them."""
    step = session.exec(select(AbsenceStep).where(AbsenceStep.kind == "asked").order_by(col(AbsenceStep.id))).all()[-1]
    ordinal = 1 + len(session.exec(select(Turn)).all())
    turn = Turn(id=new_id(), conversation_id=step.conversation_id, ordinal=ordinal, kind="say", text=words)
    turn.language, turn.state, turn.reading = "so", state, {"control": control}
    session.add(turn)
    session.commit()
    return turn


def alarms(session: Session, people: People, turn: Turn, kept_from: int | None = None) -> None:
    """These words raise an alert, perhaps about a member of staff."""
    about = {"school_id": people.adult.school_id, "pupil_id": people.pupil.id, "adult_id": people.adult.id}
    session.add(
        Alert(
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            pupil_name="-",
            pupil_year="-",
            audience="parent",
            codes=["missing"],
            spans=[],
            words=turn.text,
            language="so",
            said_at=turn.received_at,
            **about,
        )
    )
    this = update(Conversation).where(col(Conversation.id) == turn.conversation_id)
    session.exec(this.values(kept_from_id=kept_from))
    session.commit()


def is_lost(session: Session, channel: str, fault: str = "unknown_address") -> None:
    """The message can never be sent that way."""
    this = update(Delivery).where(col(Delivery.channel) == channel).where(col(Delivery.kind) == "link")
    session.exec(this.values(given_up_at=MORNING, fault=fault))
    session.commit()


def steps(session: Session) -> list[str]:
    """Kinds, with the channel of those that have one, such as "asked text"."""
    found: Sequence[AbsenceStep] = session.exec(select(AbsenceStep).order_by(col(AbsenceStep.id))).all()
    return [f"{step.kind} {step.channel}" if step.channel else step.kind for step in found]


def asked(session: Session) -> list[tuple[str, str]]:
    """Whom, and by what."""
    found = session.exec(
        select(Carer.relation, AbsenceStep.channel)
        .join(AbsenceStep, col(AbsenceStep.carer_id) == Carer.id)
        .where(AbsenceStep.kind == "asked")
        .order_by(col(AbsenceStep.id))
    )
    return [(relation, channel or "") for relation, channel in found]


def absence(session: Session) -> Absence:
    return session.exec(select(Absence), execution_options={"populate_existing": True}).one()


def open_tasks(session: Session) -> list[str]:
    return [task.kind for task in session.exec(select(Task).where(col(Task.done_at).is_(None)))]
