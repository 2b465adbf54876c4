"""Somebody with a telephone, and the services that take what they write."""

from dataclasses import dataclass, field
from typing import Literal

from sqlmodel import col, select, update

from api import access
from api.database import Database
from api.models import Carer, Conversation, Delivery, Record, Task, Turn, now
from api.services.texting.receiving import Kept, Receiving
from api.services.texting.words import SteeringWords
from api.settings import Settings
from api.texting import Received
from tests.api.speaker import Services

STEERING = SteeringWords.read(Settings(environment="test").interview_data / "texting.yml")


@dataclass
class Telephone:
    services: Services
    number: str
    written: int = field(default=0)

    @property
    def _database(self) -> Database:
        return self.services.database

    async def writes(
        self, text: str, *, again: bool = False, channel: Literal["text", "whatsapp"] = "text", pictures: int = 0
    ) -> Kept:
        """`again`: the last message once more, as a provider posts it that had no answer."""
        self.written += not again
        name = f"SM-{self.number}-{self.written}"
        kept = self.keeps(Received(name, self.number, text, channel, pictures))
        if kept.opened:
            await self.services.replayer.go_round()
        return kept

    def keeps(self, message: Received) -> Kept:
        """Without the bot."""
        receiving = Receiving(self.services.turns, STEERING, "the secret of the tests")
        with self._database.writing() as session:
            return receiving.keep(session, message)

    def has_got_everything(self) -> None:
        """What waits for them has gone out."""
        with self._database.writing() as session:
            waits = update(Delivery).where(col(Delivery.sent_at).is_(None)).where(col(Delivery.given_up_at).is_(None))
            session.exec(waits.values(sent_at=now()))
            session.commit()

    def turns(self) -> list[Turn]:
        """Of all conversations, without their openings."""
        return [turn for turn in self.rows(Turn) if turn.kind != "open"]

    def said(self) -> list[str]:
        return [turn.text for turn in self.turns()]

    def kinds_to_send(self) -> list[str]:
        """Of messages that wait."""
        return [each.kind for each in self.rows(Delivery) if each.given_up_at is None]

    def tasks(self) -> list[str]:
        return [task.kind for task in self.rows(Task)]

    def conversations(self) -> list[Conversation]:
        return self.rows(Conversation)

    def carer(self) -> Carer:
        with self._database.reading() as session:
            return access.carers_with_number(session, self.number)[0][0]

    def rows[Row: Record](self, kind: type[Row]) -> list[Row]:
        order = kind.received_at if kind is Turn else next(iter(kind.__table__.primary_key))  # type: ignore[attr-defined]
        with self._database.reading() as session:
            return list(session.exec(select(kind).order_by(col(order))))
