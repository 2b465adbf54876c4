"""Twilio: text messages and WhatsApp by its REST interface, and its signed webhooks.

The library's own client is left out: it would cost half a second of every start and 18 MB for the one request that is
made here. Its check of signatures is used.
"""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.sax.saxutils import escape

import httpx
from twilio.request_validator import RequestValidator

from api.settings import Settings
from api.texting.provider import Channel, Fault, NotGenuine, NotSent, Posted, Received, Reported

PATIENCE = 10.0  # seconds
WHATSAPP = "whatsapp:"  # stands before a number
DELIVERED = {"delivered", "read"}
FAILED = {"undelivered", "failed"}
# https://www.twilio.com/docs/api/errors
FAULTS: Mapping[str, Fault] = {
    "20003": "not_signed_in",
    "21211": "not_theirs",
    "21408": "refused",
    "21610": "stopped",
    "21612": "not_theirs",
    "21614": "not_theirs",
    "30003": "switched_off",
    "30004": "stopped",
    "30005": "not_theirs",
    "30006": "not_theirs",
    "63003": "not_theirs",
    "63016": "too_late",
    "63024": "not_theirs",
    "63032": "stopped",
}


class Twilio:
    name = "twilio"

    def __init__(self, settings: Settings) -> None:
        token = settings.text_token.get_secret_value()
        self._account = settings.text_account
        self._numbers: dict[Channel, str] = {"text": settings.text_number, "whatsapp": settings.whatsapp_number}
        self._messages = f"{settings.text_api_url.rstrip('/')}/2010-04-01/Accounts/{self._account}/Messages.json"
        self._reports_to = f"{settings.public_url.rstrip('/')}/texting/{self.name}/status"
        self._signed_in = httpx.BasicAuth(self._account, token)
        self._validator = RequestValidator(token)

    @property
    def channels(self) -> frozenset[Channel]:
        return frozenset(channel for channel, number in self._numbers.items() if number)

    def send(self, to: str, text: str, channel: Channel, key: str) -> str:
        message = {
            "To": _named(to, channel),
            "Body": text,
            "StatusCallback": self._reported_at(key),
            **self._by(channel),
        }
        try:
            answer = httpx.post(
                self._messages,
                data=message,
                auth=self._signed_in,
                timeout=PATIENCE,
                trust_env=False,
                follow_redirects=False,
            )
        except httpx.HTTPError:
            raise NotSent("unreachable", is_final=False) from None
        return _taken(answer)

    def received(self, posted: Posted) -> Received:
        fields = self._genuine(posted)
        sender = fields.get("From", "")
        attachments = fields.get("NumMedia", "0")
        return Received(
            fields.get("MessageSid", ""),
            sender.removeprefix(WHATSAPP),
            fields.get("Body", ""),
            "whatsapp" if sender.startswith(WHATSAPP) else "text",
            int(attachments) if attachments.isdecimal() else 0,
        )

    def reported(self, posted: Posted) -> Reported:
        fields = self._genuine(posted)
        state = fields.get("MessageStatus") or fields.get("SmsStatus", "")
        fault = FAULTS.get(fields.get("ErrorCode", ""), "refused") if state in FAILED else None
        (key,) = parse_qs(urlsplit(posted.address).query).get("message", [""])[:1]
        return Reported(fields.get("MessageSid", ""), key, fault, state in DELIVERED)

    def answer(self, text: str | None) -> tuple[str, str]:
        said = f"<Message>{escape(text)}</Message>" if text else ""
        return "application/xml", f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'

    def _genuine(self, posted: Posted) -> Mapping[str, str]:
        signature = posted.headers.get("X-Twilio-Signature", "")
        is_signed = self._validator.validate(posted.address, posted.fields, signature)
        if not is_signed or posted.fields.get("AccountSid") != self._account or not posted.fields.get("MessageSid"):
            raise NotGenuine
        return posted.fields

    def _by(self, channel: Channel) -> dict[str, str]:
        """A number, or a service that chooses among several."""
        number = self._numbers[channel]
        if number.startswith("MG"):
            return {"MessagingServiceSid": number}
        return {"From": _named(number, channel)}

    def _reported_at(self, key: str) -> str:
        return f"{self._reports_to}?{urlencode({'message': key})}"


def _named(number: str, channel: Channel) -> str:
    return f"{WHATSAPP}{number}" if channel == "whatsapp" else number


def _taken(answer: httpx.Response) -> str:
    """A server in trouble, or one that asks for patience, is asked again later."""
    if answer.status_code in (200, 201):
        return _named_in(answer, "sid")
    if answer.status_code in (401, 403):
        raise NotSent("not_signed_in", is_final=False)
    if answer.status_code == 429 or answer.status_code >= 500:
        raise NotSent("unreachable", is_final=False)
    raise NotSent(FAULTS.get(_named_in(answer, "code"), "refused"), is_final=True)


def _named_in(answer: httpx.Response, name: str) -> str:
    try:
        return str(answer.json()[name])
    except (ValueError, KeyError, TypeError):
        return ""
