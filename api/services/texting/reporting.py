"""What the provider says became of a message."""

from sqlmodel import Session

from api.models import now
from api.services.reaching import deliveries
from api.texting import Reported


def note(session: Session, reported: Reported) -> None:
    """Only what is over: that it is queued or on its way changes nothing. The key finds it although the process ended
    before it knew the provider's id. Commits.
    """
    if reported.delivered or reported.fault:
        deliveries.report(
            session, reported.id, delivered=reported.delivered, fault=reported.fault, at=now(), key=reported.key
        )
        session.commit()
