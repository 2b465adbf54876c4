from sqlmodel import Session

from api.models import School, StaffMember


def found_school(
    session: Session, school: str, country: str, name: str, email: str, password_hash: str, pin_hash: str
) -> StaffMember:
    """A school and the administrator who will invite the others."""
    made = School(name=school, country=country)
    session.add(made)
    session.flush()
    first = StaffMember(
        school_id=made.id,
        name=name,
        email=email.strip().lower(),
        password_hash=password_hash,
        pin_hash=pin_hash,
        role="administrator",
    )
    session.add(first)
    session.commit()
    return first
