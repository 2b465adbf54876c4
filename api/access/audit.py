"""The audit trail, for the safeguarding leads of the school and for the command that verifies it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from api.access.reading import is_lead
from api.errors import NotFound
from api.models import AuditEntry, StaffMember

BATCH = 1000  # rows held at once while a long chain is walked


@dataclass(frozen=True)
class TrailFilter:
    staff_id: int | None = None
    pupil_id: int | None = None
    act: str | None = None


def audit_entries_for(
    session: Session, staff: StaffMember, wanted: TrailFilter, before: int | None, most: int
) -> list[AuditEntry]:
    """Newest first, those with a smaller id than `before`."""
    _check(staff)
    entries = select(AuditEntry).where(AuditEntry.school_id == staff.school_id)
    if before is not None:
        entries = entries.where(col(AuditEntry.id) < before)
    for column, value in (
        (AuditEntry.staff_id, wanted.staff_id),
        (AuditEntry.pupil_id, wanted.pupil_id),
        (AuditEntry.act, wanted.act),
    ):
        if value is not None:
            entries = entries.where(col(column) == value)
    return list(session.exec(entries.order_by(col(AuditEntry.id).desc()).limit(most)))


def audit_acts_for(session: Session, staff: StaffMember) -> list[str]:
    """Every kind of act that stands in the trail of the school."""
    _check(staff)
    found = select(AuditEntry.act).where(AuditEntry.school_id == staff.school_id).distinct().order_by(AuditEntry.act)
    return list(session.exec(found))


def audit_chain(session: Session, school_id: int) -> Iterator[AuditEntry]:
    """The first entry first. For verifying, which shows nobody anything but whether it is whole."""
    last = 0
    while True:
        entries = select(AuditEntry).where(AuditEntry.school_id == school_id).where(col(AuditEntry.id) > last)
        batch = list(session.exec(entries.order_by(col(AuditEntry.id)).limit(BATCH)))
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].id
        session.expunge_all()


def audited_schools(session: Session) -> list[int]:
    return list(session.exec(select(AuditEntry.school_id).distinct().order_by(col(AuditEntry.school_id))))


def _check(staff: StaffMember) -> None:
    if not is_lead(staff):
        raise NotFound
