"""Who cares for a pupil, and whether they may be reached at all (practice 29, 31)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from api import access
from api.errors import NotAllowed, NotToBeReached, Unfit
from api.models import Carer, Delivery, Pupil, School, Sendable, StaffMember, now
from api.security import hash_password
from api.services import audit
from api.services.people import staffing
from api.services.reaching import agreed_words, tasks, telephones

LONGEST_RELATION = 80


@dataclass(frozen=True)
class About:
    """What staff know of one carer."""

    relation: str
    language: str
    phone: str = ""  # E.164
    email: str = ""
    lives_apart: bool = False


def check_may_be_reached(carer: Carer) -> None:
    """NotToBeReached("left" or "not_agreed"): neither a link nor a message, whoever asks."""
    if carer.left_at:
        raise NotToBeReached("left")
    if carer.lives_apart and carer.agreed_at is None:
        raise NotToBeReached("not_agreed")


def may_be_reached(carer: Carer) -> bool:
    try:
        check_may_be_reached(carer)
    except NotToBeReached:
        return False
    return True


def check_way(carer: Carer, channel: Sendable) -> None:
    """Besides, NotToBeReached("no_address" or "stopped") by this channel."""
    check_may_be_reached(carer)
    if not (carer.email if channel == "email" else carer.phone):
        raise NotToBeReached("no_address")
    if channel != "email" and carer.stopped_at:
        raise NotToBeReached("stopped")


def checked(
    session: Session,
    by: StaffMember,
    offered: Collection[str],
    relation: str,
    language: str,
    *,
    phone: str = "",
    email: str = "",
    lives_apart: bool = False,
) -> About:
    """Unfit: "relation", "language", "phone" or "email". A number without its country is of the
    school's own.
    """
    relation = " ".join(relation.split())
    if not relation or len(relation) > LONGEST_RELATION:
        raise Unfit("relation")
    if language not in offered:
        raise Unfit("language")
    country = session.get_one(School, by.school_id).country
    email = staffing.check_email(email) if email.strip() else ""
    return About(relation, language, telephones.read(phone, country), email, lives_apart)


def add(session: Session, by: StaffMember, pupil_id: int, about: About, form_id: str) -> int:
    """The carer's id; the same for a form that is sent again. Whoever lives apart waits for a safeguarding lead."""
    pupil, others = access.family_kept_by(session, by, pupil_id)
    access.hold_school(session, by.school_id)
    before = access.entry_of_form(session, by.school_id, "carer_added", form_id)
    if before:
        return int(before.about_id)
    carer = put_in_family(session, by, pupil, about, place=len(others))
    _note(session, by, carer, "carer_added", form=form_id)
    session.commit()
    return carer.id


def put_in_family(session: Session, by: StaffMember, pupil: Pupil, about: About, place: int) -> Carer:
    """The caller records it and commits."""
    carer = Carer(pupil_id=pupil.id, place=place, created_by_id=by.id, **vars(about))
    session.add(carer)
    session.flush()
    if carer.lives_apart:
        _ask_the_leads(session, pupil, carer)
    return carer


def change(session: Session, by: StaffMember, carer_id: int, about: About) -> int:
    """The pupil's id. The trail says which fields were changed, never from what to what. NotAllowed where somebody
    else than a safeguarding lead says that a carer lives with the child after all: it would stand for the lead's yes.
    """
    carer, pupil = access.carer_kept_by(session, by, carer_id)
    changed = [field for field, value in vars(about).items() if getattr(carer, field) != value]
    if not changed:
        return pupil.id
    moves_in = carer.lives_apart and not about.lives_apart
    if moves_in and not access.is_lead(by):
        raise NotAllowed
    _set(session, carer, changed, about)
    if moves_in:
        access.settle_tasks_about(session, carer, "agree_carer", by)
    elif "lives_apart" in changed:
        _ask_the_leads(session, pupil, carer)
    _note(session, by, carer, "carer_changed", fields=changed)
    session.commit()
    return pupil.id


