"""The first day of an absence (practice 32): the carers are asked one after the other, each by the ways that they
wished; without an answer it becomes a person's task. What is due follows from rows and clock alone, and every step has
a key that exists once: a restart loses nothing and doubles nothing.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from sqlmodel import Session

from api import access
from api.errors import Refusal
from api.models import Absence, AbsenceStep, AbsenceStepKind, Carer, Conversation, Pupil, School, Sendable, StaffMember
from api.services import audit
from api.services.attendance.watching import Watched, first_moment, watched
from api.services.reaching import asking_carers, tasks, ways
from api.services.review.working_days import local_day
from api.services.talk.conversations import Plan
from api.services.texting.opening import open_by_text
from api.settings import Settings

log = logging.getLogger(__name__)

GUIDE = "first_day"
EVERY = timedelta(seconds=2)  # how often it is looked what is due
RING_WITHIN = timedelta(minutes=30)
LINK_LASTS = 3  # days: a later answer is still heard


class Whose(TypedDict, total=False):
    """With whom a step is, and by what."""

    carer_id: int | None
    channel: str | None
    conversation_id: str | None


class How(TypedDict):
    """A message with a link is sent."""

    key: str
    secret: str
    days: int


@dataclass(frozen=True)
class Means:
    """`available`: what messages can be sent by here; `secret` seals the links in them."""

    available: frozenset[Sendable]
    secret: str

    @classmethod
    def of(cls, settings: Settings) -> "Means":
        return cls(ways.available(settings), settings.secret.get_secret_value())

    def go_on(self, session: Session, at: datetime) -> None:
        """For the scheduler, which commits."""
        go_on(session, at, self)


def is_due(session: Session, at: datetime) -> bool:
    """Looked up without writing: SQLite has one writer, and turns come first."""
    return any(_wants(each, at) for each in _under_way(session, at))


def go_on(session: Session, at: datetime, means: Means, only: Collection[int] | None = None) -> None:
    """Does what is due at this moment, for all schools. The caller commits."""
    for each in _under_way(session, at):
        if (only is None or each.absence.id in only) and _wants(each, at):
            _try(session, each.absence.id, at, means)


def hand_to_a_person(session: Session, absence: Absence, pupil: Pupil, at: datetime, key: str) -> None:
    """The product asks nobody any more; somebody rings. The same `key` counts once. The caller commits."""
    absence.next_at = None
    session.add(absence)
    if access.absence_step_by_key(session, key):
        return
    _take(session, absence, "to_a_person", key, at)
    adult = session.get_one(StaffMember, pupil.trusted_adult_id)
    steps = access.absence_steps_in(session, [absence])
    is_named = access.kept_back_from(session, adult, {step.conversation_id for step in steps if step.conversation_id})
    tasks.add(
        session,
        school_id=absence.school_id,
        pupil_id=pupil.id,
        kind="ring_family",
        key=f"ring-{key}",
        about={"absence": absence.id},
        for_id=None if adult.left_at or is_named else adult.id,
        due_at=at + RING_WITHIN,
    )


# ---- what is due


def _under_way(session: Session, at: datetime) -> list[Watched]:
    return watched(session, access.absences_under_way(session, local_day(at)))


def _wants(seen: Watched, at: datetime) -> bool:
    """Whether anything is to be done now."""
    if seen.is_accounted:
        return seen.alerted and not seen.has(_alarm(seen.absence))
    return _has_new_answer(seen) or _has_come(seen, at)


def _has_new_answer(seen: Watched) -> bool:
    return seen.answered is None and seen.answer is not None


def _has_come(seen: Watched, at: datetime) -> bool:
    if seen.absence.next_at is None:
        return False
    return seen.absence.next_at <= at or (seen.asked is not None and seen.did_not_arrive(seen.asked))


def _alarm(absence: Absence) -> str:
    return f"absence-{absence.id}-look"


# ---- doing it


def _try(session: Session, absence_id: int, at: datetime, means: Means) -> None:
    """One that breaks stops no other pupil's, and is not left to the product: a person rings."""
    try:
        with session.begin_nested():
            held = access.hold_absence(session, absence_id)
            if held:
                _go_on_with(session, watched(session, [held])[0], at, means)
    except Exception as error:  # its words could name people
        log.error("absence %d goes to a person: %s", absence_id, type(error).__name__)
        absence = access.hold_absence(session, absence_id)
        if absence:
            pupil = session.get_one(Pupil, absence.pupil_id)
            hand_to_a_person(session, absence, pupil, at, f"absence-{absence_id}-person")


def _go_on_with(session: Session, seen: Watched, at: datetime, means: Means) -> None:
    pupil = session.get_one(Pupil, seen.absence.pupil_id)
    if not _wants(seen, at):  # another process did it meanwhile
        return None
    if seen.is_accounted or (_has_new_answer(seen) and seen.alerted):
        return _have_it_looked_at(session, seen, pupil, at)
    if _has_new_answer(seen):
        return _account(session, seen, at)
    return _ask_on(session, seen, pupil, at, means)


def _account(session: Session, seen: Watched, at: datetime) -> None:
    """A carer told something. It still waits to be read: it may be that they do not know either."""
    _note_answer(session, seen)
    absence = seen.absence
    absence.accounted_at, absence.accounted_how, absence.next_at = at, "carer_answered", None
    session.add(absence)
    tasks.close_about_absence(session, absence.id, None, at)
    about = ("absence_accounted", "absence", absence.id)
    audit.append(session, absence.school_id, None, *about, pupil_id=absence.pupil_id, how="carer_answered")


