"""Promises of adults: made, kept in sight, answered. Every one has an owner and a day (practice 39)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import Malformed
from api.models import Outcome, Promise, Pupil, Role, StaffMember, now
from api.services import audit
from api.services.replies.promise_kinds import NEEDS_OWN_WORDS
from api.services.review.working_days import Calendar, local_day
from api.services.talk import said
from api.services.talk.said import Quote
from api.services.talk.words import clean

USUAL_DAYS = 5  # working days until something promised is due, unless the adult chooses a day
LATEST = timedelta(days=365)
SOON = timedelta(days=7)
LONGEST_WORDS = 500  # code points
# those who have a page of promises, and so can keep one
OWNERS: tuple[Role, ...] = ("trusted_adult", "safeguarding_lead", "attendance_lead")

Standing = Literal["overdue", "due_soon", "open", "answered", "told"]
Fault = Literal["no_day", "past", "too_late", "too_long", "needs_words"]


@dataclass(frozen=True)
class Draft:
    """What an adult puts into the form; `line` is the target of a line of the summary: turn, start, end."""

    kind: str
    owner_id: int
    due_on: date | None
    words: str = ""
    language: str = "en"
    line: tuple[str, int, int] | None = None


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    words: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Kept:
    """A promise as staff see it. `quote` only for those who may read the words; names of people who have left stay."""

    promise: Promise
    pupil: Pupil | None
    owner: StaffMember
    maker: StaffMember
    standing: Standing
    quote: Quote | None = None


def today() -> date:
    return local_day(now())


def usual_day(calendar: Calendar) -> date:
    return calendar.after(today(), USUAL_DAYS)


def owners(session: Session, staff: StaffMember) -> list[StaffMember]:
    """The one who asks first, then colleagues by name."""
    here = [each for each in access.colleagues_of(session, staff) if each.left_at is None and each.role in OWNERS]
    return sorted(here, key=lambda each: (each.id != staff.id, each.name.casefold()))


def fault_in(draft: Draft) -> Fault | None:
    """Why it cannot be made as it stands, so that the form can be shown again with everything in it."""
    if draft.due_on is None:
        return "no_day"
    if draft.due_on < today():
        return "past"
    if draft.due_on > today() + LATEST:
        return "too_late"
    return _fault_in_words(draft.words, needed=draft.kind == NEEDS_OWN_WORDS)


def fault_in_answer(answer: Answer) -> Fault | None:
    return _fault_in_words(answer.words, needed=False)


def make(session: Session, staff: StaffMember, opened: Opened, draft: Draft, form_id: str) -> Promise:
    """To whoever speaks in this conversation. A form that came before makes nothing new."""
    if made := access.promise_of_form(session, form_id):
        return _own(made, staff)
    promise = _promise(session, staff, opened, draft, form_id)
    session.add(promise)
    try:
        session.flush()
    except IntegrityError:  # the same form, in the same moment
        session.rollback()
        made = access.promise_of_form(session, form_id)
        return _own(made, staff)
    audit.record(session, staff, "promise_made", "promise", promise.id, pupil_id=promise.pupil_id, kind=promise.kind)
    session.commit()
    return promise


def answer(session: Session, staff: StaffMember, promise_id: int, version: int, given: Answer) -> bool:
    """False, and nothing written, where somebody has answered since the form was made. A new answer to one that was
    answered before is told to the speaker again.
    """
    promise = access.promise_for_staff(session, staff, promise_id, to_change=True)
    words = clean(given.words)
    before = (promise.outcome, promise.outcome_words, promise.answered_by_id)
    if before == (given.outcome, words, staff.id):
        return True
    if promise.version != version:
        return False
    promise.outcome, promise.outcome_words, promise.outcome_language = given.outcome, words, given.language
    promise.answered_at, promise.answered_by_id, promise.told_at = now(), staff.id, None
    promise.version += 1
    session.add(promise)
    about = promise.pupil_id
    audit.record(session, staff, "promise_answered", "promise", promise.id, pupil_id=about, outcome=given.outcome)
    session.commit()
    return True


def listed(session: Session, staff: StaffMember, *, mine: bool, offset: int, limit: int) -> list[Kept]:
    """Without quotations: who keeps a promise needs not have read the words."""
    found = access.promises_for_staff(session, staff, today(), mine=mine, offset=offset, limit=limit)
    pupils = {pupil.id: pupil for _, pupil in found}
    kept = _kept(session, [promise for promise, _ in found])
    return [replace(each, pupil=pupils[each.promise.pupil_id]) for each in kept]


def about_pupil(session: Session, staff: StaffMember, pupil_id: int) -> list[Kept]:
    return _kept(session, access.promises_about(session, staff, pupil_id))


def to_voice_of(session: Session, staff: StaffMember, opened: Opened) -> list[Kept]:
    """To the one who speaks in this conversation, with the words that each answers."""
    kept = _kept(session, access.promises_to_voice_of(session, staff, opened))
    return [replace(each, quote=_quote(session, opened, each.promise)) for each in kept]


def one(session: Session, staff: StaffMember, promise_id: int) -> Kept:
    promise = access.promise_for_staff(session, staff, promise_id)
    (kept,) = _kept(session, [promise])
    behind = access.words_behind(session, staff, promise)
    return replace(
        kept,
        pupil=session.get(Pupil, promise.pupil_id),
        quote=_quote(session, behind, promise) if behind else None,
    )


def standing(promise: Promise, day: date) -> Standing:
    if promise.outcome:
        return "told" if promise.told_at else "answered"
    if promise.due_on < day:
        return "overdue"
    return "due_soon" if promise.due_on <= day + SOON else "open"


def _promise(session: Session, staff: StaffMember, opened: Opened, draft: Draft, form_id: str) -> Promise:
    conversation = opened.conversation
    turn, start, end = draft.line or (None, None, None)
    if draft.line and said.line(session, opened, turn, start, end) is None:
        raise Malformed
    if draft.owner_id not in {each.id for each in owners(session, staff)} or draft.due_on is None:
        raise Malformed
    return Promise(
        pupil_id=opened.pupil.id,
        conversation_id=conversation.id,
        audience=conversation.audience,
        relation=conversation.relation,
        kind=draft.kind,
        words=clean(draft.words),
        words_language=draft.language,
        turn_id=turn,
        start=start,
        end=end,
        owner_id=draft.owner_id,
        due_on=draft.due_on,
        made_by_id=staff.id,
        form_id=form_id,
    )


def _own(made: Promise | None, staff: StaffMember) -> Promise:
    if made is None or made.made_by_id != staff.id:
        raise Malformed
    return made


def _kept(session: Session, promises: list[Promise]) -> list[Kept]:
    people = access.keepers_of(session, promises)
    day = today()
    return [Kept(each, None, people[each.owner_id], people[each.made_by_id], standing(each, day)) for each in promises]


def _quote(session: Session, opened: Opened, promise: Promise) -> Quote | None:
    """Only of the conversation that the promise answers: one of the same voice is not it."""
    if opened.conversation.id != promise.conversation_id:
        return None
    return said.line(session, opened, promise.turn_id, promise.start, promise.end)


def _fault_in_words(words: str, *, needed: bool) -> Fault | None:
    if len(clean(words)) > LONGEST_WORDS:
        return "too_long"
    return "needs_words" if needed and not clean(words) else None
