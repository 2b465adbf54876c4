"""How a carer wishes to be reached (practice 29): what they picked themselves in a conversation, or told staff."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import Unfit
from api.models import Carer, Channel, StaffMember, Turn, now
from api.services import audit
from api.services.catalog import Reaching

KINDS = ("reach:", "hours:", "way:", "rhythm:")  # of choices
LANGUAGE = "language:"
PUT_BACK = "readback:keep"
MOST_A_WEEK = 7


@dataclass(frozen=True)
class Wish:
    """Nothing set: they have not said."""

    channel: Channel | None = None
    hours: Sequence[str] = ()  # parts of the day, of reaching.yml
    at_most: int | None = None  # messages in seven days that they did not ask for
    hears: bool = False  # would rather listen than read
    interpreter: bool = False

    @classmethod
    def of(cls, carer: Carer) -> Self:
        return cls(carer.channel, tuple(carer.hours), carer.at_most, carer.hears, carer.interpreter)

    @classmethod
    def picked(cls, codes: Sequence[str]) -> Self:
        """Of several channels the first."""
        named = {kind: [code.removeprefix(kind) for code in codes if code.startswith(kind)] for kind in KINDS}
        ways, most = named["way:"], [int(code) for code in named["rhythm:"]]
        channel: Any = next(iter(named["reach:"]), None)
        return cls(channel, tuple(named["hours:"]), min(most, default=None), "hear" in ways, "interpreter" in ways)


def keep(session: Session, opened: Opened, turn: Turn, summary: dict[str, Any]) -> None:
    """What they picked replaces what was known; what they leave out, take back or change is taken back here as well.
    A language that they chose is the one they are written to in. The caller commits.
    """
    carer = access.carer_in(session, opened)
    if carer is None:
        return
    if turn.kind == "open" or any(code.startswith(LANGUAGE) for code in turn.choices):
        carer.language = turn.language
    if tells(turn) or _puts_back(session, opened, turn) or _is_taken_back(session, opened, carer, summary):
        newest = _newest_that_counts(session, opened, summary)
        if newest:
            picked = Wish.picked(_offered(session, opened, newest))
            _set(carer, picked, newest.received_at, opened.conversation.id)
        elif carer.wished_in_id == opened.conversation.id:
            _set(carer, Wish(), None, None)
    session.add(carer)


def take_back(session: Session, opened: Opened) -> None:
    """The whole conversation is withdrawn, and with it what was wished in it. The caller commits."""
    carer = access.carer_in(session, opened)
    if carer and carer.wished_in_id == opened.conversation.id:
        _set(carer, Wish(), None, None)
        session.add(carer)


def tells(turn: Turn) -> bool:
    return any(code.startswith(KINDS) for code in turn.choices)


def _puts_back(session: Session, opened: Opened, turn: Turn) -> bool:
    """A wish that had been left out of the read-back."""
    if PUT_BACK not in turn.choices or not turn.target:
        return False
    meant = access.turn_in(session, opened, turn.target["turn"])
    return meant is not None and tells(meant)


def _is_taken_back(session: Session, opened: Opened, carer: Carer, summary: dict[str, Any]) -> bool:
    """Of what was wished in this conversation. Asked at every turn of it, so nothing is read that grows with it."""
    if carer.wished_in_id != opened.conversation.id or carer.wished_at is None:
        return False
    counts = _said(summary)
    return not any(turn.id in counts for turn in access.turns_received_at(session, opened, carer.wished_at))


def _newest_that_counts(session: Session, opened: Opened, summary: dict[str, Any]) -> Turn | None:
    said = _said(summary)
    turns = reversed(access.turns_in(session, opened))
    return next((turn for turn in turns if turn.id in said and tells(turn)), None)


def _said(summary: dict[str, Any]) -> set[str]:
    """Ids of turns. Whatever the summary has no line of was not asked for, or was left out."""
    return {item["turn"] for item in summary["items"] if item["status"] == "said"}


def _offered(session: Session, opened: Opened, turn: Turn) -> list[str]:
    """What stood on the screen and nothing else: a page of another make may send anything."""
    shown = access.shown_in(session, opened, [turn.asked_shown_id]) if turn.asked_shown_id else []
    codes = {choice["code"] for each in shown for choice in each.choices}
    return [code for code in turn.choices if code in codes]


def _set(carer: Carer, wish: Wish, at: datetime | None, conversation_id: str | None) -> None:
    carer.channel, carer.hours, carer.at_most = wish.channel, list(wish.hours), wish.at_most
    carer.hears, carer.interpreter = wish.hears, wish.interpreter
    carer.wished_at, carer.wished_in_id = at, conversation_id


def read(
    reaching: Reaching, channel: str, hours: Collection[str], at_most: str, *, hears: bool, interpreter: bool
) -> Wish:
    """From a form. Unfit: "channel", "hours" or "at_most"; nothing chosen is no wish."""
    if channel and channel not in reaching.channels:
        raise Unfit("channel")
    if set(hours) - set(reaching.hours):
        raise Unfit("hours")
    most = at_most.strip()
    if most and not (most.isascii() and most.isdigit() and 1 <= int(most) <= MOST_A_WEEK):
        raise Unfit("at_most")
    chosen: Any = channel or None
    in_order = tuple(part for part in reaching.hours if part in hours)
    return Wish(chosen, in_order, int(most) if most else None, hears, interpreter)


def set_by_staff(session: Session, by: StaffMember, carer_id: int, wish: Wish) -> int:
    """Told by telephone or at the gate. The pupil's id. The trail says that it was noted, never what."""
    carer, pupil = access.carer_kept_by(session, by, carer_id)
    if Wish.of(carer) != wish:
        _set(carer, wish, now(), None)
        session.add(carer)
        audit.record(session, by, "wishes_noted", "carer", carer.id, pupil_id=pupil.id)
        session.commit()
    return pupil.id
