"""The messages of a conversation as they stood on the screen, and what was picked from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from api import access
from api.access import Opened
from api.models import MessageKind, Shown, Turn
from api.services.direction import direction
from api.services.talk.withholding import NOTHING, Withheld

# the kinds of message that something can be said to
STANDING: tuple[MessageKind, ...] = ("question", "scaffold", "readback")


@dataclass(frozen=True)
class ChoiceView:
    code: str
    text: str


@dataclass(frozen=True)
class Picked:
    code: str
    text: str  # as the person read it; empty when the page itself offered it, such as control:skip
    language: str


@dataclass(frozen=True)
class ShownView:
    id: int
    turn: str
    response: str
    kind: MessageKind
    topic: str | None
    text: str
    language: str
    direction: str
    choices: list[ChoiceView]
    multiple: bool
    quote: dict[str, object] | None


def view(shown: Shown, withheld: Withheld = NOTHING) -> ShownView:
    return ShownView(
        shown.id,
        shown.turn_id,
        shown.response,
        shown.kind,
        shown.topic,
        withheld.shown(shown),
        shown.language,
        direction(shown.language),
        [ChoiceView(choice["code"], choice["text"]) for choice in shown.choices],
        shown.multiple,
        shown.quote,
    )


def newest_asked(session: Session, opened: Opened) -> ShownView | None:
    found = access.newest_shown_of(session, opened, STANDING)
    return view(found) if found else None


def of_last_answer(session: Session, opened: Opened) -> list[ShownView]:
    last = access.last_answered_ordinal_in(session, opened)
    return [] if last is None else [view(shown) for shown in access.shown_after(session, opened, last - 1)]


def asked_by(
    session: Session, opened: Opened, turns: Iterable[Turn], withheld: Withheld = NOTHING
) -> dict[int, ShownView]:
    """The questions that these turns answered, by Shown.id."""
    ids = {turn.asked_shown_id for turn in turns if turn.asked_shown_id is not None}
    if not ids:
        return {}
    return {shown.id: view(shown, withheld) for shown in access.shown_in(session, opened, ids)}


def answering(
    session: Session, opened: Opened, after: int = -1, withheld: Withheld = NOTHING
) -> dict[str, list[ShownView]]:
    """The messages that answered each turn with a later ordinal, by Turn.id."""
    found: dict[str, list[ShownView]] = {}
    for shown in access.shown_after(session, opened, after):
        found.setdefault(shown.turn_id, []).append(view(shown, withheld))
    return found


def picked(turn: Turn, asked: ShownView | None) -> list[Picked]:
    texts = {choice.code: choice.text for choice in asked.choices} if asked else {}
    language = asked.language if asked else ""
    return [Picked(code, texts.get(code) or _sorted(code, texts), language) for code in turn.choices]


def _sorted(code: str, texts: Mapping[str, str]) -> str:
    """A card in its place (`card:noise.hard`): both are read as they stood on the screen."""
    card, _, place = code.partition(".")
    both = texts.get(card), texts.get(f"place:{place}")
    return f"{both[0]}: {both[1]}" if all(both) else ""
