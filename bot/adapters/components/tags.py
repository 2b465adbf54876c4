from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from understanding.tags import Tagger
from understanding.taxonomy import ENTITY, load_taxonomy

from adapters.components.base import TrainedComponent, add_entities, speaker_of, text_of
from adapters.components.language import lexicons_of

ORDINARY = ("factors", "feelings", "voice")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FactorTagger(TrainedComponent):
    """Factors, feelings and voice. Its hints of harm are left to the screen, so that one part answers for alerts."""

    @staticmethod
    def reader_type() -> Any:
        return Tagger

    def read(self, message: Message) -> None:
        speaker = speaker_of(message)
        spans = self._reader.tag(text_of(message), languages=lexicons_of(message), speaker=speaker)
        kind_of = load_taxonomy().kind_of
        for kind in ORDINARY:
            ours = [span for span in spans if kind_of(span.code) == kind]
            add_entities(message, ENTITY[kind], ours, type(self).__name__)
