"""A small real bot: it speaks the exchange over HTTP and can be killed, slowed, broken, or made to forget."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.contract.schemas import complaints

SECRET = "a secret of the tests, long enough"
UNSAFE = "UNSAFE"  # a message with this word raises an alert
Turn = dict[str, Any]


@dataclass
class Talk:
    turns: list[Turn] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [turn["turn"] for turn in self.turns]


class ScriptedBot:
    def __init__(self) -> None:
        self.talks: dict[str, Talk] = {}
        self.heard: list[Turn] = []  # every request, also repeated ones
        self.complaints: list[str] = []  # what was wrong with requests or replies by the contract
        self.broken = False
        self.refuses = ""  # turns with this word
        self.stumbles = ""  # over turns with this word: their replies wait too, until the bot is stopped
        self._stopped = threading.Event()
        self.hold = threading.Event()  # cleared: replies wait
        self.hold.set()
        self.arrived = threading.Event()
        self._port = 0
        self._server: _Server | None = None
        self._lock = threading.Lock()
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Also after a kill, on the same port, with its memory."""
        self._server = _Server(("127.0.0.1", self._port), self)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def kill(self) -> None:
        """As kill -9: whoever waits for a reply gets a closed connection."""
        assert self._server
        server, self._server = self._server, None
        server.killed = True
        self.hold.set()
        server.shutdown()
        server.server_close()
        server.drop_connections()

    def stumble_over(self, sent: Turn) -> None:
        if self.stumbles and self.stumbles in sent["text"]:
            self._stopped.wait(10)

    def stop(self) -> None:
        self._stopped.set()
        if self._server:
            self.kill()

    def forget(self) -> None:
        self.talks.clear()

    def answer(self, sent: Turn) -> tuple[int, dict[str, Any]]:
        with self._lock:
            self.heard.append(sent)
            self.arrived.set()
            self.complaints += complaints("turn", sent)
            if self.broken:
                return 500, {"error": "broken"}
            if self.refuses and self.refuses in sent["text"]:
                return 422, {"error": "shape"}
            return self._take(sent)

    def _take(self, sent: Turn) -> tuple[int, dict[str, Any]]:
        talk = self.talks.setdefault(sent["conversation"], Talk())
        if sent["turn"] not in talk.ids:
            if sent["previous"] is not None and sent["previous"] not in talk.ids:
                return 409, {"error": "unknown_previous", "known": talk.ids[-1] if talk.ids else None}
            talk.turns.append(sent)
        reply = _reply(talk, sent)
        self.complaints += complaints("reply", reply)
        return 200, reply


def _reply(talk: Talk, sent: Turn) -> dict[str, Any]:
    until = talk.turns[: talk.ids.index(sent["turn"]) + 1]
    unsafe = any(UNSAFE in turn["text"] for turn in until)
    count = len(until)
    return {
        "version": 1,
        "conversation": sent["conversation"],
        "turn": sent["turn"],
        "messages": _messages(sent, count, unsafe),
        "reading": _reading(sent),
        "summary": _summary(until),
        "interview": {
            "state": "alerted" if unsafe else "asking",
            "topic": None if unsafe else "good_day",
            "asked": None if unsafe else f"utter_ask_{count}",
            "done": min(count, 3),
            "of": 3,
            "wants_person": any("control:person" in turn["choices"] for turn in until),
        },
        "alert": _alert(sent),
    }


def _messages(sent: Turn, count: int, unsafe: bool) -> list[dict[str, Any]]:
    if unsafe:
        return [_message(sent, "utter_alert", "notice", "{adult} {helpline} {emergency}")]
    question = _message(sent, f"utter_ask_{count}", "question", f"Tell me about {count}.")
    question["choices"] = [{"code": "feeling:happy", "text": "Happy"}, {"code": "feeling:sad", "text": "Sad"}]
    if sent["kind"] != "say":
        return [_message(sent, "utter_hello", "notice", "Hello."), question]
    thanks = _message(sent, "utter_thank", "acknowledge", "You said “{quote}”.")
    thanks["quote"] = {"turn": sent["turn"], "start": 0, "end": len(sent["text"])}
    return [thanks, question]


def _message(sent: Turn, name: str, kind: str, text: str) -> dict[str, Any]:
    shape = {"topic": None, "language": sent["language"], "quote": None, "choices": [], "multiple": False}
    return {"id": name, "kind": kind, "text": text, **shape}


def _reading(sent: Turn) -> dict[str, Any]:
    return {
        "language": {"code": sent["language"], "confidence": 1.0, "proposed": None},
        "control": None,
        "factors": [],
        "feelings": [],
        "voice": [],
        "safeguarding": ["physical_abuse"] if UNSAFE in sent["text"] else [],
        "spans": _spans(sent),
    }


def _spans(sent: Turn) -> list[dict[str, Any]]:
    start = sent["text"].find(UNSAFE)
    if start < 0:
        return []
    return [{"code": "physical_abuse", "start": start, "end": start + len(UNSAFE), "confidence": 1.0}]


def _alert(sent: Turn) -> dict[str, Any] | None:
    return {"codes": ["physical_abuse"], "spans": _spans(sent)} if UNSAFE in sent["text"] else None


def _summary(turns: list[Turn]) -> dict[str, Any]:
    """Everything said is a worry about lessons, faces are feelings; `readback:leave_out` leaves its target out,
    `readback:adult_only` keeps it for the trusted adult."""
    left_out = [turn["target"] for turn in turns if "readback:leave_out" in turn["choices"]]
    for_adult = [turn["target"] for turn in turns if "readback:adult_only" in turn["choices"]]
    items = []
    for turn in turns:
        line = {"turn": turn["turn"], "start": 0, "end": len(turn["text"])}
        status = "left_out" if line in left_out else "said"
        if turn["kind"] == "say":
            about = {"topic": "good_day", "section": "worries", "codes": ["school.lesson"], "status": status}
            items.append({**about, **line, "shown_to": "adult" if line in for_adult else "school"})
        elif faces := [code.removeprefix("feeling:") for code in turn["choices"] if code.startswith("feeling:")]:
            about = {"topic": "good_day", "section": "feelings", "codes": faces, "status": status}
            items.append({**about, **line, "shown_to": "school"})
    return {
        "version": 2,
        "topics": [{"topic": "good_day", "status": "said" if items else "not_reached"}],
        "items": items,
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], bot: ScriptedBot) -> None:
        self.bot = bot
        self.killed = False
        self.connections: set[Any] = set()
        super().__init__(address, _Handler)

    def drop_connections(self) -> None:
        for connection in list(self.connections):
            self.shutdown_request(connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """A dropped connection is what a kill looks like from inside."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.request)

    def finish(self) -> None:
        self.server.connections.discard(self.request)
        super().finish()

    def do_GET(self) -> None:
        self._send(200, {"bot": "ok"})

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["X-Pupil-Voice-Secret"] != SECRET:
            return self._send(403, {"error": "secret"})
        status, reply = self.server.bot.answer(sent)
        self.server.bot.hold.wait(10)
        self.server.bot.stumble_over(sent)
        if not self.server.killed:
            self._send(status, reply)
        return None

    def _send(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""
