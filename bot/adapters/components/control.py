from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from understanding import control
from understanding.examples import ANSWER

from adapters.components.base import TrainedComponent, speaker_of, tell, text_of
from adapters.components.language import lexicons_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ControlReader(TrainedComponent):
    """The intent: what the speaker wants of the conversation itself, else `answer`."""

    @staticmethod
    def reader_type() -> Any:
        return control.ControlReader

    def read(self, message: Message) -> None:
        tell(message, INTENT, {"name": ANSWER, "confidence": 1.0})
        reading = self._reader.read(text_of(message), lexicons_of(message), speaker_of(message))
        if reading.code:
            tell(message, INTENT, {"name": reading.code, "confidence": reading.confidence})
            tell(message, "refusal", reading.refusal)
