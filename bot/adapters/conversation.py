"""A tracker of one conversation whose cost per turn does not grow with the turns before."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from itertools import islice
from typing import Any

from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from adapters import wordless


class Conversation(DialogueStateTracker):
    """`turns` counts the turns that are in the store, `saved` the events of them."""

    turns = 0
    saved = 0

    @classmethod
    def of(cls, sender_id: str, slots: Iterable[Any], turns: Iterable[list[dict[str, Any]]]) -> Conversation:
        conversation = cls(sender_id, slots)
        for events in turns:
            conversation.turns += 1
            for event in events:
                conversation.update(wordless.read(event))
        conversation.saved = len(conversation.events)
        return conversation

    def copy(self) -> Conversation:
        """The state as it stands; the stock copy replays every event, for every action of every turn."""
        twin = copy.copy(self)
        twin.events = self.events.copy()
        twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        return twin

    def applied_events(self) -> list[Event]:
        """All of them: an interview has no forms, no restarts and nothing that is undone."""
        return list(self.events)

    def unsaved(self) -> list[Event]:
        return list(islice(self.events, self.saved, None))

    def user_turn(self, turn: str) -> UserUttered | None:
        for event in reversed(self.events):
            if isinstance(event, UserUttered) and event.message_id == turn:
                return event
        return None

    def last_turn(self) -> str | None:
        return next((e.message_id for e in reversed(self.events) if isinstance(e, UserUttered)), None)

    def settle(self) -> None:
        """After saving: drop what is not kept and take the words out of the rest."""
        fresh = self.unsaved()
        while len(self.events) > self.saved:
            self.events.pop()
        self.events.extend(event for event in fresh if wordless.is_kept(event))
        self.saved = len(self.events)
