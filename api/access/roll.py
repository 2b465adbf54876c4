"""The pupils on a school's roll and the days on which it is closed. Whose words there are is not asked here."""

from sqlmodel import Session, col, delete, func, select

from api.access.standing import as_the_product
from api.models import Alert, AuditEntry, Conversation, Pupil, SchoolClosure, StaffMember, Turn


def names_on_roll(session: Session, school_id: int) -> set[tuple[str, str]]:
    """Name and year of everybody, folded so that they compare as people read them."""
    found = session.exec(select(Pupil.name, Pupil.year).where(Pupil.school_id == school_id))
    return {(name.casefold(), year.casefold()) for name, year in found}


def messages_unscreened(session: Session, pupil: Pupil) -> int:
    """Of all conversations about the pupil, whoever may read them: what nobody has looked at for safety."""
    with as_the_product(session):
        return session.exec(
            select(func.count(col(Turn.id)))
            .join(Conversation, col(Turn.conversation_id) == Conversation.id)
            .where(Conversation.pupil_id == pupil.id)
            .where(col(Turn.state).in_(("waiting", "refused")))
            .where(Turn.kind != "open")
        ).one()


def unused_pupil_id(session: Session) -> int | None:
    """SQLite gives the id of an erased pupil to the next one, who would inherit the records that stay: the alerts and
    the audit trail. None: the database counts on by itself.
    """
    if session.get_bind().dialect.name != "sqlite":
        return None
    kept = (Pupil.id, Alert.pupil_id, AuditEntry.pupil_id)
    return 1 + max(session.exec(select(func.max(column))).one() or 0 for column in kept)


def erase_pupil(session: Session, pupil: Pupil) -> None:
    """Every word, summary and promise goes with the row; records of alerts stay. The caller commits."""
    session.exec(delete(Pupil).where(col(Pupil.id) == pupil.id))


def closures_of(session: Session, staff: StaffMember) -> list[SchoolClosure]:
    """The first day first."""
    return list(
        session.exec(
            select(SchoolClosure)
            .where(SchoolClosure.school_id == staff.school_id)
            .order_by(col(SchoolClosure.first_day), col(SchoolClosure.id))
        )
    )


def closure_of(session: Session, staff: StaffMember, closure_id: int) -> SchoolClosure | None:
    return session.exec(
        select(SchoolClosure).where(SchoolClosure.id == closure_id).where(SchoolClosure.school_id == staff.school_id)
    ).first()
