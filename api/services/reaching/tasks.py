"""What only a person can do for a family."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from api.models import Task, now

# ring_family: nobody answered; home_visit: the lead decides; call_back: a carer asked for it; agree_carer: a lead
# decides whether somebody who lives apart may be reached; unsent: a message did not arrive
KINDS = ("ring_family", "home_visit", "call_back", "agree_carer", "unsent", "contact_due")


def add(
    session: Session,
    *,
    school_id: int,
    pupil_id: int,
    kind: str,
    key: str,
    about: dict[str, int | str] | None = None,
    carer_id: int | None = None,
    for_id: int | None = None,
    due_at: datetime | None = None,
) -> None:
    """The same `key` is added once. `for_id`: None for whoever works with the pupil. The caller commits."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    at = now()
    whose = {"school_id": school_id, "pupil_id": pupil_id, "carer_id": carer_id, "for_id": for_id}
    what = {"kind": kind, "about": about or {}, "note": "", "key": key, "created_at": at, "due_at": due_at or at}
    wanted = insert(Task).values(**whose, **what).on_conflict_do_nothing(index_elements=["key"])
    session.connection().execute(wanted)
