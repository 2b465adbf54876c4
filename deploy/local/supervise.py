"""Keeps services running until the person stops the launcher."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Callable

from deploy.local.processes import Command, start, stop
from deploy.local.progress import Stop, say

CALM = 60.0  # seconds without an end, after which earlier ends are forgotten
PATIENCE = 6  # ends within CALM seconds before the launcher gives up


@dataclass
class Service:
    name: str
    prepare: Callable[[], Awaitable[Command]]  # sets up what the service needs, then says how to start it
    prepared: asyncio.Event = field(default_factory=asyncio.Event)


async def supervise(services: Sequence[Service], announce: Callable[[], Awaitable[None]]) -> None:
    """Runs until cancelled, or until a service cannot be kept: then stops the others and raises Stop."""
    keepers = [asyncio.ensure_future(keep(service)) for service in services]
    everything = asyncio.gather(*keepers, announce())
    try:
        await everything
    finally:
        everything.cancel()
        for keeper in keepers:
            keeper.cancel()
        await asyncio.wait(keepers)


async def keep(service: Service) -> None:
    command = await service.prepare()
    service.prepared.set()
    say(f"Starting the {service.name}.")
    ends: list[float] = []
    while True:
        process = await start(command)
        try:
            status = await process.wait()
        finally:
            await asyncio.shield(stop(process))
        pause = pause_after(ends, time.monotonic())
        if pause is None:
            raise Stop(f"The {service.name} ended {PATIENCE} times within a minute; the lines above say why.")
        say(f"The {service.name} ended (status {status}). Starting it again in {pause:g} s.")
        await asyncio.sleep(pause)


def pause_after(ends: list[float], now: float) -> float | None:
    """Seconds to wait before the next start; longer each time, None when it is hopeless. Remembers this end."""
    ends[:] = [end for end in ends if now - end < CALM] + [now]
    return None if len(ends) >= PATIENCE else 0.25 * 2 ** (len(ends) - 1)


async def healthy(url: str, services: Sequence[Service], timeout: float = 120.0) -> None:
    """Returns when the url answers 200. The clock starts when the services are prepared."""
    for service in services:
        await service.prepared.wait()
    deadline = time.monotonic() + timeout
    while not await asyncio.get_running_loop().run_in_executor(None, _answers, url):
        if time.monotonic() > deadline:
            raise Stop(f"{url} did not answer within {timeout:g} s after the start.")
        await asyncio.sleep(0.1)


def _answers(url: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy knows nothing of our loopback
    try:
        with direct.open(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:  # HTTP errors are among them
        return False
