"""A link that is passed on by hand: its holder chooses a password and a PIN, once, within a week.

For somebody new it makes their account. For somebody who works here already it sets a new password; for somebody who
left it opens their account again, so that what they did and what is kept from them stays theirs.
"""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from api import access
from api.errors import LinkNotOpen, NotFound, Unfit
from api.models import Invitation, Role, School, StaffMember, now
from api.security import hash_password, hash_token, new_token
from api.services import audit
from api.services.people import staffing
from api.services.people.chosen_secrets import check_password, check_pin

LASTS = timedelta(days=7)


def invite(
    session: Session, by: StaffMember, name: str, email: str, role: Role, form_id: str
) -> tuple[int, str | None]:
    """The invitation's id and its raw token, which can be shown this once only. Sent again: no token.

    Unfit: "name", "email", "already_here", "address_of_another". An address that another school uses looks like any.
    """
    name, email = staffing.check_name(name), staffing.check_email(email)
    access.hold_school(session, by.school_id)
    before = access.entry_of_form(session, by.school_id, "staff_invited", form_id)
    if before:
        return int(before.about_id), None
    _check_who_it_is(access.staff_by_email(session, email), by, name)
    return _make(session, by, "staff_invited", name, email, role, form=form_id)


def renew(session: Session, by: StaffMember, invitation_id: int) -> tuple[int, str]:
    """A fresh link in place of the old one, which ends."""
    old = access.invitation_for(session, by, invitation_id)
    if old.accepted_at is not None or old.revoked_at is not None:
        raise NotFound
    return _make(session, by, "invitation_renewed", old.name, old.email, old.role)


def link_for(session: Session, by: StaffMember, person_id: int) -> tuple[int, str]:
    """For a colleague who forgot their password."""
    person = access.colleague_for(session, by, person_id)
    if person.left_at is not None:
        raise NotFound
    return _make(session, by, "new_password_link_made", person.name, person.email, person.role, person=person.id)


def revoke(session: Session, by: StaffMember, invitation_id: int) -> None:
    """Done already: nothing."""
    invitation = access.invitation_for(session, by, invitation_id)
    if invitation.revoked_at is None and invitation.accepted_at is None:
        invitation.revoked_at = now()
        session.add(invitation)
        audit.record(session, by, "invitation_revoked", "invitation", invitation.id)
        session.commit()


def opened(session: Session, token: str) -> tuple[Invitation, School, StaffMember | None]:
    """With the account that it is for, if there is one. LinkNotOpen: also for an address that another school uses."""
    invitation = access.invitation_by_hash(session, hash_token(token))
    person = access.staff_by_email(session, invitation.email)
    if invitation.accepted_at is not None or (person and person.school_id != invitation.school_id):
        raise LinkNotOpen
    return invitation, session.get_one(School, invitation.school_id), person


def accept(session: Session, token: str, password: str, pin: str, language: str) -> None:
    """Sent again: nothing. An empty PIN keeps the one of an account that has one. Unfit: see chosen_secrets."""
    if access.invitation_by_hash(session, hash_token(token)).accepted_at is not None:
        return
    invitation, _, person = opened(session, token)
    check_password(password, invitation.name, invitation.email)
    if pin or not (person and person.pin_hash):
        check_pin(pin)
    session.rollback()  # nobody else should wait while the password is hashed
    password_hash, pin_hash = hash_password(password), hash_password(pin) if pin else ""
    invitation, _, person = opened(session, token)
    access.hold_school(session, invitation.school_id)
    if person is None or person.left_at is not None:
        person = _admit(invitation, person, language)
    person.password_hash, person.pin_hash = password_hash, pin_hash or person.pin_hash
    session.add(person)
    session.flush()
    access.end_sessions_of(session, person)
    invitation.accepted_at = now()
    session.add(invitation)
    audit.record(session, person, "invitation_accepted", "invitation", invitation.id)
    session.commit()


def _admit(invitation: Invitation, returning: StaffMember | None, language: str) -> StaffMember:
    person = returning or StaffMember(
        school_id=invitation.school_id,
        name=invitation.name,
        email=invitation.email,
        role=invitation.role,
        language=language,
    )
    person.role, person.left_at = invitation.role, None
    return person


def _check_who_it_is(known: StaffMember | None, by: StaffMember, name: str) -> None:
    if known is None or known.school_id != by.school_id:
        return
    if known.left_at is None:
        raise Unfit("already_here")
    if known.name.casefold() != name.casefold():
        raise Unfit("address_of_another")  # else the new one would stand under what the old one did


def _make(
    session: Session, by: StaffMember, act: str, name: str, email: str, role: Role, **details: Any
) -> tuple[int, str]:
    """Only the newest link to an address is open."""
    access.revoke_invitations_to(session, by.school_id, email)
    token = new_token()
    made = Invitation(
        school_id=by.school_id,
        name=name,
        email=email,
        role=role,
        token_hash=hash_token(token),
        invited_by_id=by.id,
        expires_at=now() + LASTS,
    )
    session.add(made)
    session.flush()
    audit.record(session, by, act, "invitation", made.id, role=role, **details)
    session.commit()
    return made.id, token
