"""The interview: every turn in order makes the progress so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from interview.conversation import Conversation
from interview.guide import Guide
from interview.moves import Move
from interview.occasion import NO_OCCASION, Occasion
from interview.responding import respond
from interview.state import state
from interview.summary import summary
from interview.turns import Turn


class Progress:
    """Where a conversation stands after a turn. Never changed: `after` gives a new one."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @property
    def moves(self) -> tuple[Move, ...]:
        """What is said in answer to the newest turn, in order."""
        return tuple(self._conversation.moves)

    @property
    def audience(self) -> str:
        """Who is spoken to: pupil or parent."""
        return self._conversation.guide.audience

    @property
    def occasion(self) -> Occasion:
        """What the conversation was started with."""
        return self._conversation.occasion

    @property
    def language(self) -> str:
        """The language to speak now: that of the newest turn, or the one just chosen in it."""
        return self._conversation.language

    @property
    def alert(self) -> dict[str, Any] | None:
        """Safeguarding codes and spans of the newest turn, for a person to see at once."""
        return self._conversation.alert

    def state(self) -> dict[str, Any]:
        """The `interview` object of the exchange."""
        return state(self._conversation)

    def summary(self) -> dict[str, Any]:
        """The summary of the exchange (tests/contract/summary.schema.json)."""
        return summary(self._conversation)

    def after(self, turn: Turn) -> Progress:
        """The progress one turn on, at a cost that does not grow with the turns before."""
        conversation = self._conversation.copy()
        respond(conversation, turn)
        return Progress(conversation)


class Interview:
    """One guide's interview. `offered` maps the languages a speaker may choose to their own names, in order."""

    def __init__(
        self, guide: Guide, offered: Mapping[str, str] | None = None, occasion: Occasion = NO_OCCASION
    ) -> None:
        self._guide = guide
        self._offered = dict(offered or {})
        self._occasion = occasion

    def begin(self) -> Progress:
        return Progress(Conversation(self._guide, self._offered, self._occasion))

    def replay(self, turns: Iterable[Turn]) -> Progress:
        conversation = Conversation(self._guide, self._offered, self._occasion)
        for turn in turns:
            respond(conversation, turn)
        return Progress(conversation)
