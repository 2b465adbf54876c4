"""A local server that plays the provider of text messages: it takes what the product sends, and posts what people write
as Twilio does, signed.
"""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import httpx
from twilio.request_validator import RequestValidator

ACCOUNT, TOKEN = "AC00000000000000000000000000000001", "a token of the tests"
# of ranges that the telephone regulator keeps free for plays and films
SCHOOL, SCHOOL_WHATSAPP = "+447700900100", "+447700900101"


@dataclass(frozen=True)
class Sent:
    to: str
    text: str
    sender: str
    reports_to: str
    id: str


@dataclass
class TextProviderServer:
    """`refusal`: status and code with which the next messages are refused."""

    sent: list[Sent] = field(default_factory=list)
    refusal: tuple[int, int] | None = None

    def start(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def settings(self) -> dict[str, str]:
        """By the names of api.settings."""
        return {
            "text_provider": "twilio",
            "text_account": ACCOUNT,
            "text_token": TOKEN,
            "text_number": SCHOOL,
            "whatsapp_number": SCHOOL_WHATSAPP,
            "text_api_url": f"http://127.0.0.1:{self._server.server_address[1]}",
        }

    def to(self, number: str) -> list[str]:
        return [each.text for each in self.sent if each.to == number]

    def take(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.refusal:
            status, code = self.refusal
            return status, {"code": code, "message": f"not to {fields['To']}", "status": status}
        sid = f"SM{len(self.sent):032x}"
        sender = fields.get("From") or fields["MessagingServiceSid"]
        self.sent.append(Sent(fields["To"], fields["Body"], sender, fields["StatusCallback"], sid))
        return 201, {"sid": sid, "status": "queued", "error_code": None}


def written(sender: str, text: str, number: int = 1, *, whatsapp: bool = False, media: int = 0) -> dict[str, str]:
    """What is posted when somebody writes; the same `number` is the same message."""
    prefix = "whatsapp:" if whatsapp else ""
    fields = {
        "ToCountry": "GB",
        "MessageSid": f"SM{number:032x}",
        "SmsSid": f"SM{number:032x}",
        "SmsMessageSid": f"SM{number:032x}",
        "AccountSid": ACCOUNT,
        "From": f"{prefix}{sender}",
        "To": f"{prefix}{SCHOOL_WHATSAPP if whatsapp else SCHOOL}",
        "Body": text,
        "NumMedia": str(media),
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
    }
    about_chat = {"ProfileName": "A name", "WaId": sender.removeprefix("+")} if whatsapp else {}
    about_media = {"MediaUrl0": "https://media.test/1", "MediaContentType0": "image/jpeg"} if media else {}
    return {**fields, **about_chat, **about_media}


def signed(address: str, fields: dict[str, str], token: str = TOKEN) -> dict[str, str]:
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(address, fields)}


def post(address: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
    """Signed for this address, unless other headers are given."""
    return httpx.post(
        address, data=fields, headers=signed(address, fields) if headers is None else headers, trust_env=False
    )


def _handler(provider: TextProviderServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_known = self.headers["Authorization"] == httpx.BasicAuth(ACCOUNT, TOKEN)._auth_header
            status, content = provider.take(dict(parse_qsl(body))) if is_known else (401, {"code": 20003})
            answer = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Silent."""

    return Handler
