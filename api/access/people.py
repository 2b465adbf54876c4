"""Who works at a school, as its administrator manages them: names and addresses, no word that anybody said."""

from datetime import datetime

from sqlmodel import Session, col, delete, func, select, text, update

from api.access.standing import as_the_product
from api.errors import LinkNotOpen, NotFound
from api.models import (
    AuditEntry,
    Invitation,
    Promise,
    ProviderIdentity,
    Pupil,
    Review,
    Role,
    School,
    StaffMember,
    StaffSession,
    now,
)


def any_school(session: Session) -> bool:
    return session.exec(select(School.id).limit(1)).first() is not None


def school_named(session: Session, name: str) -> School | None:
    return session.exec(select(School).where(School.name == name)).first()


def hold_school(session: Session, school_id: int) -> School:
    """Changes of a school's people are made one after another: two last administrators cannot leave at one moment."""
    return session.exec(select(School).where(School.id == school_id).with_for_update()).one()


def hold_schools(session: Session) -> None:
    """Schools are founded one after another. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE school IN SHARE ROW EXCLUSIVE MODE"))


def colleague_for(session: Session, staff: StaffMember, colleague_id: int) -> StaffMember:
    """Of the same school, also one who has left."""
    found = session.exec(
        select(StaffMember).where(StaffMember.id == colleague_id).where(StaffMember.school_id == staff.school_id)
    ).first()
    if found is None:
        raise NotFound
    return found


def staff_by_email(session: Session, email: str) -> StaffMember | None:
    """Of any school; the caller keeps the answer to itself."""
    return session.exec(select(StaffMember).where(StaffMember.email == email)).first()


def present_in_role(session: Session, school_id: int, *roles: Role) -> list[StaffMember]:
    """Those who have not left, by name."""
    return list(
        session.exec(
            select(StaffMember)
            .where(StaffMember.school_id == school_id)
            .where(col(StaffMember.role).in_(roles))
            .where(col(StaffMember.left_at).is_(None))
            .order_by(StaffMember.name)
        )
    )


def last_sign_ins(session: Session, staff: StaffMember) -> dict[int, datetime]:
    """By member of staff. Ended sessions are swept away, so the trail is asked as well."""
    of_sessions = session.exec(
        select(StaffSession.staff_id, func.max(StaffSession.started_at))
        .join(StaffMember, col(StaffSession.staff_id) == StaffMember.id)
        .where(StaffMember.school_id == staff.school_id)
        .group_by(col(StaffSession.staff_id))
    )
    of_trail = session.exec(
        select(AuditEntry.staff_id, func.max(AuditEntry.at))
        .where(AuditEntry.school_id == staff.school_id)
        .where(AuditEntry.act == "signed_in")
        .group_by(col(AuditEntry.staff_id))
    )
    newest: dict[int, datetime] = {}
    for person, at in (*of_sessions, *of_trail):
        if person is not None:
            newest[person] = max(at, newest.get(person, at))
    return newest


def end_sessions_of(session: Session, person: StaffMember) -> None:
    session.exec(delete(StaffSession).where(col(StaffSession.staff_id) == person.id))


def forget_identities_of(session: Session, person: StaffMember) -> None:
    session.exec(delete(ProviderIdentity).where(col(ProviderIdentity.staff_id) == person.id))


# ---- what somebody holds, and who holds it next


def pupils_trusting(session: Session, person: StaffMember) -> list[Pupil]:
    return list(session.exec(select(Pupil).where(Pupil.trusted_adult_id == person.id).order_by(Pupil.name)))


def promises_to_keep(session: Session, person: StaffMember) -> int:
    """How many; an administrator may not read them."""
    with as_the_product(session):
        return session.exec(
            select(func.count(col(Promise.id)))
            .where(Promise.owner_id == person.id)
            .where(col(Promise.answered_at).is_(None))
        ).one()


def hand_on(session: Session, person: StaffMember, successor: StaffMember) -> None:
    """Pupils, and promises that wait for an answer. The caller commits."""
    session.exec(update(Pupil).where(col(Pupil.trusted_adult_id) == person.id).values(trusted_adult_id=successor.id))
    with as_the_product(session):
        session.exec(
            update(Promise)
            .where(col(Promise.owner_id) == person.id)
            .where(col(Promise.answered_at).is_(None))
            .values(owner_id=successor.id, version=col(Promise.version) + 1)
        )


def give_back_reviews(session: Session, person: StaffMember) -> None:
    """What was given to them to read is the trusted adult's again. The caller commits."""
    session.exec(update(Review).where(col(Review.assigned_to_id) == person.id).values(assigned_to_id=None))


# ---- invitations


def invitations_open_in(session: Session, staff: StaffMember) -> list[Invitation]:
    """Not accepted, not revoked; expired ones too, because they can be renewed. Newest first."""
    return list(
        session.exec(
            select(Invitation)
            .where(Invitation.school_id == staff.school_id)
            .where(col(Invitation.accepted_at).is_(None))
            .where(col(Invitation.revoked_at).is_(None))
            .order_by(col(Invitation.id).desc())
        )
    )


def invitation_for(session: Session, staff: StaffMember, invitation_id: int) -> Invitation:
    found = session.exec(
        select(Invitation).where(Invitation.id == invitation_id).where(Invitation.school_id == staff.school_id)
    ).first()
    if found is None:
        raise NotFound
    return found


def invitation_by_hash(session: Session, token_hash: str) -> Invitation:
    """One that was accepted already is found, too, so that a form that is sent twice can be told from a guess."""
    found = session.exec(
        select(Invitation)
        .where(Invitation.token_hash == token_hash)
        .where(col(Invitation.revoked_at).is_(None))
        .where(col(Invitation.expires_at) > now())
        .with_for_update()
    ).first()
    if found is None:
        raise LinkNotOpen
    return found


def revoke_invitations_to(session: Session, school_id: int, email: str) -> None:
    """The caller commits."""
    session.exec(
        update(Invitation)
        .where(col(Invitation.school_id) == school_id)
        .where(col(Invitation.email) == email)
        .where(col(Invitation.accepted_at).is_(None))
        .where(col(Invitation.revoked_at).is_(None))
        .values(revoked_at=now())
    )


def entry_of_form(session: Session, school_id: int, act: str, form_id: str) -> AuditEntry | None:
    """What a form with this id did before: sent again, it does nothing."""
    return session.exec(
        select(AuditEntry)
        .where(AuditEntry.school_id == school_id)
        .where(AuditEntry.act == act)
        .where(col(AuditEntry.details)["form"].as_string() == form_id)
    ).first()
