"""Who cares for the invented pupils of the demo school, and the days that are planned with them. The telephone numbers
are of the range that is kept for drama; the addresses are nobody's.
"""

from datetime import timedelta

from sqlmodel import Session

from api.models import Carer, ContactKind, HalfTerm, PlannedContact, Pupil
from api.services.rhythm.lines import today

# pupil, relation, language, end of the number, lives apart
CARERS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("Alex Doyle", "mother", "en", "100", False),
    ("Alex Doyle", "father", "en", "101", True),
    ("Maja Nowak", "mama", "pl", "110", False),
    ("Maja Nowak", "babcia", "pl", "111", False),
    ("Priya Nair", "father", "en", "120", False),
    ("Callum Reid", "grandmother", "en", "130", False),
    ("Omar Haji", "mother", "so", "140", False),
    ("Yusuf Rahman", "والدته", "ar", "150", False),
    ("Erin Walsh", "mother", "en", "160", False),
    ("Zainab Malik", "والد", "ur", "170", False),
    ("Ana Popescu", "mama", "ro", "180", False),
)
# pupil, what is planned, days from today
PLANNED: tuple[tuple[str, ContactKind, int], ...] = (
    ("Alex Doyle", "check_in", 1),
    ("Alex Doyle", "check_in", 8),
    ("Alex Doyle", "meeting", 15),
    ("Omar Haji", "family_contact", 2),
    ("Maja Nowak", "check_in", 3),
)
HALF_TERM = timedelta(weeks=6)


def add_families(session: Session, pupils: list[Pupil]) -> None:
    """The caller commits."""
    by_name = {pupil.name: pupil for pupil in pupils}
    places: dict[str, int] = {}
    for name, relation, language, number, apart in CARERS:
        place = places[name] = places.get(name, -1) + 1
        session.add(_carer(by_name[name], relation, language, number, place, apart=apart))
    for count, (name, kind, days) in enumerate(PLANNED):
        session.add(_planned(by_name[name], kind, days, count))
    first = today() - timedelta(weeks=3)
    session.add(HalfTerm(school_id=pupils[0].school_id, first_day=first, last_day=first + HALF_TERM))


def _carer(pupil: Pupil, relation: str, language: str, number: str, place: int, *, apart: bool) -> Carer:
    return Carer(
        pupil_id=pupil.id,
        relation=relation,
        language=language,
        phone=f"+447700900{number}",
        email=f"carer{number}@demo.example",
        place=place,
        lives_apart=apart,
        created_by_id=pupil.trusted_adult_id,
    )


def _planned(pupil: Pupil, kind: ContactKind, days: int, count: int) -> PlannedContact:
    """On a weekday: nobody is at school on others."""
    day = today() + timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else timedelta()
    adult = pupil.trusted_adult_id
    return PlannedContact(pupil_id=pupil.id, kind=kind, day=day, owner_id=adult, made_by_id=adult, key=f"demo-{count}")
