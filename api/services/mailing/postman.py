"""Brings the outbox to the mail server, and sees to it that what nobody answers is told again."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api import access
from api.database import Database
from api.i18n import TIMEZONE
from api.mail import Letter, NotSent, PostOffice
from api.models import Mail, StaffMember, now
from api.services.mailing import outbox
from api.services.safeguarding import escalating
from api.services.safeguarding.escalating import Rhythm

log = logging.getLogger(__name__)

PAUSE = 0.5  # seconds; an alert's letter is under way within the second
LOOKS_ROUND_EVERY = timedelta(seconds=5)
REMINDS_EVERY = timedelta(hours=1)
MORNING = 7  # o'clock
Post = Callable[[Session, datetime], object]  # posts what is due at that moment
Writer = Callable[[str, StaffMember], tuple[str, str, str]]  # of a kind for somebody: subject, text, language


def by_day(post: Callable[[Session, date], object]) -> Post:
    """For what is due on a day: from the morning on, by the school's clock."""

    def post_in_the_daytime(session: Session, at: datetime) -> None:
        here = at.astimezone(TIMEZONE)
        if here.hour >= MORNING:
            post(session, here.date())

    return post_in_the_daytime


class Postman:
    """`write` makes the text in the reader's language; `reminders` post what became due."""

    def __init__(
        self,
        database: Database,
        office: PostOffice,
        write: Writer,
        rhythm: Rhythm,
        reminders: tuple[Post, ...] = (),
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._office = office
        self._write = write
        self._rhythm = rhythm
        self._reminders = reminders
        self._clock = clock
        self._looked_round: datetime | None = None
        self._reminded: datetime | None = None
        self._is_stopping = False

    def stop(self) -> None:
        """The letter in hand is finished; the others wait for the next start."""
        self._is_stopping = True

    async def run(self) -> None:
        while True:
            try:
                await run_in_threadpool(self.go_round)
            except Exception as error:  # nothing else sends alerts: this must not end
                log.error("letters are not looked up: %s", type(error).__name__)
            await asyncio.sleep(PAUSE)

    def go_round(self) -> None:
        self._remind()
        self._look_round()
        if self._office.is_open:
            self._deliver()

    def _look_round(self) -> None:
        at = self._clock()
        if self._looked_round and at - self._looked_round < LOOKS_ROUND_EVERY:
            return
        with self._database.reading() as session:
            is_needed = escalating.is_needed(session, self._rhythm, at)
        if is_needed:
            with self._database.writing() as session:
                escalating.go_on(session, self._rhythm, at)
                session.commit()
        self._looked_round = at

    def _remind(self) -> None:
        at = self._clock()
        if self._reminded and at - self._reminded < REMINDS_EVERY:
            return
        self._reminded = at
        for post in self._reminders:
            with self._database.writing() as session:
                post(session, at)
                session.commit()

    def _deliver(self) -> None:
        with self._database.reading() as session:
            waiting = outbox.due(session, self._clock())
        for mail, reader in waiting:
            if self._is_stopping:
                return
            self._deliver_one(mail, reader)

    def _deliver_one(self, mail: Mail, reader: StaffMember) -> None:
        with self._database.writing() as session:
            if not _is_still_for(session, mail, reader):
                return outbox.drop(session, mail, self._clock())
            if not outbox.take(session, mail, self._clock()):
                return None
        fault = self._send(mail, reader)
        with self._database.writing() as session:
            if fault:
                return outbox.failed(session, mail, fault, self._clock())
            return outbox.sent(session, mail, self._clock())

    def _send(self, mail: Mail, reader: StaffMember) -> str | None:
        """The code of what failed; whom it was for stands in no log."""
        try:
            subject, text, language = self._write(mail.kind, reader)
            self._office.send(Letter(reader.email, subject, text, language, mail.key))
        except NotSent as failure:
            log.warning("letter %d waits: %s", mail.id, failure.fault)
            return failure.fault
        except Exception as error:
            log.error("letter %d waits: %s", mail.id, type(error).__name__)
            return "broken"
        return None


def _is_still_for(session: Session, mail: Mail, reader: StaffMember) -> bool:
    """Somebody who left is told nothing any more, and nobody what they have read already."""
    alert_id = mail.about.get("alert")
    return reader.left_at is None and (alert_id is None or access.is_still_to_tell(session, alert_id, reader.id))
