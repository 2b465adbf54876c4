"""How far a first day of absence has come: what follows from its rows and the clock, without changing anything."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from api import access
from api.access import Heard
from api.models import Absence, AbsenceStep, Carer, Delivery, School
from api.services.reaching import quiet
from api.services.review.working_days import local_day


@dataclass(frozen=True)
class Watched:
    """One absence and all that is known of it."""

    absence: Absence
    steps: Sequence[AbsenceStep] = ()
    heard: Sequence[Heard] = ()
    messages: dict[str, Delivery] = field(default_factory=dict)  # by the keys of their steps

    @property
    def is_accounted(self) -> bool:
        return self.absence.accounted_at is not None

    @property
    def asked(self) -> AbsenceStep | None:
        """The newest question to a carer."""
        return next((step for step in reversed(self.steps) if step.kind == "asked"), None)

    @property
    def answered(self) -> AbsenceStep | None:
        return next((step for step in self.steps if step.kind == "answered"), None)

    @property
    def is_with_a_person(self) -> bool:
        return any(step.kind == "to_a_person" for step in self.steps)

    @property
    def answer(self) -> Heard | None:
        return next((each for each in self.heard if each.is_answer), None)

    @property
    def alerted(self) -> bool:
        return any(each.alerted for each in self.heard)

    def has(self, key: str) -> bool:
        return any(step.key == key for step in self.steps)

    def did_not_arrive(self, step: AbsenceStep) -> bool:
        message = self.messages.get(step.key)
        return message is not None and message.given_up_at is not None and message.fault is not None


def watched(session: Session, absences: Sequence[Absence]) -> list[Watched]:
    """In a number of queries that does not grow with the absences. For callers who were given them."""
    steps = defaultdict[int, list[AbsenceStep]](list)
    for step in access.absence_steps_in(session, absences):
        steps[step.absence_id].append(step)
    every = [step for own in steps.values() for step in own]
    messages = access.deliveries_of_keys(session, {step.key for step in every if step.kind == "asked"})
    heard = access.heard_in(session, _conversations(every))
    return [_one(absence, steps[absence.id], heard, messages) for absence in absences]


def first_moment(school: School, carer: Carer, day: date, at: datetime) -> datetime | None:
    """From when on this family may be asked that day, by the school's quiet hours; None: not any more. What hours the
    carer wished is obeyed when the message goes out.
    """
    moment = quiet.allowed_from(school, carer, at, {})
    return moment if local_day(moment) == day else None


def _one(
    absence: Absence, steps: Sequence[AbsenceStep], heard: Sequence[Heard], messages: dict[str, Delivery]
) -> Watched:
    conversations = _conversations(steps)
    own = {step.key: messages[step.key] for step in steps if step.key in messages}
    return Watched(absence, steps, [each for each in heard if each.conversation_id in conversations], own)


def _conversations(steps: Collection[AbsenceStep]) -> set[str]:
    return {step.conversation_id for step in steps if step.conversation_id}
