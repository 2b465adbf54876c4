"""Keeping services."""

import asyncio
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deploy.local.processes import Command
from deploy.local.progress import Stop
from deploy.local.supervise import PATIENCE, Service, healthy, pause_after, supervise


async def nothing() -> None:
    """Announces nothing."""


def service(folder: Path, script: str) -> Service:
    async def prepared() -> Command:
        return Command(["/bin/sh", "-c", script], folder, os.environ)

    return Service("test", prepared)


class Answering(BaseHTTPRequestHandler):
    """503 twice, as a product that is still starting, then 200."""

    statuses: list[int]

    def do_GET(self) -> None:
        self.send_response(self.statuses.pop(0) if self.statuses else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def starting() -> Iterator[str]:
    Answering.statuses = [503, 503]
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/health"
        server.shutdown()
        thread.join()


def test_pauses_grow_until_it_is_hopeless() -> None:
    ends: list[float] = []
    pauses = [pause_after(ends, now=second) for second in range(PATIENCE)]
    assert pauses == [0.25, 0.5, 1.0, 2.0, 4.0, None]


def test_a_calm_minute_is_a_fresh_start() -> None:
    ends = [0.0, 1.0, 2.0, 3.0, 4.0]
    assert pause_after(ends, now=100.0) == 0.25


def test_a_service_that_always_ends_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.local.supervise.PATIENCE", 2)
    other = service(tmp_path, "echo $$ > other; exec sleep 600")
    with pytest.raises(Stop):
        asyncio.run(supervise([other, service(tmp_path, "exit 3")], nothing))
    assert not Path(f"/proc/{(tmp_path / 'other').read_text().strip()}").exists()


def test_a_service_that_cannot_be_prepared_stops_everything(tmp_path: Path) -> None:
    async def refused() -> Command:
        raise Stop("no Python")

    with pytest.raises(Stop, match="no Python"):
        asyncio.run(supervise([service(tmp_path, "exec sleep 600"), Service("bot", refused)], nothing))


def test_only_200_is_healthy(starting: str) -> None:
    asyncio.run(healthy(starting, services=[]))
    assert Answering.statuses == []


def test_what_never_answers_is_a_sentence() -> None:
    with pytest.raises(Stop, match="did not answer"):
        asyncio.run(healthy("http://127.0.0.1:9/health", services=[], timeout=0))


def test_a_proxy_is_not_asked_for_our_own_address(starting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    asyncio.run(healthy(starting, services=[], timeout=5))
