"""Sends e-mail by SMTP. Nothing else speaks to a mail server."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from hashlib import sha256
from typing import Literal

from api.settings import Settings

PATIENCE = 10.0  # seconds for each exchange with the server
Fault = Literal["unreachable", "not_signed_in", "not_encrypted", "refused", "no_such_address"]
# RFC 3463: the address itself is bad (of another kind: the server, its rules, our account)
BAD_ADDRESS = re.compile(rb"^5\.1\.[1-3]\b")


class NotSent(Exception):
    """`fault` says why; the server's own words are left out, because they may name people."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
        self.is_final = fault == "no_such_address"  # another attempt would fail in the same way


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str
    language: str  # BCP 47
    key: str  # the same key is the same letter, however often it is sent


class PostOffice:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def is_open(self) -> bool:
        return bool(self._settings.mail_host)

    def send(self, letter: Letter) -> None:
        """Raises NotSent. It waits for the server, so it must not run on the event loop."""
        try:
            with self._connect() as server:
                server.send_message(self._message(letter))
        except (smtplib.SMTPNotSupportedError, ssl.SSLError):
            raise NotSent("not_encrypted") from None
        except smtplib.SMTPAuthenticationError:
            raise NotSent("not_signed_in") from None
        except smtplib.SMTPRecipientsRefused as refusal:
            raise NotSent("no_such_address" if _is_unknown(refusal) else "refused") from None
        except smtplib.SMTPResponseException:
            raise NotSent("refused") from None
        except (smtplib.SMTPException, OSError):
            raise NotSent("unreachable") from None

    def _connect(self) -> smtplib.SMTP:
        host, port = self._settings.mail_host, self._settings.mail_port
        if self._settings.mail_security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE)
        try:
            self._introduce(server)
        except Exception:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP) -> None:
        if self._settings.mail_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self._settings.mail_user:
            server.login(self._settings.mail_user, self._settings.mail_password.get_secret_value())

    def _message(self, letter: Letter) -> EmailMessage:
        """Text and nothing else. A letter that is sent again after a crash keeps its id: mailboxes show it once."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self._settings.mail_from
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{sha256(letter.key.encode()).hexdigest()[:32]}@{self._domain()}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, cte="quoted-printable")
        message["Content-Language"] = letter.language
        return message

    def _domain(self) -> str:
        return parseaddr(self._settings.mail_from)[1].rpartition("@")[2] or "localhost"


def _is_unknown(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    return all(BAD_ADDRESS.match(answer) for _, answer in refusal.recipients.values())
