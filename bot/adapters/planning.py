"""Where a conversation stands, worked out once a turn for policy, voice and reply alike."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from interview.guides import Guides, load_guides
from interview.interview import Interview, Progress
from interview.moves import Move
from interview.occasion import Occasion
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from adapters import catalogs
from adapters.turns import turn_of

INTERVIEW = Path(__file__).resolve().parent.parent / "data" / "interview"
FIRST_GUIDE = "pupil"  # of a conversation that names none: the shell, a story
REMEMBERED = 512


class Plans:
    """Progress after a message = progress before it, and the message. Both are kept for the newest conversations,
    by the identity of Rasa's event: two messages that look alike are equal to Rasa and different here."""

    def __init__(self, guides: Guides, offered: Mapping[str, str]) -> None:
        self.guides = guides
        self._offered = offered
        self._known: OrderedDict[int, tuple[UserUttered, Progress]] = OrderedDict()

    def standing(self, tracker: DialogueStateTracker) -> tuple[Progress, int] | None:
        """The progress after the newest message and how much of the answer to it was said; None before any."""
        said = 0
        for event in reversed(tracker.events):
            if isinstance(event, UserUttered):
                return self.progress(tracker, event), said
            said += isinstance(event, ActionExecuted) and str(event.action_name).startswith("utter_")
        return None

    def next_move(self, tracker: DialogueStateTracker) -> Move | None:
        standing = self.standing(tracker)
        if standing is None:
            return None
        progress, said = standing
        return progress.moves[said] if said < len(progress.moves) else None

    def progress(self, tracker: DialogueStateTracker, message: UserUttered) -> Progress:
        """As it was after this message, whatever followed."""
        known = self._recall(message)
        return known or self._replay(_up_to(message, tracker))

    def _replay(self, messages: Sequence[UserUttered]) -> Progress:
        """From the newest message that is still known."""
        start = next((i for i in range(len(messages), 0, -1) if self._recall(messages[i - 1])), 0)
        progress = self._recall(messages[start - 1]) if start else None
        progress = progress or self._begin(messages[0])
        for position in range(start, len(messages)):
            progress = progress.after(turn_of(messages[position], position))
        self._remember(messages[-1], progress)
        return progress

    def _begin(self, first: UserUttered) -> Progress:
        return Interview(self.guides[guide_of(first)], self._offered, occasion_of(first)).begin()

    def _recall(self, message: UserUttered) -> Progress | None:
        known = self._known.get(id(message))
        return known[1] if known and known[0] is message else None

    def _remember(self, message: UserUttered, progress: Progress) -> None:
        self._known[id(message)] = (message, progress)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


def guide_of(message: UserUttered) -> str:
    """Named by the channel, or in a story by an entity `guide`."""
    told = next((entity["value"] for entity in message.entities if entity["entity"] == "guide"), FIRST_GUIDE)
    return str((message.metadata or {}).get("guide") or told)


def occasion_of(message: UserUttered) -> Occasion:
    """As the channel said it; a story or the shell is nobody's second conversation."""
    about = message.metadata or {}
    told = {entity["entity"]: str(entity["value"]) for entity in message.entities}
    earlier = about.get("earlier") or {}
    return Occasion(
        about.get("age_band") or told.get("age_band"),
        about.get("pattern") or told.get("pattern"),
        tuple(earlier.get("topics") or ()),
        int(earlier.get("conversations") or 0),
    )


def _up_to(message: UserUttered, tracker: DialogueStateTracker) -> list[UserUttered]:
    messages: list[UserUttered] = []
    for event in tracker.events:
        if isinstance(event, UserUttered):
            messages.append(event)
        if event is message:
            break
    return messages


@lru_cache(1)
def plans() -> Plans:
    """The repository's guides, read at the first turn and checked: a mistake in them is said in a sentence."""
    guides = load_guides(INTERVIEW)
    offered = {one.code: one.own_name for one in guides.languages if catalogs.is_complete(one.code)}
    return Plans(guides, offered)
