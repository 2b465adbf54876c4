"""Child processes that never outlive the launcher: each leads a process group, and the whole group is ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.progress import Stop

TETHER = Path(__file__).with_name("tether.py")
STDERR = 2
GRACE = 8.0  # seconds a process has to end by itself


@dataclass(frozen=True)
class Command:
    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)  # holds the secret between api and bot


async def start(command: Command, stdout: int = STDERR, stderr: int = STDERR) -> Process:
    """The child's stdout goes to our stderr unless told otherwise: ours may be data."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), *command.words),
        cwd=command.folder,
        env=dict(command.environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
    )


async def stop(process: Process, first: signal.Signals = signal.SIGTERM, grace: float = GRACE) -> None:
    """Ends the process and whatever it started."""
    _signal_group(process, first)
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(process.wait(), grace)
    _signal_group(process, signal.SIGKILL)
    await process.wait()


async def call(command: Command, stdout: int = STDERR, stderr: int = STDERR) -> int:
    """Runs to the end and answers the exit status. SIGINT on cancellation lets pytest tear down."""
    process = await start(command, stdout, stderr)
    try:
        return await process.wait()
    finally:
        await asyncio.shield(stop(process, first=signal.SIGINT))


async def call_or_stop(command: Command, sentence: str) -> None:
    if await call(command):
        raise Stop(sentence)


async def call_quietly(command: Command, log: Path) -> int:
    """What the command says goes to the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as written:
        return await call(command, written.fileno(), written.fileno())


async def output(command: Command) -> str | None:
    """What the command wrote to stdout, or None when it failed."""
    process = await start(command, asyncio.subprocess.PIPE)
    try:
        written, _ = await process.communicate()
    finally:
        await asyncio.shield(stop(process))
    return None if process.returncode else written.decode()


def _signal_group(process: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
