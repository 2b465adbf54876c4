"""What the graph components share: one message at a time, and no failure that takes the answer with it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from understanding.corpus import corpus_of
from understanding.spans import Span

from adapters.fingerprints import BOT, fingerprint

log = logging.getLogger("rasa.pupil_voice")


class Component(GraphComponent):
    """Writes what it reads in `read`. When that fails, the log says which part failed and the message goes on."""

    may_fail: ClassVar[bool] = True

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._read_safely(message)
        return messages

    def _read_safely(self, message: Message) -> None:
        try:
            self.read(message)
        except Exception:
            if not self.may_fail:
                raise
            log.exception("%s failed", type(self).__name__)

    def read(self, message: Message) -> None:
        raise NotImplementedError


class TrainedComponent(Component):
    """Holds a reader that is trained from the NLU data and kept in Rasa's model."""

    def __init__(self, reader: Any, storage: ModelStorage, resource: Resource, messages: Path | None = None) -> None:
        self._reader = reader
        self._messages = messages
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TrainedComponent:
        return cls(None, model_storage, resource, messages_of(config))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"messages": "data/nlu"}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TrainedComponent:
        with model_storage.read_from(resource) as folder:
            return cls(cls.reader_type().load(folder), model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Readers learn from the messages, the lexicon, the patterns of harm and by their own code.

        Rasa also asks this of a part that it takes from its cache, with a config in which nothing of ours stands.
        """
        messages = [messages_of(config)] if "messages" in config else []
        return fingerprint(
            *messages, "understanding", "data/lexicon", "data/sayings", "data/safeguarding", "data/interview"
        )

    @staticmethod
    def reader_type() -> Any:
        raise NotImplementedError

    def train(self, training_data: TrainingData) -> Resource:
        """From the folder of messages, and not from Rasa's own training data, which only names the intents."""
        if self._messages is None:
            raise ValueError("A component that was loaded is not trained again.")
        self._reader = self.reader_type().train(corpus_of(self._messages))
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(folder)
        return self._resource


def messages_of(config: dict[str, Any]) -> Path:
    """A folder in Rasa's NLU format; a relative one is below bot/."""
    return BOT / config["messages"]


def text_of(message: Message) -> str:
    return message.get(TEXT) or ""


def about(message: Message) -> dict[str, Any]:
    """What the channel said of the turn; empty elsewhere."""
    return message.get("metadata") or {}


def speaker_of(message: Message) -> str | None:
    """pupil or parent, where the channel said so."""
    speaker: str | None = about(message).get("audience")
    return speaker


def tell(message: Message, name: str, value: Any) -> None:
    """Sets what leaves with the parse and is seen by the tracker."""
    message.set(name, value, add_to_output=True)


def add_entities(message: Message, kind: str, spans: Iterable[Span], extractor: str) -> None:
    """`extractor` names the part that found them, for `rasa test nlu`."""
    found = [{"entity": kind, "value": span.code, **_place(span), "extractor": extractor} for span in spans]
    tell(message, ENTITIES, (message.get(ENTITIES) or []) + found)


def _place(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "confidence": span.confidence}
