"""Days on which somebody means to talk with a pupil or their family. They hold no word, but they tell who needs
attention.

    trusted adult      their own pupils' days: sees, plans and changes them
    safeguarding lead  every day of the school: the same
    attendance lead    sees every day of the school, and changes those that are theirs to keep
    administrator      none
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, select, update

from api.access.carers import works_with_family
from api.access.reading import concerns
from api.errors import LinkNotOpen, NotFound
from api.models import HalfTerm, PlannedContact, Pupil, StaffMember
from api.security import hash_token


def contacts_about(session: Session, staff: StaffMember, pupil_id: int) -> list[PlannedContact]:
    """The first day first."""
    return list(
        session.exec(
            select(PlannedContact)
            .join(Pupil, col(PlannedContact.pupil_id) == Pupil.id)
            .where(PlannedContact.pupil_id == pupil_id)
            .where(works_with_family(staff))
            .order_by(*_in_order())
        )
    )


def contacts_between(
    session: Session, staff: StaffMember, first: date, last: date, *, mine: bool
) -> list[tuple[PlannedContact, Pupil]]:
    """`mine`: those that are theirs to keep, and all of the pupils who trust them."""
    found = session.exec(
        select(PlannedContact, Pupil)
        .join(Pupil, col(PlannedContact.pupil_id) == Pupil.id)
        .where(col(PlannedContact.day).between(first, last))
        .where(works_with_family(staff))
        .where(_near_to(staff, mine))
        .order_by(*_in_order())
    )
    return list(found)


def contacts_open_until(
    session: Session, staff: StaffMember, last: date, *, mine: bool
) -> list[tuple[PlannedContact, Pupil]]:
    """Of which nobody has said what became of them, the oldest first."""
    found = session.exec(
        select(PlannedContact, Pupil)
        .join(Pupil, col(PlannedContact.pupil_id) == Pupil.id)
        .where(col(PlannedContact.outcome).is_(None))
        .where(PlannedContact.day <= last)
        .where(works_with_family(staff))
        .where(_near_to(staff, mine))
        .order_by(*_in_order())
    )
    return list(found)


def contact_for(
    session: Session, staff: StaffMember, contact_id: int, *, to_change: bool = False
) -> tuple[PlannedContact, Pupil]:
    """`to_change`: only who may, and locked, so that of two changes the second sees the first."""
    wanted = (
        select(PlannedContact, Pupil)
        .join(Pupil, col(PlannedContact.pupil_id) == Pupil.id)
        .where(PlannedContact.id == contact_id)
        .where(works_with_family(staff))
    )
    if to_change:
        wanted = wanted.where(_kept_by(staff)).with_for_update(of=PlannedContact)
    found = session.exec(wanted).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def may_change_contact(staff: StaffMember, contact: PlannedContact, pupil: Pupil) -> bool:
    """Of one that they were given; as `contact_for` with `to_change`."""
    return contact.owner_id == staff.id or staff.role == "safeguarding_lead" or pupil.trusted_adult_id == staff.id


def contact_of_form(session: Session, key: str) -> PlannedContact | None:
    """Only to find out that a form came twice, never to show."""
    return session.exec(select(PlannedContact).where(PlannedContact.key == key)).first()


def contacts_in_feed_of(session: Session, staff: StaffMember, since: date) -> list[PlannedContact]:
    """Theirs to keep, cancelled ones too, so that a program that has them takes them out."""
    return list(
        session.exec(
            select(PlannedContact)
            .join(Pupil, col(PlannedContact.pupil_id) == Pupil.id)
            .where(PlannedContact.owner_id == staff.id)
            .where(PlannedContact.day >= since)
            .where(works_with_family(staff))
            .order_by(*_in_order())
        )
    )


def contacts_to_remind_of(session: Session, first: date, last: date) -> list[tuple[PlannedContact, Pupil]]:
    """Of all schools, those of these days of which nobody has said what became of them."""
    found = session.exec(
        select(PlannedContact, Pupil)
        .join(Pupil, col(PlannedContact.pupil_id) == Pupil.id)
        .where(col(PlannedContact.outcome).is_(None))
        .where(col(PlannedContact.day).between(first, last))
        .order_by(col(PlannedContact.id))
    )
    return list(found)


def hand_on_contacts(session: Session, person: StaffMember, pupil: Pupil | None = None) -> None:
    """What this person was still to keep, of all pupils or of one: to the adult whom the pupil trusts now. The caller
    commits.
    """
    trusted = select(Pupil.trusted_adult_id).where(Pupil.id == PlannedContact.pupil_id).scalar_subquery()
    theirs = update(PlannedContact).where(col(PlannedContact.owner_id) == person.id)
    theirs = theirs.where(col(PlannedContact.outcome).is_(None))
    if pupil is not None:
        theirs = theirs.where(col(PlannedContact.pupil_id) == pupil.id)
    session.exec(theirs.values(owner_id=trusted, version=col(PlannedContact.version) + 1))


def staff_by_feed(session: Session, token: str) -> StaffMember:
    """Whose calendar it is; wrong, taken back and of somebody who has left look the same from outside."""
    found = session.exec(
        select(StaffMember).where(StaffMember.feed_hash == hash_token(token)).where(col(StaffMember.left_at).is_(None))
    ).first()
    if found is None:
        raise LinkNotOpen
    return found


def half_terms_of(session: Session, school_id: int) -> list[HalfTerm]:
    """The first day first."""
    return list(
        session.exec(
            select(HalfTerm).where(HalfTerm.school_id == school_id).order_by(col(HalfTerm.first_day), col(HalfTerm.id))
        )
    )


def half_term_of(session: Session, staff: StaffMember, half_term_id: int) -> HalfTerm | None:
    return session.exec(
        select(HalfTerm).where(HalfTerm.id == half_term_id).where(HalfTerm.school_id == staff.school_id)
    ).first()


def _near_to(staff: StaffMember, mine: bool) -> ColumnElement[bool]:
    if not mine:
        return col(PlannedContact.id).is_not(None)
    return (col(PlannedContact.owner_id) == staff.id) | (col(Pupil.trusted_adult_id) == staff.id)


def _kept_by(staff: StaffMember) -> ColumnElement[bool]:
    return concerns(staff) | (col(PlannedContact.owner_id) == staff.id)


def _in_order() -> tuple[Any, ...]:
    """Those without a time come first on their day."""
    at = case((col(PlannedContact.minute).is_(None), -1), else_=col(PlannedContact.minute))
    return col(PlannedContact.day), at, col(PlannedContact.id)
