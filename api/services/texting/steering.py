"""What somebody does to the messages themselves: no more of them, again, help, a call back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session, select

from api import access
from api.access import Opened
from api.models import Carer, Delivery, Pupil, now
from api.services.reaching import deliveries, tasks
from api.services.texting.words import Steering
from api.texting import Received


@dataclass(frozen=True)
class From:
    """Who wrote, as the one who cares for `pupil`; `same` are all under whom this number is kept."""

    carer: Carer
    pupil: Pupil
    same: tuple[Carer, ...]
    message: Received

    @property
    def name(self) -> str:
        """Of this message, for keys."""
        return sha256(self.message.id.encode()).hexdigest()[:32]


def obey(session: Session, who: From, steering: Steering) -> None:
    """The same message again changes nothing, whatever came between. The caller commits."""
    kind = ANSWERS[steering]
    key = f"{kind}-{who.name}"
    if session.exec(select(Delivery.id).where(Delivery.key == key)).first() is None:
        DOES[steering](session, who)
        _answer(session, who, kind, key)


def mark(session: Session, carers: Iterable[Carer], *, stopped: bool) -> None:
    """It is the telephone that stops: for all their children. The caller commits."""
    for carer in carers:
        carer.stopped_at = (carer.stopped_at or now()) if stopped else None
        session.add(carer)


def cannot_open(session: Session, who: From, opened: Opened | None) -> None:
    """A picture or a voice note: a person rings, and who sent it is told so. The caller commits."""
    _ring_back(session, who)
    conversation_id = opened.conversation.id if opened else None
    _answer(session, who, "turn", f"attachment-{who.name}", {"attachment": 1}, conversation_id)


def _stop(session: Session, who: From) -> None:
    """What waited for them goes nowhere, but for where there is help after something unsafe (practice 24). What they
    said stays, and so does every alert.
    """
    mark(session, who.same, stopped=True)
    ids = [carer.id for carer in who.same]
    deliveries.drop_texts_to(session, ids, now(), but=access.answers_to_unsafe_words(session, ids))


def _start(session: Session, who: From) -> None:
    mark(session, who.same, stopped=False)


def _ring_back(session: Session, who: From) -> None:
    tasks.add(
        session,
        school_id=who.pupil.school_id,
        pupil_id=who.pupil.id,
        carer_id=who.carer.id,
        kind="call_back",
        key=f"call_back-{who.name}",
    )


def _only_answer(_session: Session, _who: From) -> None:
    """Help changes nothing."""


def _answer(
    session: Session,
    who: From,
    kind: str,
    key: str,
    about: Mapping[str, int] | None = None,
    conversation_id: str | None = None,
) -> None:
    deliveries.post(
        session,
        school_id=who.pupil.school_id,
        carer_id=who.carer.id,
        conversation_id=conversation_id,
        channel=who.message.channel,
        kind=kind,
        key=key,
        about=dict(about or {}),
        is_answer=True,
    )


ANSWERS: Mapping[Steering, str] = {"stop": "stopped", "start": "started", "help": "help", "call": "call_back"}
DOES: Mapping[Steering, Callable[[Session, From], None]] = {
    "stop": _stop,
    "start": _start,
    "help": _only_answer,
    "call": _ring_back,
}
