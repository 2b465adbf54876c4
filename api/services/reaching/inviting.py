"""A member of staff asks a carer: the way in is shown to be passed on, or sent."""

from dataclasses import dataclass, replace
from typing import Literal

from sqlmodel import Session, col, select

from api import access
from api.access import Opened
from api.errors import NotAllowed, NotFound, Unfit
from api.models import Carer, Conversation, Delivery, Pupil, Sendable, StaffMember
from api.services.reaching import asking_carers, carers
from api.services.reaching.carers import About
from api.services.reaching.wanted import INVITES
from api.services.talk import conversations, parent_links
from api.services.talk.conversations import Plan
from api.services.talk.parent_links import Made

Way = Literal["shown"] | Sendable


@dataclass(frozen=True)
class Form:
    """What the member of staff chose. `form_id`: sent twice, it counts once; `secret` seals what is sent."""

    way: Way
    days: int
    form_id: str
    secret: str

    @property
    def key(self) -> str:
        """Of the message that carries the link."""
        return f"link-{self.form_id}"


@dataclass(frozen=True)
class Invited:
    conversation_id: str
    made: Made | None = None  # to be shown now; None when it was sent, and for a form that was sent again


def pupil_to_ask_about(session: Session, by: StaffMember, pupil_id: int) -> Pupil:
    """NotAllowed where conversations with this family are not theirs."""
    pupil = access.pupil_for(session, by, pupil_id)
    if not access.may_read(by, pupil):
        raise NotAllowed
    return pupil


def carer_chosen(session: Session, by: StaffMember, pupil: Pupil, carer_id: int) -> Carer:
    carer, theirs = access.carer_kept_by(session, by, carer_id)
    if theirs.id != pupil.id:
        raise NotFound
    return carer


def carer_named(session: Session, by: StaffMember, pupil: Pupil, about: About, form_id: str) -> Carer:
    """Whoever was not in the list is from now on. Unfit("listed") where one of the same relation is: it may be another
    person, who must not be asked in their place. Who lives with the child is never taken for who does not.
    """
    known = carers.called(access.carers_of(session, pupil.id), about.relation)
    is_another = known is None or (about.lives_apart and not known.lives_apart)
    if not is_another and not access.entry_of_form(session, by.school_id, "carer_added", form_id):
        raise Unfit("listed")
    return session.get_one(Carer, carers.add(session, by, pupil.id, about, form_id))


def invite(session: Session, by: StaffMember, pupil: Pupil, carer: Carer, plan: Plan, form: Form) -> Invited:
    """A new conversation. NotToBeReached; the caller knows that `by` may ask."""
    before = access.entry_of_form(session, by.school_id, "link_made", form.form_id)
    if before:
        return Invited(before.about_id)
    if form.way != "shown":
        how = {"key": form.key, "secret": form.secret}
        asked = asking_carers.ask(session, by, carer, pupil, plan, form.way, days=form.days, **how)
        session.commit()
        return Invited(asked.id)
    carers.check_may_be_reached(carer)
    theirs = replace(plan, language=carer.language, relation=carer.relation, carer_id=carer.id)
    return _show(session, by, conversations.start(session, by, pupil.id, theirs).id, form)


def renew(session: Session, by: StaffMember, conversation_id: str, form: Form) -> Invited:
    """Another link to a conversation that there is. Unfit("no_address") where nobody is noted to send it to."""
    before = access.entry_of_form(session, by.school_id, "link_made", form.form_id)
    if before:
        return Invited(before.about_id)
    if form.way == "shown":
        return _show(session, by, conversation_id, form)
    opened = access.conversation_held_by(session, by, conversation_id)
    carer = access.carer_in(session, opened)
    if carer is None:
        raise Unfit("no_address")
    _send(session, by, carer, opened.pupil, opened.conversation, form)
    return Invited(conversation_id)


def newest_sent(session: Session, opened: Opened) -> Delivery | None:
    """The message that carried a link to this conversation last."""
    return session.exec(
        select(Delivery)
        .where(Delivery.conversation_id == opened.conversation.id)
        .where(col(Delivery.kind).in_(INVITES))
        .order_by(col(Delivery.id).desc())
        .limit(1)
    ).first()


def _show(session: Session, by: StaffMember, conversation_id: str, form: Form) -> Invited:
    made = parent_links.make_with_code(session, by, conversation_id, form.days, form=form.form_id)
    return Invited(conversation_id, made)


def _send(
    session: Session, by: StaffMember, carer: Carer, pupil: Pupil, conversation: Conversation, form: Form
) -> None:
    if form.way == "shown" or asking_carers.is_asked(session, form.key):
        return
    how = {"key": form.key, "secret": form.secret}
    asking_carers.send_link(session, by, carer, pupil, conversation, form.way, days=form.days, **how)
    session.commit()
