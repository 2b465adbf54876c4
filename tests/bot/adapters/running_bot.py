"""The real bot in a process of its own, and conversations with it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[3]
LAUNCHER = ROOT / "bot" / "adapters" / "launcher.py"
SECRET = "a secret of the tests, long enough"
PORTS = range(5105, 5120)
CACHE = str(ROOT / ".build" / "rasa-cache")  # as make train keeps it
PATIENCE = 120  # seconds; a busy machine starts slowly


def run_rasa(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(LAUNCHER), *words],
        env=environ(**environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def environ(**more: str) -> dict[str, str]:
    return {**os.environ, "PUPIL_VOICE_BOT_SECRET": SECRET, "RASA_CACHE_DIRECTORY": CACHE, **more}


def free_port() -> int:
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError(f"No free port in {PORTS}.")


class Answer(NamedTuple):
    status: int
    body: dict[str, Any]

    def ids(self) -> list[str]:
        return [message["id"] for message in self.body["messages"]]


class RunningBot:
    def __init__(self, model: Path, store: str, log: Path) -> None:
        self.port = free_port()
        self.log = log
        words = ["run", "--model", str(model), "--port", str(self.port)]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, str(LAUNCHER), *words],
                env=environ(PUPIL_VOICE_TRACKER_URL=store),
                cwd=ROOT,
                stdout=output,
                stderr=output,
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(self.log.read_text(encoding="utf-8"))
            if self._listens():
                return
            time.sleep(0.1)
        raise TimeoutError(self.log.read_text(encoding="utf-8"))

    def _listens(self) -> bool:
        try:
            return self.health().status > 0
        except OSError:
            return False

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait(PATIENCE)

    def cost_of(self, act: Callable[..., object], *words: object) -> float:
        """Processor seconds of the bot; the machine may be busy with others."""
        before = self._cpu_seconds()
        act(*words)
        return self._cpu_seconds() - before

    def _cpu_seconds(self) -> float:
        nanoseconds = Path(f"/proc/{self._process.pid}/schedstat").read_text(encoding="ascii").split()[0]
        return int(nanoseconds) / 1e9

    def loaded_libraries(self) -> str:
        return Path(f"/proc/{self._process.pid}/maps").read_text(encoding="utf-8")

    def health(self) -> Answer:
        return self._ask("GET", "health")

    def post(self, body: bytes, secret: str = SECRET) -> Answer:
        return self._ask("POST", "turn", body, {"X-Pupil-Voice-Secret": secret})

    def send(self, turn: Mapping[str, Any]) -> Answer:
        return self.post(json.dumps(turn).encode())

    def _ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, f"/webhooks/interview/{path}", body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, json.loads(response.read()))
        finally:
            connection.close()


PARENTS_GUIDES = ("parent", "first_day")


class Talk:
    """One conversation; turn ids count up, and `previous` is the last turn that was answered."""

    age_band = "12-16"
    pattern: str | None = None
    earlier: Sequence[str] = ()

    def __init__(self, bot: RunningBot, conversation: str, guide: str = "pupil", language: str = "en") -> None:
        self.bot = bot
        self.conversation = conversation
        self.guide = guide
        self.language = language
        self.asked: str | None = None
        self.previous: str | None = None
        self.exchanges: list[dict[str, Any]] = []
        self._count = 0

    def open(self) -> Answer:
        return self.send(self.turn("open"))

    def say(self, text: str, target: Mapping[str, Any] | None = None) -> Answer:
        return self.send(self.turn("say", text=text, target=target))

    def choose(self, *choices: str, target: Mapping[str, Any] | None = None) -> Answer:
        return self.send(self.turn("choose", choices=choices, target=target))

    def turn(self, kind: str, text: str = "", choices: Sequence[str] = (), **more: Any) -> dict[str, Any]:
        self._count += 1
        audience = "parent" if self.guide in PARENTS_GUIDES else "pupil"
        turn = {
            "version": 1,
            "conversation": self.conversation,
            "turn": f"turn-{self._count}",
            "previous": self.previous,
            "kind": kind,
            "text": text,
            "choices": list(choices),
            "asked": self.asked,
            "target": None,
            "language": self.language,
            "audience": audience,
            "guide": self.guide,
            "age_band": None if audience == "parent" else self.age_band,
            "pattern": self.pattern,
            "earlier": {"conversations": len(self.earlier), "topics": list(self.earlier)},
        }
        return {**turn, **more}

    def send(self, turn: Mapping[str, Any]) -> Answer:
        answer = self.bot.send(turn)
        if answer.status == 200:
            self.previous, self.asked = turn["turn"], answer.body["interview"]["asked"]
            self.exchanges.append({"turn": dict(turn), "reply": answer.body})
        return answer
