"""A real mail server on this machine, and letters as they arrived at it."""

import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from api.mail import PostOffice
from api.settings import Settings

USER, PASSWORD = "pupil-voice", "the password of the mail server"


class MailServer:
    """Its port is known before it runs, so that it can be away at first. `more` as for aiosmtpd's SMTP."""

    def __init__(self, **more: Any) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.letters: list[EmailMessage] = []
        self._more = more
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._more)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    @property
    def readers(self) -> list[str]:
        return sorted(str(letter["To"]).split("@")[0] for letter in self.letters)

    def settings(self, **more: Any) -> Settings:
        to_here: dict[str, Any] = {"mail_host": "127.0.0.1", "mail_port": self.port, "mail_security": "none"}
        return Settings(**{**to_here, "environment": "test", "mail_from": "voice@school.test", **more})

    def office(self, **more: Any) -> PostOffice:
        return PostOffice(self.settings(**more))


def let_in(_server: object, _session: object, _envelope: object, _mechanism: str, given: Any) -> AuthResult:
    # not handled: aiosmtpd itself answers a wrong one
    return AuthResult(handled=False, success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()))