def _have_it_looked_at(session: Session, seen: Watched, pupil: Pupil, at: datetime) -> None:
    """What a carer said raised an alert: nothing is accounted for by it."""
    _note_answer(session, seen)
    absence = seen.absence
    absence.accounted_at = absence.accounted_how = None
    hand_to_a_person(session, absence, pupil, at, _alarm(absence))


def _note_answer(session: Session, seen: Watched) -> None:
    answer, asked = seen.answer, seen.asked
    if answer is None or seen.answered:
        return
    asked = next((step for step in seen.steps if step.conversation_id == answer.conversation_id), asked)
    whose: Whose = {"carer_id": asked.carer_id if asked else None, "conversation_id": answer.conversation_id}
    _take(session, seen.absence, "answered", f"absence-{seen.absence.id}-answered", answer.at, **whose)


def _ask_on(session: Session, seen: Watched, pupil: Pupil, at: datetime, means: Means) -> None:
    """The next way, the next carer, and after the last of them a person."""
    absence = seen.absence
    if seen.asked:
        _note_silence(session, seen, seen.asked, at)
    when = _next_moment(session, seen, at, means)
    if when is None:
        return hand_to_a_person(session, absence, pupil, at, f"absence-{absence.id}-person")
    if when <= at:
        return _ask_next(session, seen, pupil, at, means)
    absence.next_at = when
    session.add(absence)
    return None


def _next_moment(session: Session, seen: Watched, at: datetime, means: Means) -> datetime | None:
    """When the next carer may be asked; None: nobody is left, it is too late that day, or somebody said something that
    was no answer, such as that they want another language: they are not asked again as if they had been silent.
    """
    left = _ways_left(session, seen, means)
    if seen.heard or not left:
        return None
    return first_moment(session.get_one(School, seen.absence.school_id), left[0][0], seen.absence.day, at)


def _ask_next(session: Session, seen: Watched, pupil: Pupil, at: datetime, means: Means) -> None:
    school = session.get_one(School, seen.absence.school_id)
    for carer, channel in _ways_left(session, seen, means):
        if _ask(session, seen, pupil, carer, channel, at, means):
            seen.absence.next_at = at + timedelta(minutes=school.answer_within)
            session.add(seen.absence)
            return
    hand_to_a_person(session, seen.absence, pupil, at, f"absence-{seen.absence.id}-person")


def _ask(
    session: Session, seen: Watched, pupil: Pupil, carer: Carer, channel: Sendable, at: datetime, means: Means
) -> bool:
    """False where they turn out not to be reached that way. The same carer keeps one conversation."""
    key = _key(seen.absence, carer, channel)
    by = session.get_one(StaffMember, seen.absence.started_by_id)
    before = next((step.conversation_id for step in seen.steps if step.carer_id == carer.id), None)
    try:
        with session.begin_nested():
            conversation = _conversation(session, by, carer, pupil, channel, key, means, before)
    except Refusal:
        _take(session, seen.absence, "no_answer", key, at, carer_id=carer.id, channel=channel)
        return False
    whose: Whose = {"carer_id": carer.id, "conversation_id": conversation.id, "channel": channel}
    _take(session, seen.absence, "asked", key, at, **whose)
    return True


def _conversation(
    session: Session,
    by: StaffMember,
    carer: Carer,
    pupil: Pupil,
    channel: Sendable,
    key: str,
    means: Means,
    before: str | None,
) -> Conversation:
    how: How = {"key": key, "secret": means.secret, "days": LINK_LASTS}
    if before is None:
        return asking_carers.ask(session, by, carer, pupil, Plan("parent", carer.language, GUIDE), channel, **how)
    conversation = access.conversation_for_the_bot(session, before).conversation
    asking_carers.send_link(session, by, carer, pupil, conversation, channel, **how)
    is_left_out = carer.word_hash or access.turn_by_any_id(session, f"open-{conversation.id}")
    if channel != "email" and not is_left_out:
        open_by_text(session, conversation, channel)
    return conversation


def _note_silence(session: Session, seen: Watched, asked: AbsenceStep, at: datetime) -> None:
    key = f"{asked.key}-none"
    if seen.heard or seen.has(key):
        return
    whose: Whose = {"carer_id": asked.carer_id, "channel": asked.channel, "conversation_id": asked.conversation_id}
    _take(session, seen.absence, "no_answer", key, at, **whose)


def _ways_left(session: Session, seen: Watched, means: Means) -> list[tuple[Carer, Sendable]]:
    """Not tried yet, in order."""
    return [
        (carer, channel)
        for carer in access.carers_of(session, seen.absence.pupil_id)
        for channel in ways.in_order(carer, means.available)
        if not seen.has(_key(seen.absence, carer, channel))
    ]


def _key(absence: Absence, carer: Carer, channel: str) -> str:
    return f"absence-{absence.id}-{carer.id}-{channel}"


def _take(
    session: Session, absence: Absence, kind: AbsenceStepKind, key: str, at: datetime, **whose: Unpack[Whose]
) -> None:
    session.add(AbsenceStep(absence_id=absence.id, kind=kind, at=at, key=key, **whose))
    session.flush()
