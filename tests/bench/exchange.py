"""The bot alone: turns by the exchange, as the api sends them, with no api and no page in between."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from .exercise import Person, Step

OPENING = Step("open")


class TurnError(RuntimeError):
    """An answer other than 200: a figure that counted it would be false."""


@dataclass
class ExchangeTalk:
    client: httpx.AsyncClient
    address: str
    secret: str
    person: Person
    conversation: str = field(default_factory=lambda: uuid.uuid4().hex)
    previous: str | None = None
    asked: str | None = None
    offered: frozenset[str] = frozenset()

    async def take_turn(self) -> None:
        await self.send(self.person(self.offered))

    async def send(self, step: Step) -> None:
        headers = {"X-Pupil-Voice-Secret": self.secret}
        answer = await self.client.post(
            f"{self.address}/webhooks/interview/turn", json=self.request(step), headers=headers
        )
        if answer.status_code != 200:
            raise TurnError(f"the bot answered {answer.status_code}: {answer.text[:200]}")
        self.hear(answer.json())

    def request(self, step: Step) -> dict[str, object]:
        return {
            "version": 1, "conversation": self.conversation, "turn": uuid.uuid4().hex, "previous": self.previous,
            "kind": step.kind, "text": step.text, "choices": list(step.choices), "asked": self.asked, "target": None,
            "language": "en", "audience": "pupil", "guide": "pupil", "age_band": "8-11",
            "pattern": None, "earlier": {"conversations": 0, "topics": []},
        }  # fmt: skip

    def hear(self, reply: dict[str, Any]) -> None:
        if reply["alert"]:
            raise TurnError(
                "an answer of exercise.py raised an alert: the interview stopped, and its figures would be too good"
            )
        self.previous = str(reply["turn"])
        self.asked = reply["interview"]["asked"]
        self.offered = frozenset(choice["code"] for message in reply["messages"] for choice in message["choices"])
