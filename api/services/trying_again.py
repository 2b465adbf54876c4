"""How long what could not be sent waits before it is tried again."""

from datetime import timedelta

# after each failed attempt; the last holds for all that follow
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))


def pause_after(attempts: int) -> timedelta:
    """`attempts`: how many went before the one that begins now."""
    return PAUSES[min(attempts, len(PAUSES) - 1)]
