from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from understanding.language import identify

from adapters.components.base import Component, about, tell, text_of

LANGUAGE = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageReader(Component):
    """The language of the words. What the speaker chose stays; another one is only proposed."""

    def read(self, message: Message) -> None:
        guess = identify(text_of(message), about(message).get(LANGUAGE))
        tell(message, LANGUAGE, {"code": guess.code, "confidence": guess.confidence, "proposed": guess.proposed})


def language_of(message: Message) -> str | None:
    """As read, else as chosen; None when neither is known."""
    code: str | None = (message.get(LANGUAGE) or {}).get("code") or about(message).get(LANGUAGE)
    return code
