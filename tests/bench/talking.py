"""A closed loop: every talker takes its next turn as soon as the last one was answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Protocol

from .figures import Load, load

TURNS_PER_TALK = 14


class Talk(Protocol):
    """One conversation in progress."""

    async def take_turn(self) -> None: ...


Begin = Callable[[], Awaitable[Talk]]  # opens a conversation; opening is not measured


async def timed(talk: Talk) -> float:
    started = time.perf_counter()
    await talk.take_turn()
    return (time.perf_counter() - started) * 1000


async def long_talk(begin: Begin, turns: int) -> list[float]:
    talk = await begin()
    return [await timed(talk) for _ in range(turns)]


async def round_of_turns(begin: Begin, at_a_time: int, turns: int, cpu_seconds: Callable[[], float]) -> Load:
    """All conversations are opened first; then only turns are timed. There are more conversations than are needed,
    so that as many go on at the end as at the beginning."""
    times: list[float] = []
    opened = iter([await begin() for _ in range(turns // TURNS_PER_TALK + at_a_time)])
    cpu, started = cpu_seconds(), time.perf_counter()
    await asyncio.gather(*(talk_on(opened, times, turns) for _ in range(at_a_time)))
    return load(times, time.perf_counter() - started, cpu_seconds() - cpu)


async def talk_on(opened: Iterator[Talk], times: list[float], turns: int) -> None:
    for talk in opened:
        for _ in range(TURNS_PER_TALK):
            if len(times) >= turns:
                return
            times.append(await timed(talk))
