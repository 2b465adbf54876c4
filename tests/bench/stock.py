"""The stock assistant as a side of the comparison: its REST channel, spoken to as its documentation shows."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from .exercise import moods


@dataclass
class StockTalk:
    client: httpx.AsyncClient
    address: str
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)
    words: Iterator[str] = field(default_factory=moods)

    async def take_turn(self) -> None:
        message = {"sender": self.sender, "message": next(self.words)}
        reply = await self.client.post(f"{self.address}/webhooks/rest/webhook", json=message)
        reply.raise_for_status()
        reply.json()
