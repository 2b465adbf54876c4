from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from understanding.safeguarding import Screen

from adapters.components.base import TrainedComponent, add_entities, speaker_of, text_of
from adapters.turns import SAFEGUARDING


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SafeguardingScreen(TrainedComponent):
    """Runs first. It alone may fail a turn: a message that was not screened must wait, not pass (practice 21)."""

    may_fail = False

    @staticmethod
    def reader_type() -> Any:
        return Screen

    def read(self, message: Message) -> None:
        add_entities(
            message, SAFEGUARDING, self._reader.screen(text_of(message), speaker_of(message)), type(self).__name__
        )
