"""What the bot may write down about itself: events, places in the code and ids, never a word that a person said.

Rasa hands message texts, slots and tracker dumps to its loggers, and an exception's message may quote the
input that caused it. Both are cut here, at the two gates that every line passes.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

import structlog

# Their errors are sentences about files of this repository, never about a message.
SPEAKS_OF_FILES = frozenset({"interview.guide", "understanding.errors", "understanding.lexicon"})
HARMLESS_KEYS = frozenset({"event", "event_info", "level", "exception", "action_name", "len_extraction_events"})


def without_words(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: keeps what names an event and drops everything that was attached to it."""
    return {key: value for key, value in entry.items() if key in HARMLESS_KEYS}


def configure_structlog(level: int | None = None) -> None:
    """Takes the place of rasa.utils.log_utils.configure_structlog, which prints whatever it is handed."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            without_words,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level or logging.INFO),
        cache_logger_on_first_use=True,
    )


def trace(error: BaseException) -> str:
    """Types of the errors and where they happened; messages stay out, since they may quote what was said."""
    return "\n".join(line for one in _chain(error) for line in (_name(one), *_places(one.__traceback__)))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, the first cause last."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _name(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__name__}: {error}" if kind.__module__ in SPEAKS_OF_FILES else kind.__name__


def _places(frames: TracebackType | None) -> list[str]:
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(frames)]


class WordlessRecord(logging.LogRecord):
    """Formatters print `exc_text` as it is when it is set, so the traceback with its message is never made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[1]:
            self.exc_text = trace(self.exc_info[1])


def configure() -> None:
    """Before anything of Rasa is imported: also what is logged while it loads passes the gate."""
    logging.setLogRecordFactory(WordlessRecord)
    configure_structlog()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
