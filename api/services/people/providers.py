"""Coming in by the school's own identity provider. It never makes an account: whoever is not on the staff stays out."""

import hmac
import json
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from api.database import Database
from api.errors import NotOnTheStaff, ProviderFailed
from api.identity import Flow, Identity, Provider
from api.models import ProviderIdentity, StaffMember, now
from api.security import seal, unseal
from api.services import audit
from api.services.people import signing_in

FLOW_LASTS = timedelta(minutes=10)


def sealed_flow(flow: Flow, provider: Provider, secret: str) -> str:
    """For a cookie: the server keeps nothing about somebody who is not signed in."""
    taken_along = {**asdict(flow), "provider": provider.code, "until": (now() + FLOW_LASTS).isoformat()}
    return seal(json.dumps(taken_along), secret)


def opened_flow(sealed: str, provider: Provider, state: str, secret: str) -> Flow:
    """Raises ProviderFailed when this browser did not begin here, or long ago, or elsewhere."""
    brought = json.loads(unseal(sealed, secret) or "{}")
    until = datetime.fromisoformat(brought.pop("until", "1970-01-01T00:00:00+00:00"))
    began = brought.pop("provider", None) == provider.code and until > now()
    if not began or not hmac.compare_digest(brought["state"].encode(), state.encode()):
        raise ProviderFailed
    return Flow(**brought)


def come_in(database: Database, identity: Identity, device: str = "") -> tuple[str, StaffMember]:
    """The token for the cookie, of a complete session: the second factor is the provider's. Raises NotOnTheStaff."""
    with database.writing() as session:
        staff = _known(session, identity) or _met_for_the_first_time(session, identity)
        if staff is None:
            raise NotOnTheStaff
        audit.record(session, staff, "signed_in", method="provider")
        return signing_in.start_session(session, staff, device, "provider"), staff


def _known(session: Session, identity: Identity) -> StaffMember | None:
    return session.exec(
        select(StaffMember)
        .join(ProviderIdentity, col(ProviderIdentity.staff_id) == StaffMember.id)
        .where(ProviderIdentity.issuer == identity.issuer)
        .where(ProviderIdentity.subject == identity.subject)
        .where(col(StaffMember.left_at).is_(None))
    ).first()


def _met_for_the_first_time(session: Session, identity: Identity) -> StaffMember | None:
    """By the address that the provider vouches for, and only who is nobody yet to any provider: an address that was
    given to somebody else later must not open the account of the one before.
    """
    if not identity.email:
        return None
    staff = session.exec(
        select(StaffMember)
        .where(StaffMember.email == identity.email)
        .where(col(StaffMember.left_at).is_(None))
        .where(col(StaffMember.id).not_in(select(ProviderIdentity.staff_id)))
    ).first()
    if staff is not None:
        session.add(ProviderIdentity(staff_id=staff.id, issuer=identity.issuer, subject=identity.subject))
        audit.record(session, staff, "provider_linked", "staff", staff.id)
    return staff