def decide(session: Session, by: StaffMember, carer_id: int, *, agreed: bool) -> int:
    """The pupil's id. By a safeguarding lead alone, about one who lives apart; it can be taken back."""
    carer, pupil = access.carer_kept_by(session, by, carer_id)
    if not access.is_lead(by):
        raise NotAllowed
    if carer.lives_apart:
        carer.agreed_at, carer.agreed_by_id = (now(), by.id) if agreed else (None, None)
        session.add(carer)
        access.settle_tasks_about(session, carer, "agree_carer", by)
        if agreed:
            _note(session, by, carer, "carer_agreed")
        else:
            _note(session, by, carer, "carer_refused")
        session.commit()
    return pupil.id


def put_in_place(session: Session, by: StaffMember, carer_id: int, place: int) -> int:
    """The pupil's id. Counted from 0; sent twice, it changes nothing the second time."""
    carer, pupil = access.carer_kept_by(session, by, carer_id)
    others = [each for each in access.carers_of(session, pupil.id) if each.id != carer.id]
    others.insert(place, carer)
    for number, each in enumerate(others):
        each.place = number
        session.add(each)
    _note(session, by, carer, "carers_ordered")
    session.commit()
    return pupil.id


def leave(session: Session, by: StaffMember, carer_id: int) -> int:
    """The pupil's id. Their links open nothing from now on; what they said stays."""
    carer, pupil = access.carer_kept_by(session, by, carer_id, also_left=True)
    if carer.left_at:
        return pupil.id
    carer.left_at = now()
    session.add(carer)
    access.settle_tasks_about(session, carer, "agree_carer", by)
    _note(session, by, carer, "carer_left")
    session.commit()
    return pupil.id


def agree_word(session: Session, by: StaffMember, carer_id: int, word: str) -> int:
    """The pupil's id. The word that opens this carer's links from now on; none takes it off. Unfit: "word"."""
    word_hash = hash_password(agreed_words.checked(word)) if word.strip() else ""  # before anybody has to wait for it
    carer, pupil = access.carer_kept_by(session, by, carer_id)
    carer.word_hash = word_hash
    session.add(carer)
    if word_hash:
        _note(session, by, carer, "carer_word_set")
    else:
        _note(session, by, carer, "carer_word_removed")
    session.commit()
    return pupil.id


def called(carers: Sequence[Carer], relation: str) -> Carer | None:
    """The one of this relation to the pupil, as people compare words."""
    wanted = " ".join(relation.split()).casefold()
    return next((carer for carer in carers if carer.relation.casefold() == wanted), None)


def newest_messages(session: Session, reader: StaffMember, carers: Collection[Carer]) -> dict[int, Delivery]:
    """By carer: the message posted last, of those that the reader may know of: whether they can be reached."""
    newest = (
        select(func.max(Delivery.id))
        .where(col(Delivery.carer_id).in_([carer.id for carer in carers]))
        .where(access.message_not_kept_from(session, reader))
        .group_by(col(Delivery.carer_id))
    )
    found = session.exec(select(Delivery).where(col(Delivery.id).in_(newest)))
    return {delivery.carer_id: delivery for delivery in found}


def _set(session: Session, carer: Carer, fields: Collection[str], about: About) -> None:
    for field in fields:
        setattr(carer, field, getattr(about, field))
    if "lives_apart" in fields:
        carer.agreed_at, carer.agreed_by_id = None, None
    if "phone" in fields:
        carer.stopped_at = None  # it was said with the old number
    session.add(carer)
    session.flush()


def _note(session: Session, by: StaffMember, carer: Carer, act: str, **details: Any) -> None:
    audit.record(session, by, act, "carer", carer.id, pupil_id=carer.pupil_id, **details)


def _ask_the_leads(session: Session, pupil: Pupil, carer: Carer) -> None:
    tasks.add(
        session,
        school_id=pupil.school_id,
        pupil_id=pupil.id,
        carer_id=carer.id,
        kind="agree_carer",
        key=f"agree-carer-{carer.id}-{now().timestamp()}",
    )
