from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from understanding.corpus import lexicons_for
from understanding.language import LanguageIdentifier

from adapters.components.base import TrainedComponent, about, tell, text_of

LANGUAGE = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageReader(TrainedComponent):
    """The language of the words. What the speaker chose stays; another one is only proposed."""

    @staticmethod
    def reader_type() -> Any:
        return LanguageIdentifier

    def read(self, message: Message) -> None:
        guess = self._reader.identify(text_of(message), about(message).get(LANGUAGE))
        told = {"code": guess.code, "confidence": guess.confidence, "proposed": guess.proposed, "seems": guess.seems}
        tell(message, LANGUAGE, told)


def lexicons_of(message: Message) -> Sequence[str] | None:
    """Those that the words are looked up in; None, and so all, when the language is not known."""
    code = language_of(message)
    return lexicons_for(code) if code else None


def language_of(message: Message) -> str | None:
    """As read, else as chosen; None when neither is known."""
    code: str | None = (message.get(LANGUAGE) or {}).get("code") or about(message).get(LANGUAGE)
    return code
