"""An alert as the product raises one, and what became of it."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from api.database import Database
from api.models import Alert, AlertStep, Mail, Record, StaffMember, now
from api.services.mailing import telling
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from tests.api.people import People

WORDS = "It is not safe at home."


def raise_one(database: Database, people: People, **more: Any) -> int:
    """Its id. Without a bot: the rows that `raising` writes, and the letters that go with them."""
    about = {"school_id": people.pupil.school_id, "pupil_id": people.pupil.id, "adult_id": people.adult.id}
    name = {"pupil_name": people.pupil.name, "pupil_year": people.pupil.year, "audience": "pupil"}
    said = {"words": WORDS, "language": "en", "codes": ["neglect"], "spans": [], "said_at": now()}
    with database.writing() as session:
        held = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", "en"))
        alert = Alert(**{**about, **name, **said, "conversation_id": held.id, **more})
        session.add(alert)
        session.flush()
        telling.tell_of(session, alert, people.adult, alert.kept_from_id)
        session.commit()
        return alert.id


def age(minutes: float) -> datetime:
    """When an alert was raised that has waited so long."""
    return now() - timedelta(minutes=minutes)


def rows(database: Database, kind: type[Record]) -> list[Any]:
    with database.reading() as session:
        return list(session.exec(select(kind)))


def letters(database: Database, people: People) -> list[tuple[str, str]]:
    """Kind and reader of each."""
    names = {each.id: name for name, each in vars(people).items() if isinstance(each, StaffMember)}
    return sorted((mail.kind, names[mail.staff_id]) for mail in rows(database, Mail))


def steps(database: Database) -> list[str]:
    return [step.kind for step in rows(database, AlertStep)]
