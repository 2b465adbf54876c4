"""Everything known of a conversation so far. Only `respond` changes it, one turn at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from interview.guide import Guide, Topic
from interview.moves import ASKS, NOTICE, Choice, Label, Move
from interview.occasion import NO_OCCASION, Occasion, tailored
from interview.record import Record
from interview.turns import Line, Turn

ASKING = "asking"
READING_BACK = "reading_back"
FINISHED = "finished"
ALERTED = "alerted"


@dataclass(frozen=True)
class Invitation:
    """An open question about what was picked in a turn."""

    response: str
    topic: Topic
    picked: tuple[Label, ...]
    turn: str


class Conversation:
    """The state that the turns so far have made."""

    def __init__(self, guide: Guide, offered: Mapping[str, str], occasion: Occasion = NO_OCCASION) -> None:
        self.guide = guide = tailored(guide, occasion)
        self.occasion = occasion
        self.offered = offered
        """Language codes to own names, in the order in which they are shown."""
        self.heard: set[str] = set()
        self.phase = ASKING
        self.paused = False
        self.wants_person = False
        self.language = ""
        self.standing: Move | None = None
        """The question that waits for an answer."""
        self.about: str | None = None
        """The turn whose words or picks the standing question takes up."""
        self.topic: Topic = guide.topics[0]
        """The topic under way: words that answer no other question belong to it."""
        self.order: list[Topic] = list(guide.topics)
        self.has_chosen_start = guide.chooses_after is None
        self.record = Record()
        self.barriers: list[tuple[str, Line]] = []
        """Barriers named in the topic under way and not yet taken up, newest answer first."""
        self.invitations: list[Invitation] = []
        """What else was picked and is still to be asked about, in order."""
        self.explored: set[str] = set()
        self.follow_ups: Counter[str] = Counter()
        self.other_forms: set[str] = set()
        self.tired_answers = 0
        self.has_offered_stop = False
        self.has_proposed_language = False
        self.said: Counter[str] = Counter()
        self.topic_of_question: dict[str, Topic] = {}
        """What each question that was asked was about, for answers that come from another tab."""
        self.moves: list[Move] = []
        self.alert: dict[str, Any] | None = None

    def copy(self) -> Conversation:
        twin = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, (set, list, dict, Record)):
                setattr(twin, name, value.copy())
        return twin

    def begin(self, turn: Turn) -> None:
        self.heard.add(turn.id)
        self.language = turn.language
        self.moves = []
        self.alert = None

    def utter(self, move: Move) -> Move:
        """Say a move; a response that was said before takes its next wording."""
        spoken = replace(move, variation=self.said[move.response])
        self.said[move.response] += 1
        self.moves.append(spoken)
        return spoken

    def is_asking(self) -> bool:
        """Whether the answer to the newest turn holds a question already."""
        return any(move.kind in ASKS for move in self.moves)

    def notify(self, response: str, *choices: Choice) -> None:
        self.utter(Move(response, NOTICE, choices=choices))

    def own(self, response: str) -> str:
        """The name of a response that has wordings of its own for each audience."""
        return f"{response}_{self.guide.audience}"
