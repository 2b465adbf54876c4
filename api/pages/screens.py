"""What stands on a speaker's screen, worked out from the conversation so far. Codes only: templates hold the words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from api.i18n import Translators
from api.pages.rendering import card_drawing, face, topic_drawing
from api.security import new_id
from api.services.talk.questions import ChoiceView, ShownView
from api.services.talk.readback import Line
from api.services.talk.transcript import Exchange, Page

# kinds of choice that tell something
TELLING = ("topic:", "feeling:", "card:", "ladder:", "reach:", "hours:", "way:", "rhythm:")
# states in which a question stands
ASKING = ("new", "asking", "reading_back")
STOPPING = ("pause", "finish")
# ways to answer without telling, or to leave
WAYS = {
    "asking": ("skip", "dont_know", "person", "pause"),
    "paused": ("person",),
    "reading_back": ("person", "pause"),
}
# questions back, after which the same question stands again
QUESTIONS = {
    "asking": ("explain", "repeat", "privacy", "withdraw"),
    "paused": ("privacy",),
    "reading_back": ("privacy",),
}


@dataclass(frozen=True)
class Pick:
    code: str
    text: str
    language: str
    face: str | None  # static file of a drawn feeling
    drawing: str | None  # static file of a drawn topic or of a picture of school

    @property
    def kind(self) -> str:
        return self.code.partition(":")[0]

    @property
    def name(self) -> str:
        return self.code.partition(":")[2]


@dataclass(frozen=True)
class Place:
    """Where a card can be put; `code` is what putting it there sends."""

    name: str
    code: str
    text: str


@dataclass(frozen=True)
class Card:
    name: str
    text: str
    language: str
    drawing: str | None  # static file
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Screen:
    address: str
    page: Page
    lines: tuple[Line, ...]
    translators: Translators
    error: str | None = None
    draft: str = ""
    promised: bool = False  # something was promised to them, and nothing is going on that would be interrupted by it
    new_turn: Callable[[], str] = new_id

    @property
    def state(self) -> str:
        return self.page.state

    @property
    def after(self) -> int:
        return self.page.after

    @property
    def waiting(self) -> bool:
        return self.page.waiting

    @property
    def opening(self) -> bool:
        """Nothing was said yet: what is waited for is the very first question."""
        return all(exchange.kind == "open" for exchange in self.page.exchanges)

    @cached_property
    def _answered(self) -> Exchange | None:
        return next((each for each in reversed(self.page.exchanges) if each.shown), None)

    @property
    def previous(self) -> Exchange | None:
        return self._answered if self._answered and is_said(self._answered) else None

    @property
    def unread(self) -> list[Exchange]:
        """Said, kept, and not answered yet."""
        return [each for each in self.page.exchanges if each.state == "waiting" and is_said(each)]

    @property
    def standing(self) -> ShownView | None:
        """The question that waits for an answer. None stands while resting, after an alert, and at the end."""
        return self.page.standing if self.state in ASKING else None

    @cached_property
    def _news(self) -> list[ShownView]:
        return self._answered.shown if self._answered else []

    @property
    def headline(self) -> ShownView | None:
        resting = self.state in ("paused", "finished") and bool(self._news)
        return self._news[-1] if resting else self.standing

    @property
    def offer(self) -> ShownView | None:
        """The message whose choices stand under the headline."""
        if self.standing or self.state == "finished":
            return self.standing
        return next((shown for shown in reversed(self._news) if shown.choices), None)

    @property
    def messages(self) -> list[ShownView]:
        """What was answered last, above the headline."""
        headline = self.headline.id if self.headline else None
        return [shown for shown in self._news if shown.id != headline]

    @property
    def choices(self) -> list[Pick]:
        return [] if self.reads_back or self.offer is None else self.picks(self.offer)

    def picks(self, shown: ShownView) -> list[Pick]:
        return [self._pick(choice, shown.language) for choice in shown.choices]

    def _pick(self, choice: ChoiceView, language: str) -> Pick:
        kind, _, name = choice.code.partition(":")
        named = self.translators.find(name) if kind == "language" else None
        drawing = topic_drawing(choice.code) or card_drawing(choice.code)
        return Pick(choice.code, choice.text, named.tag if named else language, face(choice.code), drawing)

    @property
    def cards(self) -> list[Card]:
        """Pictures to sort, each with its places. Where there are no places, pictures are only picked."""
        places = [(pick.name, pick.text) for pick in self.choices if pick.kind == "place"]
        if not places:
            return []
        return [
            Card(pick.name, pick.text, pick.language, card_drawing(pick.code), _places(pick, places))
            for pick in self.choices
            if pick.kind == "card"
        ]

    @property
    def ladder(self) -> list[Pick]:
        """The highest step first, as a ladder stands."""
        return [pick for pick in reversed(self.choices) if pick.kind == "ladder"]

    @property
    def wishes(self) -> list[Pick]:
        return [pick for pick in self.choices if pick.kind == "wish"]

    @property
    def ways(self) -> tuple[str, ...]:
        return WAYS.get(self.state, ())

    @property
    def questions(self) -> tuple[str, ...]:
        return QUESTIONS.get(self.state, ())

    @property
    def reads_back(self) -> bool:
        return self.state == "reading_back" and bool(self.lines)

    @property
    def stopped_unsafe(self) -> bool:
        """Stopped after an alert. Writing on stays possible, so the state says nothing of it."""
        return self.state == "alerted" and self.page.exchanges[-1].control in STOPPING

    @property
    def takes_words(self) -> bool:
        return self.state in ("new", "asking", "alerted") and not self.opening_waits

    @property
    def opening_waits(self) -> bool:
        return self.opening and self.waiting

    @property
    def takes_answers(self) -> bool:
        return self.takes_words or bool(self.choices)

    @property
    def has_history(self) -> bool:
        """Something came after the opening. Only the newest exchanges are at hand here."""
        return any(exchange.ordinal > 0 for exchange in self.page.exchanges)

    @property
    def of(self) -> int:
        return self.page.of

    @property
    def part(self) -> int | None:
        """Which part of the plan is being talked about, from 1; None where counting would only hurry."""
        if self.state != "asking" or not self.of:
            return None
        return min(self.page.done + 1, self.of)


def _places(card: Pick, places: Iterable[tuple[str, str]]) -> tuple[Place, ...]:
    return tuple(Place(name, f"{card.code}.{name}", text) for name, text in places)


def is_said(exchange: Exchange) -> bool:
    """Words, or a topic or feeling that was picked; asking to skip or to keep a line is neither."""
    return bool(exchange.text) or any(pick.text and pick.code.startswith(TELLING) for pick in exchange.picked)
