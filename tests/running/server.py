"""A server that a test started, with all that it started in turn. It ends when the test ends, however that ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from deploy.local.environ import environ
from deploy.local.processes import TETHER

PATIENCE = 300  # seconds until healthy; stock Rasa needs up to 60 on a slow machine


@dataclass(frozen=True)
class Memory:
    """Megabytes. PSS shares out what several processes map together, so it alone may be added up."""

    rss: float
    uss: float
    pss: float


class NotHealthyError(RuntimeError):
    """The server ended, or did not answer its health address in time."""


class Server:
    def __init__(self, command: Sequence[str], health: str, log: Path, folder: Path, **settings: str) -> None:
        self.health, self.log = health, log
        started = time.perf_counter()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(TETHER), str(os.getpid()), *command],
                cwd=folder,
                env=environ(**settings),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._wait(started)
        self.seconds_to_healthy = time.perf_counter() - started

    def _wait(self, started: float) -> None:
        while time.perf_counter() - started < PATIENCE:
            if self.process.poll() is not None:
                raise NotHealthyError(f"the server ended with {self.process.returncode}; see {self.log}")
            if answers(self.health):
                return
            time.sleep(0.05)
        self.stop()
        raise NotHealthyError(f"{self.health} did not answer within {PATIENCE} s; see {self.log}")

    def processes(self, naming: str = "") -> list[psutil.Process]:
        """All of them, or those whose command line holds `naming`."""
        leader = psutil.Process(self.process.pid)
        everyone = [leader, *leader.children(recursive=True)]
        return [process for process in everyone if naming in " ".join(process.cmdline())]

    def memory(self, naming: str = "") -> Memory:
        infos = [process.memory_full_info() for process in self.processes(naming)]
        return Memory(*(round(sum(getattr(info, kind) for info in infos) / 1e6, 1) for kind in ("rss", "uss", "pss")))

    def cpu_seconds(self, naming: str = "") -> float:
        """With the children that already ended."""
        return sum(cpu_of(process) for process in self.processes(naming))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def cpu_of(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)
