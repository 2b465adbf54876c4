"""Conversations as rows, where a test is about what staff do with words and not about how they were said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from api.models import Alert, Audience, Conversation, Pupil, Summary, Turn, now
from api.security import new_id


@dataclass(frozen=True)
class Line:
    """One message, all of it one line of the summary."""

    text: str
    codes: Sequence[str] = ("school.lesson",)
    section: str = "worries"
    status: str = "said"
    shown_to: str = "school"
    language: str = "en"
    unsafe: Sequence[str] = ()  # codes that the screen found in it


def spoken(
    session: Session,
    pupil: Pupil,
    *lines: Line | str,
    at: datetime | None = None,
    audience: Audience = "pupil",
    relation: str = "",
    state: str = "finished",
) -> str:
    """A conversation in which this was said, the last of it at `at`. Its id."""
    conversation = Conversation(
        id=new_id(),
        pupil_id=pupil.id,
        audience=audience,
        guide=audience,
        language="en",
        state=state,  # type: ignore[arg-type]
        relation=relation,
        started_by_id=pupil.trusted_adult_id,
    )
    session.add(conversation)
    session.flush()
    told = [each if isinstance(each, Line) else Line(each) for each in lines]
    _keep(session, conversation.id, told, at or now())
    session.commit()
    return conversation.id


def say_more(
    session: Session, conversation_id: str, *lines: Line | str, first: int, at: datetime | None = None
) -> None:
    """Of ordinal `first`, which is one more than there are lines."""
    told = [each if isinstance(each, Line) else Line(each) for each in lines]
    _keep(session, conversation_id, told, at or now(), first)
    session.commit()


def alert_about(session: Session, conversation_id: str, pupil: Pupil) -> None:
    """Raised by the first message of it."""
    session.add(
        Alert(
            school_id=pupil.school_id,
            conversation_id=conversation_id,
            turn_id=f"{conversation_id}-1",
            pupil_id=pupil.id,
            pupil_name=pupil.name,
            pupil_year=pupil.year,
            audience="pupil",
            codes=["neglect"],
            spans=[],
            words="...",
            language="en",
            adult_id=pupil.trusted_adult_id,
            said_at=now(),
        )
    )
    session.commit()


def _keep(session: Session, conversation_id: str, lines: Sequence[Line], at: datetime, first: int = 1) -> None:
    turns = [_turn(conversation_id, ordinal, line, at) for ordinal, line in enumerate(lines, first)]
    session.add_all(turns)
    session.flush()
    if not turns:
        return
    summary = session.get(Summary, conversation_id)
    before = summary.content["items"] if summary else []
    items = [*before, *(_item(turn, line) for turn, line in zip(turns, lines, strict=True))]
    content = {"version": 2, "topics": [{"topic": "good_day", "status": "said"}], "items": items}
    if summary is None:
        summary = Summary(conversation_id=conversation_id, turn_id=turns[-1].id, content=content)
    summary.content, summary.turn_id, summary.made_at = content, turns[-1].id, at
    session.add(summary)


def _turn(conversation_id: str, ordinal: int, line: Line, at: datetime) -> Turn:
    return Turn(
        id=f"{conversation_id}-{ordinal}",
        conversation_id=conversation_id,
        ordinal=ordinal,
        kind="say",
        text=line.text,
        language=line.language,
        state="answered",
        received_at=at,
        answered_at=at,
        reading={"safeguarding": list(line.unsafe)},
    )


def _item(turn: Turn, line: Line) -> dict[str, Any]:
    return {
        "topic": "good_day",
        "section": line.section,
        "codes": list(line.codes),
        "turn": turn.id,
        "start": 0,
        "end": len(line.text),
        "status": line.status,
        "shown_to": line.shown_to,
    }
