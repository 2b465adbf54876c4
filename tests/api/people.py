"""Two schools with fixed relationships; every test starts with them."""

from dataclasses import dataclass

from sqlmodel import Session, select

from api.models import Pupil, Role, School, StaffMember
from api.security import hash_password

PASSWORD = "a password of the tests"
PIN = "1357"


@dataclass(frozen=True)
class People:
    """`adult` is trusted by `pupil`, `colleague` by `other_pupil`; `deputy` is a second safeguarding lead, `office` the
    administrator; `stranger` leads another school.
    """

    adult: StaffMember
    colleague: StaffMember
    lead: StaffMember
    deputy: StaffMember
    attendance: StaffMember
    office: StaffMember
    stranger: StaffMember
    pupil: Pupil
    other_pupil: Pupil


def people_the_schools(session: Session) -> None:
    here, elsewhere = School(name="Here", country="GB-ENG"), School(name="Elsewhere", country="GB-ENG")
    session.add_all((here, elsewhere))
    session.flush()
    hashes = {"password_hash": hash_password(PASSWORD), "pin_hash": hash_password(PIN)}

    def staff(name: str, role: Role, school: School = here) -> StaffMember:
        return StaffMember(school_id=school.id, name=name, email=f"{name}@school.test", role=role, **hashes)

    adult, colleague = staff("adult", "trusted_adult"), staff("colleague", "trusted_adult")
    others = staff("lead", "safeguarding_lead"), staff("attendance", "attendance_lead")
    session.add_all((adult, colleague, *others, staff("stranger", "safeguarding_lead", elsewhere)))
    session.flush()  # the lead stays the first of the school's leads
    session.add_all((staff("deputy", "safeguarding_lead"), staff("office", "administrator")))
    session.flush()
    session.add_all((_pupil("pupil", adult), _pupil("other_pupil", colleague)))
    session.commit()


def meet(session: Session) -> People:
    staff = {each.name: each for each in session.exec(select(StaffMember))}
    pupils = {each.name: each for each in session.exec(select(Pupil))}
    return People(**staff, **pupils)


def _pupil(name: str, adult: StaffMember) -> Pupil:
    about = {"year": "8", "age_band": "12-16", "language": "en"}
    return Pupil(school_id=adult.school_id, name=name, trusted_adult_id=adult.id, **about)
