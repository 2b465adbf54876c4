"""Brings the outbox of messages to carers to the mail server and to whoever carries texts. Nothing is lost on the way:
what cannot be sent is tried again, further and further apart, and what is given up becomes a person's task.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api import mail, texting
from api.database import Database
from api.mail import Letter, PostOffice
from api.models import Carer, Delivery, now
from api.services.reaching import deliveries, quiet, wanted
from api.services.reaching.quiet import Hold, Hours
from api.services.texting.splitting import split
from api.services.trying_again import without_end
from api.texting import TextProvider

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds
# a message is due at most once an hour until it is settled, or waits behind one that is tried for days; only the first
# look goes further back
LOOKS_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Written:
    subject: str  # empty for a text
    text: str
    language: str  # BCP 47


Writer = Callable[[Session, Delivery, Carer], Written]


class NotWritten(Exception):
    """What only the receiver may see cannot be read here any more."""


@dataclass(frozen=True)
class Carriers:
    """None: not set up."""

    office: PostOffice | None
    texts: TextProvider | None


@dataclass(frozen=True)
class _Parcel:
    """What is to be done about one message."""

    is_wanted: bool = True
    hold: Hold | None = None
    written: Written | None = None
    parts: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class _Outcome:
    provider_id: str | None = None
    fault: str | None = None
    is_final: bool = False


class Courier:
    """`write` makes the words in the carer's language; `secret` is what tokens were sealed with."""

    def __init__(
        self,
        database: Database,
        carriers: Carriers,
        write: Writer,
        hours: Hours,
        secret: str,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._carriers = carriers
        self._write = write
        self._hours = hours
        self._secret = secret
        self._clock = clock
        self._looked: datetime | None = None
        self._is_stopping = False

    def stop(self) -> None:
        """The message in hand is finished; the others wait for the next start."""
        self._is_stopping = True

    async def run(self) -> None:
        await without_end("messages to carers", partial(run_in_threadpool, self.go_round), PAUSE)

    def go_round(self) -> None:
        at = self._clock()
        with self._database.reading() as session:
            waiting = deliveries.due(session, at, self._looked and self._looked - LOOKS_BACK)
        self._looked = at if len(waiting) < deliveries.AT_ONCE else self._looked
        for delivery, _ in waiting:
            if self._is_stopping:
                return
            self._carry(delivery)

    def _carry(self, delivery: Delivery) -> None:
        parcel = self._try_to_pack(delivery)
        with self._database.writing() as session:
            if not self._is_to_go(session, delivery, parcel):
                return
        outcome = self._send(delivery, parcel)
        with self._database.writing() as session:
            if outcome.fault:
                deliveries.failed(session, delivery, outcome.fault, self._clock(), is_final=outcome.is_final)
            else:
                deliveries.sent(session, delivery, outcome.provider_id, self._clock())

    def _try_to_pack(self, delivery: Delivery) -> _Parcel:
        """Without words it is a failed attempt, so that one broken message does not stop all the others. The carer is
        read anew: while those before it went out, they may have got another number, or left.
        """
        try:
            with self._database.reading() as session:
                return self._pack(session, delivery, session.get_one(Carer, delivery.carer_id))
        except Exception as error:
            log.error("message %d cannot be written: %s", delivery.id, type(error).__name__)
            return _Parcel()

    def _pack(self, session: Session, delivery: Delivery, carer: Carer) -> _Parcel:
        if not wanted.is_wanted(session, delivery, carer, self._secret, self._clock()):
            return _Parcel(is_wanted=False)
        held = quiet.hold(session, delivery, carer, self._clock(), self._hours)
        if held:
            return _Parcel(hold=held)
        written = self._write(session, delivery, carer)
        if not written.text.strip():
            return _Parcel(is_wanted=False)
        parts = [written.text] if delivery.channel == "email" else split(written.text, delivery.channel)
        address = carer.email if delivery.channel == "email" else carer.phone
        return _Parcel(is_wanted=_part_of(delivery) <= len(parts), written=written, parts=tuple(parts), address=address)

    def _is_to_go(self, session: Session, delivery: Delivery, parcel: _Parcel) -> bool:
        """True once it is ours alone to send."""
        if not parcel.is_wanted:
            deliveries.drop(session, delivery, self._clock())
            return False
        if parcel.hold:
            deliveries.put_off(session, delivery, parcel.hold.until)
            session.commit()
            return False
        if _part_of(delivery) == 1:
            deliveries.post_parts(session, delivery, len(parcel.parts), self._clock())
        return deliveries.take(session, delivery, self._clock())

    def _send(self, delivery: Delivery, parcel: _Parcel) -> _Outcome:
        """To whom it goes, and what, stands in no log."""
        try:
            outcome = self._hand_over(delivery, parcel)
        except (mail.NotSent, texting.NotSent) as failure:
            outcome = _Outcome(fault=failure.fault, is_final=failure.is_final)
        except Exception as error:
            log.error("message %d waits: %s", delivery.id, type(error).__name__)
            outcome = _Outcome(fault=deliveries.BROKEN)
        if outcome.fault:
            log.warning("message %d waits: %s", delivery.id, outcome.fault)
        return outcome

    def _hand_over(self, delivery: Delivery, parcel: _Parcel) -> _Outcome:
        if parcel.written is None:
            return _Outcome(fault=deliveries.BROKEN)
        if not parcel.address:
            return _Outcome(fault="no_address", is_final=True)
        if delivery.channel == "email":
            return self._by_mail(parcel.address, delivery.key, parcel.written)
        return self._by_text(parcel.address, delivery, parcel.parts[_part_of(delivery) - 1])

    def _by_mail(self, address: str, key: str, written: Written) -> _Outcome:
        if self._carriers.office is None:
            return _Outcome(fault="not_set_up")
        self._carriers.office.send(Letter(address, written.subject, written.text, written.language, key))
        return _Outcome()

    def _by_text(self, number: str, delivery: Delivery, text: str) -> _Outcome:
        texts = self._carriers.texts
        if texts is None or delivery.channel == "email" or delivery.channel not in texts.channels:
            return _Outcome(fault="not_set_up")
        return _Outcome(provider_id=texts.send(number, text, delivery.channel, delivery.key) or None)


def _part_of(delivery: Delivery) -> int:
    """Which part of a message it is, from 1."""
    return int(delivery.about.get("part", 1))
