"""A school with thousands of conversations, written straight into the records: what staff pages are measured on."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import batched
from typing import Any

from sqlmodel import Session, insert, select

from api.database import Database
from api.models import Conversation, Pupil, Record, Shown, StaffMember, Summary, Turn, now
from api.security import new_id
from tests.bench import families
from tests.bench.exercise import ANSWERS

PUPILS = 500
TURNS = 8  # of each conversation; every second one is an answer with a line in the summary
BATCH = 500
LANGUAGES = ("en", "pl", "ar", "so", "bn")
CODES = ("school.sensory", "school.unstructured", "people.friends", "self.sleep", "school.learning", "home.work")


def fill(database: Database, lead: StaffMember, conversations: int) -> None:
    """Each is finished and agreed; every third one was read. The pupils are spread over the trusted adults, and their
    families come with them.
    """
    with database.writing() as session:
        adults = list(session.exec(select(StaffMember.id).where(StaffMember.role == "trusted_adult")))
        pupils = _pupils(session, lead.school_id, adults)
        for numbers in batched(range(conversations), BATCH):
            held = [_Held(number, pupils[number % len(pupils)], lead.id) for number in numbers]
            for kind, rows in (
                (Conversation, [each.row() for each in held]),
                (Turn, [row for each in held for row in each.turns()]),
                (Shown, [row for each in held for row in each.shown()]),
                (Summary, [each.summary() for each in held]),
            ):
                _store(session, kind, rows)
        families.fill(session, lead, pupils, conversations)
        session.commit()


def _pupils(session: Session, school_id: int, adults: list[int]) -> list[int]:
    made = [
        Pupil(
            school_id=school_id,
            name=f"Pupil {number:03}",
            year=str(7 + number % 5),
            age_band="12-16",
            language=LANGUAGES[number % len(LANGUAGES)],
            trusted_adult_id=adults[number % len(adults)],
        )
        for number in range(PUPILS)
    ]
    session.add_all(made)
    session.flush()
    return [each.id for each in made]


def _store(session: Session, kind: type[Record], rows: list[dict[str, Any]]) -> None:
    session.exec(insert(kind), params=rows)


class _Held:
    """One conversation, as rows."""

    def __init__(self, number: int, pupil_id: int, started_by_id: int) -> None:
        self._id, self._number = new_id(), number
        self._pupil_id, self._started_by_id = pupil_id, started_by_id
        self._at = now() - timedelta(hours=number % 2000)
        self._language = LANGUAGES[number % len(LANGUAGES)]

    def row(self) -> dict[str, Any]:
        is_read = self._number % 3 == 0
        told = Conversation(
            id=self._id,
            pupil_id=self._pupil_id,
            audience="pupil" if self._number % 4 else "parent",
            guide="pupil",
            age_band="12-16",
            language=self._language,
            state="finished",
            started_by_id=self._started_by_id,
            relation="" if self._number % 4 else "mother",
            read_at=self._at + timedelta(days=1) if is_read else None,
            agreed_at=self._at,
            created_at=self._at,
        )
        return told.model_dump()

    def turns(self) -> Iterator[dict[str, Any]]:
        for ordinal in range(TURNS):
            text = ANSWERS[(self._number + ordinal) % len(ANSWERS)] if ordinal else ""
            turn = Turn(
                id=f"{self._id}-{ordinal}",
                conversation_id=self._id,
                ordinal=ordinal,
                kind="say" if ordinal else "open",
                text=text,
                language=self._language,
                state="answered",
                received_at=self._at + timedelta(minutes=ordinal),
                answered_at=self._at + timedelta(minutes=ordinal),
            )
            yield turn.model_dump()

    def shown(self) -> Iterator[dict[str, Any]]:
        for ordinal in range(TURNS):
            question = Shown(
                conversation_id=self._id,
                turn_id=f"{self._id}-{ordinal}",
                position=0,
                response="utter_ask_hard_day",
                kind="question",
                topic="hard_day",
                text="Tell me about a day that was hard.",
                template="Tell me about a day that was hard.",
                language="en",
            )
            yield question.model_dump(exclude={"id"})

    def summary(self) -> dict[str, Any]:
        items = [
            {
                "topic": "hard_day",
                "section": "worries",
                "codes": [CODES[(self._number + ordinal) % len(CODES)], "worried"],
                "turn": f"{self._id}-{ordinal}",
                "start": 0,
                "end": len(ANSWERS[(self._number + ordinal) % len(ANSWERS)]),
                "status": "said",
                "shown_to": "school",
            }
            for ordinal in range(1, TURNS, 2)
        ]
        content = {"version": 2, "topics": [{"topic": "hard_day", "status": "said"}], "items": items}
        newest = f"{self._id}-{TURNS - 1}"
        made = Summary(conversation_id=self._id, turn_id=newest, content=content, made_at=self._at)
        return made.model_dump()
