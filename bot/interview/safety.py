"""When something unsafe is said: stop, thank, take seriously, say who is told, show human help (practice 21-28)."""

from __future__ import annotations

from typing import Any

from interview import offering, wording
from interview.asking import topic_shown
from interview.conversation import ALERTED, Conversation
from interview.listening import keep_lines
from interview.reading_back import replace_line
from interview.turns import Span, Turn

FIRST_WORDS = (wording.ALERT_THANK, wording.ALERT_TOLD)


def alert(talk: Conversation, turn: Turn) -> None:
    """A person must see this turn. From now on nothing is asked any more."""
    talk.alert = alert_of(turn.reading.safeguarding)
    if talk.phase == ALERTED:
        stay(talk, turn)
    else:
        stop(talk, turn)


def stop(talk: Conversation, turn: Turn) -> None:
    keep_words(talk, turn)
    talk.phase, talk.paused, talk.standing = ALERTED, False, None
    for response in FIRST_WORDS:
        talk.notify(talk.own(response))
    show(talk, wording.ALERT_HELP)


def stay(talk: Conversation, turn: Turn) -> None:
    """After an alert: keep what comes, answer shortly, and offer only a person, a rest or an end."""
    keep_words(talk, turn)
    talk.language = offering.language_chosen(talk, turn) or talk.language
    control = wanted(turn)
    if control == "person":
        talk.wants_person = True
    if control == "withdraw":
        take_back(talk)
    show(talk, REPLIES.get(control or turn.kind, wording.ALERT_KEPT))


REPLIES = {
    "person": wording.ALERT_PERSON,
    "pause": wording.ALERT_REST,
    "finish": wording.ALERT_REST,
    "privacy": wording.ALERT_TOLD,
    "open": wording.ALERT_HELP,
    "choose": wording.ALERT_HELP,
}


def keep_words(talk: Conversation, turn: Turn) -> None:
    if turn.target:
        replace_line(talk, turn)
    elif wanted(turn) is None or turn.reading.sure or turn.reading.safeguarding:
        keep_lines(talk, turn, topic_shown(talk, turn.asked))


def take_back(talk: Conversation) -> None:
    """Taken out of the summary; the alert and its words stay on record (practice 26)."""
    newest = talk.record.newest_turn()
    if newest:
        talk.record.leave_out_turn(newest)


def wanted(turn: Turn) -> str | None:
    picked = next((choice for choice in turn.choices if choice.startswith("control:")), "")
    return picked.partition(":")[2] or turn.reading.control


def show(talk: Conversation, response: str) -> None:
    talk.notify(talk.own(response), *offering.fixed(talk, offering.SAFE_CODES))


def alert_of(spans: tuple[Span, ...]) -> dict[str, Any]:
    return {
        "codes": list(dict.fromkeys(span.code for span in spans)),
        "spans": [
            {"code": span.code, "start": span.start, "end": span.end, "confidence": span.confidence} for span in spans
        ],
    }
