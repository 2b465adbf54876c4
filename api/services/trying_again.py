"""What fails is tried again: the rounds of the product at once, what could not be sent after a while."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

log = logging.getLogger(__name__)

# after each failed attempt; the last holds for all that follow
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))


async def without_end(what: str, go_round: Callable[[], Awaitable[None]], pause: float) -> None:
    """Round after round with `pause` seconds between, until it is cancelled. A round that fails does not end it, since
    nothing else does its work; `what` names it in the log, the words of the error, which could name people, do not.
    """
    while True:
        try:
            await go_round()
        except Exception as error:
            log.error("%s failed: %s", what, type(error).__name__)
        await asyncio.sleep(pause)


def pause_after(attempts: int) -> timedelta:
    """`attempts`: how many went before the one that begins now."""
    return PAUSES[min(attempts, len(PAUSES) - 1)]
