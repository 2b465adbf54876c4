"""A first day of absence begins: for pupils that somebody chose, or that a table named."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from api import access
from api.database import insert_once
from api.errors import NotFound, Unfit
from api.models import Absence, Pupil, StaffMember
from api.services import audit
from api.services.attendance.first_day import Means, go_on
from api.services.review.working_days import calendar_of, local_day

MOST_AT_ONCE = 500  # pupils of one form


def start(
    session: Session,
    by: StaffMember,
    pupil_ids: Collection[int],
    at: datetime,
    means: Means,
    *,
    although_closed: bool = False,
) -> list[int]:
    """Ids of the absences that began by this; a pupil for whom the day was started already is passed over. `session`
    must see all of the school, because attendance leads read no conversations.

    NotFound when one of the pupils is not theirs to ask about; Unfit: "nobody", "closed".
    """
    day = local_day(at)
    theirs = {pupil.id: pupil for pupil in access.pupils_to_ask_about(session, by)}
    chosen = [_theirs(theirs, pupil_id) for pupil_id in sorted(set(pupil_ids))]
    if not chosen or len(chosen) > MOST_AT_ONCE:
        raise Unfit("nobody")
    if not (although_closed or calendar_of(session, by).is_working(day)):
        raise Unfit("closed")
    begun = [absence_id for pupil in chosen if (absence_id := _begin(session, by, pupil, at))]
    go_on(session, at, means, only=begun)
    session.commit()
    return begun


def _begin(session: Session, by: StaffMember, pupil: Pupil, at: datetime) -> int | None:
    """None where the day was started already, perhaps a moment ago."""
    row = {"school_id": pupil.school_id, "pupil_id": pupil.id, "day": local_day(at), "started_by_id": by.id}
    times = {"started_at": at, "next_at": at}
    wanted = insert_once(session, Absence, row | times, same=("pupil_id", "day"))
    begun = session.connection().execute(wanted.returning(Absence.__table__.c.id)).scalar()  # type: ignore[attr-defined]
    if begun is None:
        return None
    audit.record(session, by, "absence_started", "absence", begun, pupil_id=pupil.id)
    return int(begun)


def _theirs(theirs: dict[int, Pupil], pupil_id: int) -> Pupil:
    if pupil_id not in theirs:
        raise NotFound
    return theirs[pupil_id]
