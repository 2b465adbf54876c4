from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from understanding.sentences import sentence_spans
from understanding.tokens import tokenize

from adapters.components.base import Component, tell, text_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SentenceReader(Component):
    """Where the sentences are and how many words there were: all that later turns can know of this one."""

    def read(self, message: Message) -> None:
        text = text_of(message)
        tell(message, "sentences", [[0, len(text)]])  # stands if the reading fails: the whole is quoted
        tell(message, "sentences", [list(span) for span in sentence_spans(text)])
        tell(message, "words", len(tokenize(text)))
