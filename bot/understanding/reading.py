"""One message read by everything: the screen first, then language, control and tags."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from understanding.control import NOTHING, ControlReader, ControlReading
from understanding.corpus import lexicons_for
from understanding.language import FALLBACK, LanguageGuess, LanguageIdentifier
from understanding.safeguarding import Screen
from understanding.spans import Span
from understanding.tags import Tagger
from understanding.taxonomy import Taxonomy, load_taxonomy

logger = logging.getLogger(__name__)
Part = TypeVar("Part")
TAGS = ("factors", "feelings", "voice")


@dataclass(frozen=True)
class MessageReading:
    language: LanguageGuess
    control: ControlReading
    tags: tuple[Span, ...]
    safeguarding: tuple[Span, ...]


class Reader:
    def __init__(
        self,
        screen: Screen,
        language: LanguageIdentifier,
        control: ControlReader,
        tagger: Tagger,
        taxonomy: Taxonomy | None = None,
    ) -> None:
        self._screen = screen
        self._language = language
        self._control = control
        self._tagger = tagger
        self._taxonomy = taxonomy or load_taxonomy()

    def read(
        self, text: str, *, language: str | None = None, speaker: str | None = None, topic: str | None = None
    ) -> MessageReading:
        unsafe = self._screen.screen(text, speaker)
        unknown = LanguageGuess(language or FALLBACK, 0.0)
        guess = _or_else(unknown, lambda: self._language.identify(text, language))
        languages = lexicons_for(guess.code)
        control = _or_else(NOTHING, lambda: self._control.read(text, languages, speaker))
        nothing: list[Span] = []
        tags = _or_else(nothing, lambda: self._tagger.tag(text, languages=languages, speaker=speaker, topic=topic))
        return MessageReading(guess, control, tuple(tags), tuple(unsafe))

    def language_of(self, text: str, recorded: str | None = None) -> str:
        return self._language.identify(text, recorded).code

    def tags(self, text: str, *, language: str | None = None, speaker: str | None = None) -> dict[str, Any]:
        """The form of `make understand` (contracts.md)."""
        reading = self.read(text, language=language, speaker=speaker)
        kinds = {kind: _codes(self._of_kind(reading.tags, kind)) for kind in TAGS}
        spans = sorted((*reading.tags, *reading.safeguarding), key=lambda span: (span.start, span.end))
        return {
            "language": reading.language.code,
            **kinds,
            "safeguarding": _codes(reading.safeguarding),
            "control": reading.control.code,
            "spans": [asdict(span) for span in spans],
        }

    def _of_kind(self, spans: Iterable[Span], kind: str) -> Iterable[Span]:
        return (span for span in spans if self._taxonomy.kind_of(span.code) == kind)


def _codes(spans: Iterable[Span]) -> list[str]:
    return list(dict.fromkeys(span.code for span in spans))


def _or_else(without: Part, read: Callable[[], Part]) -> Part:
    """What was unsafe must leave this module even if a later reader fails; the log names the error, never the words."""
    try:
        return read()
    except Exception as problem:
        logger.error("a reader failed: %s", type(problem).__name__)
        return without
