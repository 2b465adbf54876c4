"""Waiting for what happens beside the test."""

import asyncio
import time
from collections.abc import Callable

STEP = 0.02  # seconds


def soon(holds: Callable[[], bool], seconds: float = 5) -> bool:
    for _ in range(round(seconds / STEP)):
        if holds():
            return True
        time.sleep(STEP)
    return False


async def soon_async(holds: Callable[[], bool], seconds: float = 5) -> bool:
    for _ in range(round(seconds / STEP)):
        if holds():
            return True
        await asyncio.sleep(STEP)
    return False
