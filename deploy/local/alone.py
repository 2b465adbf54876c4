"""Locks between two launchers of one checkout or one data folder. The system drops them when a launcher dies."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TextIO

from deploy.local.progress import Stop, say


@contextlib.asynccontextmanager
async def waiting_for(lock: Path) -> AsyncIterator[None]:
    """Waits until no other launcher holds the lock."""
    with _opened(lock) as held:
        told = False
        while not _taken(held):
            if not told:
                say(f"Waiting for another command that works here ({lock.name}).")
            told = True
            await asyncio.sleep(0.3)
        yield


@contextlib.contextmanager
def refusing(lock: Path, sentence: str) -> Iterator[None]:
    """Stops with the sentence when another launcher holds the lock."""
    with _opened(lock) as held:
        if not _taken(held):
            raise Stop(sentence)
        yield


def _opened(lock: Path) -> TextIO:
    lock.parent.mkdir(parents=True, exist_ok=True)
    return lock.open("w")


def _taken(held: TextIO) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
