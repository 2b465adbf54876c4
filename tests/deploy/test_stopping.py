"""However the launcher ends, and however a service ends: real processes, real signals."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.settings import CHECKOUT

HOUSE = Path(__file__).with_name("small_house.py")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen([sys.executable, HOUSE, tmp_path], env=environment, stderr=subprocess.DEVNULL) as launcher:
        yield launcher
        launcher.kill()


def eventually(holds: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def starts(folder: Path) -> list[list[int]]:
    """The ids of the service and of its child, for each start."""
    written = folder / "processes"
    return (
        [[int(word) for word in line.split()] for line in written.read_text().splitlines()] if written.exists() else []
    )


def started(folder: Path, times: int = 1) -> list[int]:
    assert eventually(lambda: len(starts(folder)) == times)
    return starts(folder)[-1]


def alive(process: int) -> bool:
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_launcher_leaves_no_process_behind(
    house: subprocess.Popen[bytes], tmp_path: Path, number: signal.Signals
) -> None:
    service, child = started(tmp_path)
    house.send_signal(number)
    assert house.wait(10) == 130
    assert (alive(service), alive(child)) == (False, False)


def test_impatience_does_not_leave_a_process_behind(house: subprocess.Popen[bytes], tmp_path: Path) -> None:
    processes = started(tmp_path)
    for _ in range(3):
        house.send_signal(signal.SIGINT)
    house.wait(10)
    assert not any(map(alive, processes))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_launcher_that_is_killed_takes_its_services_along(house: subprocess.Popen[bytes], tmp_path: Path) -> None:
    service, child = started(tmp_path)
    house.kill()
    assert eventually(lambda: not alive(service))
    os.kill(child, signal.SIGKILL)  # a service's own children are not the launcher's


def test_a_service_that_is_killed_is_started_again(house: subprocess.Popen[bytes], tmp_path: Path) -> None:
    first, _ = started(tmp_path)
    os.kill(first, signal.SIGKILL)
    second, _ = started(tmp_path, times=2)
    assert (second != first, alive(second)) == (True, True)


def test_what_a_killed_service_had_started_is_ended_before_it_starts_again(
    house: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    service, child = started(tmp_path)
    os.kill(service, signal.SIGKILL)
    started(tmp_path, times=2)
    assert not alive(child)
