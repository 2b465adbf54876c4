from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from adapters.components.base import Component, about, tell


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class WordsEndHere(Component):
    """Last: the text of a turn goes no further than the readers.

    The parse that is logged, stored and planned with holds none, and Rasa's handler of messages such as
    `/restart`, which runs next, finds nothing to obey. A developer's shell keeps its text and its commands.
    """

    may_fail = False

    def read(self, message: Message) -> None:
        if about(message).get("kind"):
            tell(message, TEXT, "")
