"""What a year with the families of a school leaves behind: absences, messages to carers, tasks, planned contacts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, insert, select

from api.models import Absence, AbsenceStep, Carer, Delivery, PlannedContact, Pupil, Record, StaffMember, Task, now

ABSENT_A_DAY = 40
PLANNED_AROUND = 60  # days before and after today
KINDS = ("check_in", "family_contact", "meeting")
Row = dict[str, Any]


def fill(session: Session, lead: StaffMember, pupils: Sequence[int], conversations: int) -> None:
    """Two carers a pupil; of the rest as much as `conversations` conversations bring with them."""
    _store(session, Carer, [_carer(lead, pupil, place) for pupil in pupils for place in range(2)])
    adults = select(Pupil.id, Pupil.trusted_adult_id).where(col(Pupil.id).in_(pupils))
    carers = select(Carer.pupil_id, Carer.id).where(Carer.place == 0)
    left = _Left(lead, pupils, dict(session.exec(adults).all()), dict(session.exec(carers).all()))
    _store(session, Absence, left.rows(left.absence, conversations // 2))
    absences = session.exec(select(Absence).order_by(col(Absence.id))).all()
    _store(session, AbsenceStep, [left.step(each, number) for each in absences for number in range(3)])
    _store(session, Delivery, left.rows(left.delivery, conversations * 2))
    _store(session, Task, left.rows(left.task, conversations // 4))
    _store(session, PlannedContact, left.rows(left.contact, conversations // 2))


def _store(session: Session, kind: type[Record], rows: list[Row]) -> None:
    session.exec(insert(kind), params=rows)


def _carer(lead: StaffMember, pupil: int, place: int) -> Row:
    relation, phone = ("mother", "father")[place], f"+44770{pupil:04}{place:02}"
    made = Carer(pupil_id=pupil, relation=relation, language="pl", phone=phone, place=place, created_by_id=lead.id)
    return made.model_dump(exclude={"id"})


@dataclass(frozen=True)
class _Left:
    """`adults` and `carers` are ids by the pupil's."""

    lead: StaffMember
    pupils: Sequence[int]
    adults: Mapping[int, int]
    carers: Mapping[int, int]

    def rows(self, row: Callable[[int, int], Row], amount: int) -> list[Row]:
        return [row(number, self.pupils[number % len(self.pupils)]) for number in range(amount)]

    def absence(self, number: int, pupil: int) -> Row:
        """The newest are of today, every second of them not accounted for."""
        ago, place = divmod(number, ABSENT_A_DAY)
        at = now() - timedelta(days=ago)
        is_open = not ago and place % 2
        absence = Absence(
            school_id=self.lead.school_id,
            pupil_id=pupil,
            day=at.date(),
            started_by_id=self.lead.id,
            started_at=at,
            accounted_at=None if is_open else at,
            accounted_how=None if is_open else "carer_answered",
        )
        return absence.model_dump(exclude={"id"})

    def step(self, absence: Absence, number: int) -> Row:
        step = AbsenceStep(
            absence_id=absence.id,
            kind=("asked", "no_answer", "answered")[number],
            carer_id=self.carers[absence.pupil_id],
            channel="text",
            at=absence.started_at,
            key=f"bench-{absence.id}-{number}",
        )
        return step.model_dump(exclude={"id"})

    def delivery(self, number: int, pupil: int) -> Row:
        """Every hundredth did not arrive."""
        at, is_lost = now() - timedelta(hours=number), number % 100 == 0
        delivery = Delivery(
            school_id=self.lead.school_id,
            carer_id=self.carers[pupil],
            channel="text",
            kind="link",
            key=f"bench-{number}",
            created_at=at,
            due_at=at,
            attempts=1,
            fault="unreachable" if is_lost else None,
            sent_at=None if is_lost else at,
            given_up_at=at if is_lost else None,
        )
        return delivery.model_dump(exclude={"id"})

    def task(self, number: int, pupil: int) -> Row:
        """Every tenth is still to be done."""
        at = now() - timedelta(days=number // 10)
        task = Task(
            school_id=self.lead.school_id,
            pupil_id=pupil,
            carer_id=self.carers[pupil],
            kind="ring_family",
            due_at=at,
            created_at=at,
            done_at=at if number % 10 else None,
            done_by_id=self.lead.id if number % 10 else None,
            key=f"bench-{number}",
        )
        return task.model_dump(exclude={"id"})

    def contact(self, number: int, pupil: int) -> Row:
        around = number % (2 * PLANNED_AROUND) - PLANNED_AROUND
        contact = PlannedContact(
            pupil_id=pupil,
            kind=KINDS[number % len(KINDS)],
            day=(now() + timedelta(days=around)).date(),
            owner_id=self.adults[pupil],
            made_by_id=self.lead.id,
            outcome="held" if around < 0 else None,
            settled_by_id=self.lead.id if around < 0 else None,
            key=f"bench-{number}",
        )
        return contact.model_dump(exclude={"id"})
