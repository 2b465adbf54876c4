"""Brings the outbox of staff's letters to the mail server."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api import access
from api.database import Database
from api.mail import Letter, NotSent, PostOffice
from api.models import Mail, StaffMember, now
from api.services.mailing import outbox
from api.services.trying_again import without_end

log = logging.getLogger(__name__)

PAUSE = 0.5  # seconds; an alert's letter is under way within the second
Writer = Callable[[str, StaffMember], tuple[str, str, str]]  # of a kind for somebody: subject, text, language


class Postman:
    """`write` makes the text in the reader's language."""

    def __init__(
        self,
        database: Database,
        office: PostOffice,
        write: Writer,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._database = database
        self._office = office
        self._write = write
        self._clock = clock
        self._is_stopping = False

    def stop(self) -> None:
        """The letter in hand is finished; the others wait for the next start."""
        self._is_stopping = True

    async def run(self) -> None:
        await without_end("letters to staff", partial(run_in_threadpool, self.go_round), PAUSE)

    def go_round(self) -> None:
        if self._office.is_open:
            self._deliver()

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
