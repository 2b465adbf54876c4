"""Those who care for the pupil of the tests."""

from typing import Any

from sqlmodel import Session, select

from api.models import AuditEntry, Carer, Delivery, Task
from api.services.reaching.carers import About
from tests.api.people import People

PHONE, EMAIL = "+447700900123", "carer@family.test"  # a number that is given to nobody
FORM = "a" * 32
SECRET = "for sealing in tests"


def add_carer(session: Session, people: People, relation: str = "aunt", **about: Any) -> Carer:
    known = {"language": "so", "phone": PHONE, "email": EMAIL, "created_by_id": people.adult.id, **about}
    carer = Carer(pupil_id=people.pupil.id, relation=relation, **known)
    session.add(carer)
    session.commit()
    return carer


def about(relation: str = "aunt", **more: Any) -> About:
    return About(relation, "so", **more)


def acts_in(session: Session) -> list[str]:
    return list(session.exec(select(AuditEntry.act).order_by(AuditEntry.id)))  # type: ignore[arg-type]


def waiting_tasks(session: Session) -> list[str]:
    return [task.kind for task in session.exec(select(Task)) if task.done_at is None]


def messages_in(session: Session) -> list[Delivery]:
    return list(session.exec(select(Delivery)))
