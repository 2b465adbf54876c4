"""Ctrl-C, SIGTERM and a closed terminal, all the same: the work is cancelled and tidies up."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

Answer = TypeVar("Answer")


async def until_stopped(work: Coroutine[Any, Any, Answer]) -> Answer:
    """The first signal cancels; while the work tidies up, further ones change nothing."""
    task = asyncio.ensure_future(work)
    asked: list[signal.Signals] = []

    def stop(number: signal.Signals) -> None:
        if not asked:
            task.cancel()
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    return await task
