"""Who works at a school: roles, leaving, second factors that were lost. `by` is None where the operator acts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from api import access
from api.errors import NotFound, Unfit
from api.models import Invitation, Role, School, StaffMember, now
from api.services import audit
from api.services.people import second_factor

MAY_BE_TRUSTED: tuple[Role, ...] = ("trusted_adult", "safeguarding_lead")
NEVER_NONE: tuple[Role, ...] = ("administrator", "safeguarding_lead")
ROLES: tuple[Role, ...] = ("trusted_adult", "safeguarding_lead", "attendance_lead", "administrator")
LONGEST_NAME, LONGEST_EMAIL = 120, 200
NOT_ONE_ADDRESS = set(',;:<>()[]"\\')  # with these a mail server sees several, or another: a link is for one person


@dataclass(frozen=True)
class Person:
    staff: StaffMember
    last_sign_in: datetime | None
    pupils: int

    @property
    def has_second_factor(self) -> bool:
        return self.staff.totp_secret is not None


@dataclass(frozen=True)
class Overview:
    present: Sequence[Person]  # by role, then by name
    left: Sequence[Person]
    invitations: Sequence[Invitation]


def found_school(
    session: Session, school: str, country: str, name: str, email: str, password_hash: str, pin_hash: str
) -> StaffMember:
    """A school and the administrator who will invite the others; a school that exists gets one more administrator."""
    held = access.school_named(session, school) or School(name=school, country=country)
    session.add(held)
    session.flush()
    first = StaffMember(
        school_id=held.id,
        name=name,
        email=check_email(email),
        password_hash=password_hash,
        pin_hash=pin_hash,
        role="administrator",
    )
    if access.staff_by_email(session, first.email):
        raise Unfit("email_taken")
    session.add(first)
    session.flush()
    audit.append(session, held.id, None, "administrator_made", "staff", first.id)
    session.commit()
    return first


def overview(session: Session, staff: StaffMember) -> Overview:
    sign_ins = access.last_sign_ins(session, staff)
    trusted = Counter(pupil.trusted_adult_id for pupil in access.pupils_of(session, staff))
    everybody = [
        Person(each, sign_ins.get(each.id), trusted[each.id])
        for each in sorted(access.colleagues_of(session, staff), key=_by_role_and_name)
    ]
    return Overview(
        [each for each in everybody if each.staff.left_at is None],
        [each for each in everybody if each.staff.left_at is not None],
        access.invitations_open_in(session, staff),
    )


def successors_of(session: Session, person: StaffMember) -> list[StaffMember]:
    """Whom the pupils of this person can be given to."""
    found = access.present_in_role(session, person.school_id, *MAY_BE_TRUSTED)
    return [each for each in found if each.id != person.id]


def must_hand_on(session: Session, person: StaffMember) -> bool:
    return bool(access.pupils_trusting(session, person) or access.promises_to_keep(session, person))


def change_role(session: Session, by: StaffMember, person_id: int, role: Role, successor_id: int | None) -> None:
    """Who may not be trusted with words any more gives their pupils on. Their sessions end: the rooms are others now.

    Unfit: "last_of_role", "successor_needed".
    """
    person = _present(session, by, person_id)
    if person.role == role:
        return
    _must_not_be_the_last(session, person)
    if role not in MAY_BE_TRUSTED:
        _hand_on(session, by, person, successor_id)
    _note(session, by, person, "role_changed", before=person.role, after=role)
    person.role = role
    session.add(person)
    access.end_sessions_of(session, person)
    session.commit()


def leave(session: Session, by: StaffMember, person_id: int, successor_id: int | None) -> None:
    """They cannot sign in any more; what they did keeps their name. Done already: nothing.

    Unfit: "last_of_role", "successor_needed".
    """
    person = access.colleague_for(session, by, person_id)
    if person.left_at is None:
        _leave(session, by, person, successor_id)


def leave_by_operator(session: Session, email: str, successor_email: str) -> None:
    """As `leave`; both by e-mail address. NotFound where nobody of that address works at a school."""
    person = access.staff_by_email(session, check_email(email))
    if person is None or person.left_at is not None:
        raise NotFound
    successor = access.staff_by_email(session, successor_email.strip().lower())
    _leave(session, None, person, successor.id if successor else None)


def forget_second_factor(session: Session, by: StaffMember, person_id: int) -> None:
    """For who lost their phone: they set up another at the next sign-in. Their sessions end."""
    person = _present(session, by, person_id)
    second_factor.forget_second_factor(session, by, person)
    session.commit()


def check_email(given: str) -> str:
    """In lower case; Unfit("email") for what cannot be an address."""
    email = given.strip().lower()
    before, _, after = email.rpartition("@")
    if not before or "." not in after.strip(".") or len(email) > LONGEST_EMAIL or any(map(str.isspace, email)):
        raise Unfit("email")
    if NOT_ONE_ADDRESS & set(email) or "@" in before:
        raise Unfit("email")
    return email


def check_name(given: str) -> str:
    name = " ".join(given.split())
    if not name or len(name) > LONGEST_NAME:
        raise Unfit("name")
    return name


def _leave(session: Session, by: StaffMember | None, person: StaffMember, successor_id: int | None) -> None:
    _must_not_be_the_last(session, person)
    _hand_on(session, by, person, successor_id)
    access.revoke_invitations_to(session, person.school_id, person.email)
    access.end_sessions_of(session, person)
    access.forget_identities_of(session, person)
    person.left_at = now()
    session.add(person)
    _note(session, by, person, "staff_left")
    session.commit()


def _hand_on(session: Session, by: StaffMember | None, person: StaffMember, successor_id: int | None) -> None:
    """Nobody's pupils and nobody's promises are left without an adult."""
    access.give_back_reviews(session, person)
    if must_hand_on(session, person):
        _give_on(session, by, person, successor_id)
    access.hand_on_contacts(session, person)


def _give_on(session: Session, by: StaffMember | None, person: StaffMember, successor_id: int | None) -> None:
    pupils = [pupil.id for pupil in access.pupils_trusting(session, person)]
    successor = next((each for each in successors_of(session, person) if each.id == successor_id), None)
    if successor is None:
        raise Unfit("successor_needed")
    access.hand_on(session, person, successor)
    _note(session, by, person, "pupils_given_on", to=successor.id, pupils=pupils)


def _present(session: Session, by: StaffMember, person_id: int) -> StaffMember:
    person = access.colleague_for(session, by, person_id)
    if person.left_at is not None:
        raise NotFound
    return person


def _must_not_be_the_last(session: Session, person: StaffMember) -> None:
    access.hold_school(session, person.school_id)
    if person.role in NEVER_NONE and len(access.present_in_role(session, person.school_id, person.role)) < 2:
        raise Unfit("last_of_role")


def _note(session: Session, by: StaffMember | None, person: StaffMember, act: str, **details: Any) -> None:
    audit.append(session, person.school_id, by.id if by else None, act, "staff", person.id, **details)


def _by_role_and_name(person: StaffMember) -> tuple[int, str]:
    return ROLES.index(person.role), person.name.casefold()
