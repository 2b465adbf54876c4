"""The trail of who did what: rows are added, chained by hash, and never changed. Ids and codes only, no words."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select, text

from api import access
from api.models import AuditEntry, StaffMember, now

FIRST = "0" * 64  # what the first entry of a school follows


def record(
    session: Session,
    staff: StaffMember,
    act: str,
    about: str = "",
    about_id: object = "",
    *,
    pupil_id: int | None = None,
    **details: Any,
) -> AuditEntry:
    """By a member of staff. The caller commits, so that act and entry stand or fall together."""
    return append(session, staff.school_id, staff.id, act, about, about_id, pupil_id=pupil_id, **details)


def append(
    session: Session,
    school_id: int,
    staff_id: int | None,
    act: str,
    about: str = "",
    about_id: object = "",
    *,
    pupil_id: int | None = None,
    **details: Any,
) -> AuditEntry:
    """`staff_id` None: done by the product itself."""
    _one_at_a_time(session, school_id)
    newest = select(AuditEntry.hash).where(AuditEntry.school_id == school_id).order_by(col(AuditEntry.id).desc())
    entry = AuditEntry(
        school_id=school_id,
        at=now(),
        staff_id=staff_id,
        act=act,
        about=about,
        about_id=str(about_id),
        pupil_id=pupil_id,
        details=details,
        previous_hash=session.exec(newest.limit(1)).first() or FIRST,
        hash="",
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


def hash_of(entry: AuditEntry) -> str:
    """Of everything in the entry and of the one before it."""
    content = entry.model_dump(exclude={"id", "hash"})
    content["at"] = entry.at.isoformat(timespec="microseconds")
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Verified:
    """Of the chain of one school. Rows that were cut off at its end leave no trace in it: whoever wants to notice
    keeps `entries` and `head` elsewhere and compares.
    """

    school_id: int
    entries: int
    head: str  # hash of the newest entry
    broken_at: int | None  # id of the first entry that was changed or that follows another than it did

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def verify(session: Session, school_id: int) -> Verified:
    """Walks the whole chain."""
    previous, count, broken = FIRST, 0, None
    for entry in access.audit_chain(session, school_id):
        if broken is None and (entry.previous_hash != previous or hash_of(entry) != entry.hash):
            broken = entry.id
        previous, count = entry.hash, count + 1
    return Verified(school_id, count, previous, broken)


def _one_at_a_time(session: Session, school_id: int) -> None:
    """Two entries must not follow the same one. SQLite has one writer; PostgreSQL is told to wait."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(
            text("SELECT pg_advisory_xact_lock(hashtext('audit'), :school)"), {"school": school_id}
        )
