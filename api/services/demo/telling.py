"""Invented people tell what told.yml has for them, to the running bot, by the services that a page uses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlmodel import Session

from api import access
from api.agent import Line
from api.database import Database
from api.models import Audience
from api.services.talk import readback, transcript
from api.services.talk.transcript import Page
from api.services.talk.turns import Said, Turns
from api.yaml_files import read_yaml

FILE = Path(__file__).with_name("told.yml")
MOST_TURNS = 60
ENDS = ("finished", "alerted")


@dataclass(frozen=True)
class Script:
    """What one voice tells in one conversation; told.yml says what the fields mean."""

    days_ago: int
    audience: Audience
    language: str
    guide: str
    relation: str = ""
    taps: Sequence[str] = ()
    about: Mapping[str, Sequence[str]] = field(default_factory=dict)
    for_adult: Sequence[str] = ()
    left_out: Sequence[str] = ()
    stops_after: int = MOST_TURNS
    then: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        known = {"audience": "pupil", "language": "en", **entry}
        return cls(**{"guide": known["audience"], **known})

    def wishes_for(self, line: readback.Line) -> str | None:
        """What the speaker does with a line that is read back, where it is not to stay as it is."""
        if any(words in line.quote for words in self.left_out) and not line.left_out:
            return "readback:leave_out"
        if any(words in line.quote for words in self.for_adult) and not line.for_adult_only:
            return "readback:adult_only"
        return None


def read_scripts() -> dict[str, list[Script]]:
    """By the name of the pupil whom they are about, the oldest conversation first."""
    told = read_yaml(FILE)
    return {name: [Script.of(entry) for entry in entries] for name, entries in told.items()}


TAPPED = ("feelings", "cards", "ladder", "contact")  # topics told by picking; the youngest may tell the others so too


class Teller:
    def __init__(self, database: Database, turns: Turns) -> None:
        self._database = database
        self._turns = turns

    async def tell(self, conversation_id: str, script: Script) -> None:
        """To the end of the conversation, or as far as the script goes."""
        said = Counter[str]()
        await self._turns.open(self._opened(conversation_id))
        for _ in range(script.stops_after):
            turn = self._next(conversation_id, script, said)
            if turn is None:
                return
            await self._turns.take(self._opened(conversation_id), turn)

    def _opened(self, conversation_id: str) -> access.Opened:
        with self._database.reading() as session:
            return access.conversation_for_the_bot(session, conversation_id)

    def _next(self, conversation_id: str, script: Script, said: Counter[str]) -> Said | None:
        with self._database.reading() as session:
            opened = access.conversation_for_the_bot(session, conversation_id)
            page = transcript.newest(session, opened)
            if page.state in ENDS:
                return None
            turn = self._turns.new_id()
            if page.state == "reading_back":
                return _reads_back(session, opened, script, turn)
            return _answers(page, script, said, turn)


def _answers(page: Page, script: Script, said: Counter[str], turn: str) -> Said:
    standing = page.standing
    asked = standing.id if standing else None
    offered = [choice.code for choice in standing.choices] if standing else []
    picks = [tap for tap in script.taps if tap.partition(".")[0] in offered]
    if picks and standing and standing.topic in TAPPED:
        return Said(turn=turn, kind="choose", choices=picks if standing.multiple else picks[:1], asked=asked)
    if any(code.startswith("topic:") for code in offered):
        return Said(turn=turn, kind="choose", choices=["topic:any"], asked=asked)
    if "control:finish" in offered:
        return Said(turn=turn, kind="choose", choices=["control:finish"], asked=asked)
    topic = (standing.topic if standing else None) or ""
    own = script.about.get(topic, ())
    if said[topic] < len(own):
        said[topic] += 1
        return Said(turn=turn, kind="say", text=own[said[topic] - 1], asked=asked)
    return Said(turn=turn, kind="choose", choices=["control:skip"], asked=asked)


def _reads_back(session: Session, opened: access.Opened, script: Script, turn: str) -> Said:
    for line in readback.lines(session, opened):
        if wish := script.wishes_for(line):
            target = Line(turn=line.turn, start=line.start, end=line.end)
            return Said(turn=turn, kind="choose", choices=[wish], target=target)
    return Said(turn=turn, kind="choose", choices=["readback:done"])
