"""What a speaker is told of what was promised to them: "You said … we did …", in their own language (practice 39)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from api import access
from api.access import Opened
from api.i18n import Translator
from api.models import Outcome, Promise, StaffMember, now
from api.services.replies import promises
from api.services.replies.promise_kinds import PromiseKinds
from api.services.safeguarding import allegations
from api.services.talk import said
from api.services.talk.said import Quote

# states in which nothing is going on that an answer would interrupt
AT_REST = ("new", "paused", "finished")


@dataclass(frozen=True)
class Told:
    """`quote` is what the speaker said, `words` and `outcome_words` are the adult's, in the language they wrote."""

    promise: int
    version: int
    quote: Quote | None
    promised: str
    words: Quote | None
    due_on: date
    is_late: bool  # it is still open after its day
    outcome: Outcome | None
    became: str  # empty while the promise is open
    outcome_words: Quote | None
    is_news: bool


def told(session: Session, opened: Opened, kinds: PromiseKinds, translator: Translator) -> list[Told]:
    """News first, then what is still open, then what was told before."""
    found = access.promises_to_speaker(session, opened)
    people = access.keepers_of(session, found)
    return [_told(session, opened, each, people[each.owner_id], kinds, translator) for each in found]


def comes_first(session: Session, opened: Opened) -> bool:
    """Whether somebody who arrives is shown this before the conversation. After an alert the help for them stands
    first (practice 24).
    """
    return opened.conversation.state != "alerted" and access.speaker_was_promised(session, opened, untold=True)


def is_news_for(session: Session, opened: Opened) -> bool:
    """Whether there is an answer that the speaker has not seen."""
    return access.speaker_was_promised(session, opened, untold=True, answered=True)


def is_promised(session: Session, opened: Opened) -> bool:
    return access.speaker_was_promised(session, opened)


def mark_told(session: Session, opened: Opened, seen: Mapping[int, int]) -> None:
    """The answers that stood on the screen, by id with their version: one that was given meanwhile is still news."""
    for promise in access.promises_to_speaker(session, opened):
        if promise.outcome and promise.told_at is None and seen.get(promise.id) == promise.version:
            promise.told_at = now()
            session.add(promise)
    session.commit()


def _told(
    session: Session, opened: Opened, promise: Promise, owner: StaffMember, kinds: PromiseKinds, translator: Translator
) -> Told:
    behind = access.words_behind(session, opened, promise)
    adult = _name(session, behind or opened, owner)
    own = _own_words if opened.reader != "parent" or behind else _no_words
    return Told(
        promise.id,
        promise.version,
        said.line_to_repeat(session, behind, promise.turn_id, promise.start, promise.end) if behind else None,
        kinds.promised(promise.kind, promise.audience, adult, translator),
        own(promise.words, promise.words_language),
        promise.due_on,
        promises.standing(promise, promises.today()) == "overdue",
        promise.outcome,
        kinds.became(promise.outcome, promise.audience, adult, translator) if promise.outcome else "",
        own(promise.outcome_words, promise.outcome_language),
        promise.outcome is not None and promise.told_at is None,
    )


def _name(session: Session, opened: Opened, owner: StaffMember) -> str:
    """Who has left cannot tell them anything, and nobody is sent to the adult whom their words name."""
    if owner.left_at or owner.id == opened.conversation.kept_from_id:
        return allegations.told_adult(session, opened, opened.conversation)
    return owner.name


def _no_words(_text: str, _language: str) -> Quote | None:
    """Two carers may have the same relation: beyond the conversation of the link only sentences by code are told."""
    return None


def _own_words(text: str, language: str) -> Quote | None:
    return Quote(text, language) if text else None
