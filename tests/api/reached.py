"""A carer, messages to them, and who carries these: small and real."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import Session, select, update

from api.database import Database
from api.models import Carer, Conversation, Delivery, ParentLink, Sendable, Task, Turn, now
from api.security import hash_token, new_id, new_token, seal
from api.services.reaching import deliveries
from api.services.reaching.courier import Carriers, Courier, Written
from api.texting import NotSent
from tests.api.people import People

PHONE, OTHER_PHONE = "+447700900123", "+447700900456"  # of the range that is kept for drama
SECRET = "the secret of the tests"
HOURS = {"morning": (480, 720), "afternoon": (720, 1020), "evening": (1020, 1200)}
NOON = datetime.fromisoformat("2026-12-02T12:00:00+00:00")  # a Wednesday, within nobody's quiet hours


class Clock:
    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def goes_on(self, **by: float) -> None:
        self.at += timedelta(**by)


class TextCarrier:
    """Takes texts, until it has a fault."""

    name = "carrier"
    channels: frozenset[Literal["text", "whatsapp"]] = frozenset({"text", "whatsapp"})

    def __init__(self) -> None:
        self.carried: list[tuple[str, str]] = []  # number and text
        self.fault: NotSent | None = None
        self.meanwhile: Callable[[], None] = lambda: None  # what happens while it carries

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.carried]

    def send(self, to: str, text: str, channel: str, key: str) -> str:
        if self.fault:
            raise self.fault
        self.carried.append((to, text))
        self.meanwhile()
        return f"{channel}-{len(self.carried)}-{key}"

    def received(self, posted: object) -> Any:
        raise NotImplementedError

    def reported(self, posted: object) -> Any:
        raise NotImplementedError

    def answer(self, text: str | None) -> tuple[str, str]:
        return "text/plain", text or ""


def cares(database: Database, people: People, **more: Any) -> Carer:
    about = {"relation": "mother", "language": "en", "phone": PHONE, "email": "mother@home.test"}
    made = {"pupil_id": people.pupil.id, "created_by_id": people.adult.id}
    with database.writing() as session:
        carer = Carer(**{**about, **made, **more})
        session.add(carer)
        session.commit()
        return carer


def begun(database: Database, people: People, carer: Carer, **more: Any) -> Conversation:
    about: dict[str, Any] = {"audience": "parent", "guide": "parent", "language": "en", "carer_id": carer.id}
    made = {"id": new_id(), "pupil_id": carer.pupil_id, "started_by_id": people.adult.id}
    with database.writing() as session:
        conversation = Conversation(**{**about, **made, **more})
        session.add(conversation)
        session.commit()
        return conversation


def wants(database: Database, people: People, carer: Carer, channel: Sendable = "text", **more: Any) -> str:
    """Puts a message into the outbox as it was at noon; its key."""
    what: dict[str, Any] = {"kind": "call_back", "key": new_id(), "created_at": NOON, "due_at": NOON, **more}
    with database.writing() as session:
        deliveries.post(session, school_id=people.pupil.school_id, carer_id=carer.id, channel=channel, **what)
        session.commit()
    return str(what["key"])


def invited(database: Database, people: People, carer: Carer, channel: Sendable = "text", **more: Any) -> str:
    """A link on its way to them, in a conversation of their own; the key of its message."""
    conversation = begun(database, people, carer, **more)
    token = new_token()
    with database.writing() as session:
        link = ParentLink(conversation_id=conversation.id, token_hash=hash_token(token), expires_at=far())
        session.add(link)
        session.commit()
    about = {"kind": "link", "about": {"link": link.id}, "conversation_id": conversation.id}
    return wants(database, people, carer, channel, **about, sealed=seal(token, SECRET))


def said(database: Database, conversation_id: str | None, at: datetime, kind: str = "say") -> None:
    with database.writing() as session:
        ordinal = len(session.exec(select(Turn).where(Turn.conversation_id == conversation_id)).all())
        about = {"id": new_id(), "conversation_id": conversation_id, "ordinal": ordinal, "language": "en"}
        session.add(Turn(**about, kind=kind, text="words", received_at=at, state="answered"))
        session.commit()


def courier_of(database: Database, clock: Clock, texts: TextCarrier | None, **more: Any) -> Courier:
    """Writes the kind of a message, or `text`; what is of the kind "broken" cannot be written."""
    text = more.pop("text", None)

    def write(_session: Session, delivery: Delivery, _carer: Carer) -> Written:
        if delivery.kind == "broken":
            raise KeyError
        return Written("Subject", text or delivery.kind, "en")

    carriers = Carriers(more.pop("office", None), texts)
    return Courier(database, carriers, more.pop("write", write), HOURS, SECRET, clock)


def message(database: Database, key: str) -> Delivery:
    with database.reading() as session:
        return session.exec(select(Delivery).where(Delivery.key == key)).one()


def state(database: Database, key: str) -> str:
    return deliveries.state_of(message(database, key))


def far() -> datetime:
    return max(now(), NOON) + timedelta(days=14)


def changes(database: Database, what: Carer | Conversation, **values: object) -> None:
    with database.writing() as session:
        kind = type(what)
        session.exec(update(kind).where(kind.id == what.id).values(**values))  # type: ignore[arg-type]
        session.commit()


def tasks(database: Database) -> list[Task]:
    with database.reading() as session:
        return list(session.exec(select(Task)))
