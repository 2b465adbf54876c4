"""Conversations as they lie in the store once they were told, without a bot and without a tablet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from api.models import Alert, Audience, Conversation, Pupil, Summary, Turn, now
from api.security import new_id


@dataclass(frozen=True)
class Said:
    words: str
    codes: Sequence[str] = ()
    section: str = "worries"
    adult_only: bool = False
    left_out: bool = False


@dataclass
class Telling:
    session: Session
    pupil: Pupil
    audience: Audience = "pupil"
    relation: str = ""
    days_ago: float = 0
    agreed: bool = True
    turns: list[Turn] = field(default_factory=list)

    def tells(self, *lines: Said) -> Conversation:
        talk = self._conversation()
        self.session.add(talk)
        self.session.flush()
        items = [self._item(talk, place, line) for place, line in enumerate(lines)]
        self.session.flush()
        content = {"version": 2, "topics": [], "items": items}
        if items:
            self.session.add(Summary(conversation_id=talk.id, turn_id=self.turns[-1].id, content=content))
        self.session.commit()
        return talk

    def alerts(self, talk: Conversation) -> None:
        """Over the last line."""
        pupil = {"id": self.pupil.id, "name": self.pupil.name, "year": self.pupil.year}
        about: dict[str, Any] = {f"pupil_{name}": value for name, value in pupil.items()}
        about |= {"school_id": self.pupil.school_id, "adult_id": self.pupil.trusted_adult_id}
        about |= {"codes": ["neglect"], "spans": [], "words": "w", "language": "en", "said_at": now()}
        turn = self.turns[-1].id
        self.session.add(Alert(conversation_id=talk.id, turn_id=turn, audience=self.audience, **about))
        self.session.commit()

    @property
    def _at(self) -> datetime:
        return now() - timedelta(days=self.days_ago)

    def _conversation(self) -> Conversation:
        return Conversation(
            id=new_id(),
            pupil_id=self.pupil.id,
            audience=self.audience,
            guide=self.audience,
            language="en",
            state="finished" if self.agreed else "asking",
            started_by_id=self.pupil.trusted_adult_id,
            relation=self.relation,
            agreed_at=self._at if self.agreed else None,
            created_at=self._at,
        )

    def _item(self, talk: Conversation, place: int, line: Said) -> dict[str, Any]:
        turn = Turn(
            id=new_id(),
            conversation_id=talk.id,
            ordinal=place + 1,
            kind="say",
            text=line.words,
            language="en",
            state="answered",
            received_at=self._at,
        )
        self.session.add(turn)
        self.turns.append(turn)
        pointer = {"turn": turn.id, "start": 0, "end": len(line.words)}
        status, shown_to = "left_out" if line.left_out else "said", "adult" if line.adult_only else "school"
        about = {"topic": "good_day", "section": line.section, "codes": list(line.codes)}
        return {**about, **pointer, "status": status, "shown_to": shown_to}
