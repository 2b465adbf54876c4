"""An unguessable address for one parent and one conversation. It expires, and staff can close it.

Beside the address there is a short code to type, for a letter on paper. Typing it makes a link of its own for that
device. Such a link, and one that is sent once more, ends with the first. The store keeps neither address nor code, only
their hashes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import LinkNotOpen, NotFound, WrongCode
from api.models import Conversation, ParentLink, StaffMember, now
from api.security import hash_token, new_token, seal
from api.services import audit
from api.services.people import attempts
from api.services.reaching.carers import check_may_be_reached, may_be_reached
from api.services.talk import conversations, short_codes

LASTS_DAYS = 14


@dataclass(frozen=True)
class Made:
    """A new link. Address and code can be shown this once only."""

    link: ParentLink
    token: str
    code: str


def make(session: Session, staff: StaffMember, conversation_id: str, days: int = LASTS_DAYS) -> str:
    """The raw token."""
    return make_with_code(session, staff, conversation_id, days).token


def make_with_code(
    session: Session, staff: StaffMember, conversation_id: str, days: int = LASTS_DAYS, **details: str
) -> Made:
    """`details` for the audit trail, no words. NotToBeReached where its carer may not be."""
    opened = access.conversation_held_by(session, staff, conversation_id)
    if opened.conversation.audience != "parent":
        raise NotFound
    carer = access.carer_in(session, opened)
    if carer:
        check_may_be_reached(carer)
    made = add(session, opened.conversation, days)
    audit.record(session, staff, "link_made", "conversation", conversation_id, pupil_id=opened.pupil.id, **details)
    session.commit()
    return made


def add(session: Session, conversation: Conversation, days: int = LASTS_DAYS) -> Made:
    """For callers who know that it may be made. The caller records it and commits."""
    token, code = new_token(), short_codes.new()
    link = ParentLink(
        conversation_id=conversation.id,
        token_hash=hash_token(token),
        code_hash=hash_token(code),
        expires_at=now() + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    return Made(link, token, code)


def by_code(session: Session, typed: str, language: str, address: str) -> str:
    """The token of a link for the device on which the code was typed; the conversation goes on in the language that was
    chosen there. WrongCode for every code that opens nothing, whatever the reason; TooManyAttempts.
    """
    guesser, everybody = attempts.from_address("parents code", address), attempts.from_anywhere("parents code")
    attempts.spend(session, guesser, everybody)
    opened = access.conversation_by_code(session, short_codes.read(typed))
    if opened is None or opened.link is None:
        raise WrongCode
    token, at = new_token(), now()
    session.add(_beside(opened.link, token, language_chosen_at=at, opened_at=at))
    opened.link.opened_at = opened.link.opened_at or at
    attempts.forget(session, guesser)
    attempts.forget_one(session, everybody)
    conversations.set_language(session, opened, language)
    return token


def sealed_again(session: Session, link: ParentLink, secret: str) -> str:
    """For a further message: the store keeps only the hash of the first address, so this one has an address of its
    own, which ends with the first. The caller commits.
    """
    token = new_token()
    session.add(_beside(link, token, language_chosen_at=link.language_chosen_at))
    return seal(token, secret)


def printed(session: Session, staff: StaffMember, opened: Opened, token: str, code: str) -> ParentLink:
    """The open link whose address and code these are, which only the page knows that shows them. NotFound."""
    hashes, at = (hash_token(token), hash_token(code)), now()
    open_ones = [link for link in access.links_of(session, opened) if not link.revoked_at and link.expires_at > at]
    link = next((each for each in open_ones if (each.token_hash, each.code_hash) == hashes), None)
    if link is None:
        raise NotFound
    audit.record(session, staff, "letter_made", "conversation", opened.conversation.id, pupil_id=opened.pupil.id)
    session.commit()
    return link


def listed(session: Session, staff: StaffMember, conversation_id: str) -> list[ParentLink]:
    """Newest first, closed ones too; without those beside another one."""
    links = access.links_of(session, access.conversation_held_by(session, staff, conversation_id))
    return [link for link in links if link.made_by_code_of is None]


def still_open(session: Session, staff: StaffMember, conversation_id: str) -> list[ParentLink]:
    """Those that open something now: none while their carer may not be reached."""
    carer = access.carer_in(session, access.conversation_held_by(session, staff, conversation_id))
    if carer and not may_be_reached(carer):
        return []
    at = now()
    return [
        link for link in listed(session, staff, conversation_id) if link.revoked_at is None and link.expires_at > at
    ]


def revoke(session: Session, staff: StaffMember, link_id: int) -> None:
    """With every link beside it."""
    link = access.link_for_staff(session, staff, link_id)
    access.end_links(session, link)
    audit.record(session, staff, "link_revoked", "conversation", link.conversation_id)
    session.commit()


def choose_language(session: Session, opened: Opened, code: str) -> None:
    """The first choice on the parent's page; the caller knows that the language is offered. That the link was opened
    is noted now and not before: telephones and mail servers look at addresses by themselves.
    """
    if opened.link is None:
        raise LinkNotOpen
    link = session.get_one(ParentLink, opened.link.id)
    link.language_chosen_at = now()
    link.opened_at = link.opened_at or now()
    session.add(link)
    conversations.set_language(session, opened, code)


def _beside(
    link: ParentLink, token: str, *, language_chosen_at: datetime | None, opened_at: datetime | None = None
) -> ParentLink:
    """Opens the same conversation until the same day."""
    return ParentLink(
        conversation_id=link.conversation_id,
        made_by_code_of=link.id,
        token_hash=hash_token(token),
        expires_at=link.expires_at,
        opened_at=opened_at,
        language_chosen_at=language_chosen_at,
    )
