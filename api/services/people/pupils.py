from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from api import access
from api.access import Standing
from api.models import Pupil, StaffMember, now
from api.services.safeguarding.alerts import SCREENED_WITHIN

# a tablet that was put down without a goodbye: after so long the words are there to be read
STILL_TALKING = timedelta(minutes=15)


@dataclass(frozen=True)
class PupilLine:
    """A pupil in the school's list. What lies in conversations is counted only for who may read them."""

    pupil: Pupil
    adult_name: str
    may_read: bool
    standing: Standing
    new_alerts: int  # that the one who asks has not acknowledged
    waiting: int


def listed(session: Session, staff: StaffMember) -> list[PupilLine]:
    names = {adult.id: adult.name for adult in access.colleagues_of(session, staff)}
    standings = access.standings_readable_by(session, staff, now() - STILL_TALKING)
    by_pupil = {standing.pupil_id: standing for standing in standings}
    alerts = Counter(alert.pupil_id for alert in access.alerts_unread_by(session, staff))
    waiting = Counter(pupil.id for _, pupil in access.unscreened_for(session, staff, now() - SCREENED_WITHIN))
    return [
        PupilLine(
            pupil,
            names[pupil.trusted_adult_id],
            access.may_read(staff, pupil),
            by_pupil.get(pupil.id, Standing(pupil.id, 0, None, 0, 0, 0)),
            alerts[pupil.id],
            waiting[pupil.id],
        )
        for pupil in access.pupils_of(session, staff)
    ]
