"""What a question offers to pick from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from interview.cards import Card, fits
from interview.conversation import Conversation
from interview.guide import Topic
from interview.moves import Choice, Label
from interview.turns import Turn

TOPICS = "topics"
FEELINGS = "feelings"
LANGUAGES = "languages"
CARDS = "cards"
SOME_CARDS = "some_cards"
LADDER = "ladder"
REACHING = "reaching"
WISHES = "wishes"
STOP = "stop"
LINES = "lines"
MANY = (FEELINGS, CARDS, SOME_CARDS, REACHING)  # of which several can be picked at once
INVITING = (FEELINGS, SOME_CARDS, REACHING)  # each is followed by its question's open invitation (practice 12)
STEPS = range(11)

ANY_TOPIC = "topic:any"
PICTURES = "control:pictures"
STOP_CODES = ("control:resume", PICTURES, "control:pause", "control:finish")
PAUSE_CODES = ("control:resume", "control:finish")
WISH_CODES = ("wish:1", "wish:2", "wish:3")
LINE_CODES = ("readback:keep", "readback:leave_out", "readback:adult_only", "readback:shared", "readback:done")
SAFE_CODES = ("control:person", "control:pause", "control:finish")
CHOICE_CODES = (ANY_TOPIC, *STOP_CODES, *WISH_CODES, *LINE_CODES, "control:person")


def choices(talk: Conversation, offers: str | None) -> tuple[Choice, ...]:
    return tuple(OFFERS[offers](talk)) if offers in OFFERS else ()


def topics(talk: Conversation) -> Iterable[Choice]:
    yield from (Choice(f"topic:{topic.code}", topic.label) for topic in startable(talk))
    yield talk.guide.choice(ANY_TOPIC)


def feelings(talk: Conversation) -> Iterable[Choice]:
    return (Choice(f"feeling:{code}", label) for code, label in talk.guide.vocabulary.feelings.items())


def languages(talk: Conversation) -> Iterable[Choice]:
    return (language(talk, code) for code in talk.offered)


def cards_and_places(talk: Conversation) -> Iterable[Choice]:
    yield from (Choice(f"card:{card.code}", card.label) for card in cards(talk))
    yield from (Choice(f"place:{place}", label) for place, label in talk.guide.places.items())


def cards_alone(talk: Conversation) -> Iterable[Choice]:
    """To pick and not to sort."""
    return (Choice(f"card:{card.code}", card.label) for card in cards(talk))


def ways_to_be_reached(talk: Conversation) -> Iterable[Choice]:
    return (Choice(code, label) for code, label in talk.guide.reaching.items())


def steps(_talk: Conversation) -> Iterable[Choice]:
    return (Choice(f"ladder:{step}", Label(str(step))) for step in STEPS)


def wishes(talk: Conversation) -> Iterable[Choice]:
    return fixed(talk, WISH_CODES)


def ways_on(talk: Conversation) -> Iterable[Choice]:
    return fixed(talk, tuple(code for code in STOP_CODES if code != PICTURES or pictures(talk)))


def of_lines(talk: Conversation) -> Iterable[Choice]:
    return fixed(talk, LINE_CODES)


OFFERS: dict[str | None, Callable[[Conversation], Iterable[Choice]]] = {
    TOPICS: topics,
    FEELINGS: feelings,
    CARDS: cards_and_places,
    SOME_CARDS: cards_alone,
    LADDER: steps,
    REACHING: ways_to_be_reached,
    WISHES: wishes,
    LANGUAGES: languages,
    STOP: ways_on,
    LINES: of_lines,
}


def cards(talk: Conversation) -> list[Card]:
    return [card for card in talk.guide.cards if fits(card.bands, talk.occasion.age_band)]


def pictures(talk: Conversation) -> Topic | None:
    """The topic of cards, as long as none were sorted."""
    topic = talk.guide.topic(CARDS)
    return None if topic is None or talk.record.is_settled(topic.code) else topic


def fixed(talk: Conversation, codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(talk.guide.choice(code) for code in codes)


def language(talk: Conversation, code: str) -> Choice:
    """A language goes by its own name, which nobody translates (practice 44)."""
    return Choice(f"language:{code}", Label(talk.offered[code]))


def language_chosen(talk: Conversation, turn: Turn) -> str | None:
    codes = (choice.partition(":")[2] for choice in turn.choices if choice.startswith("language:"))
    return next((code for code in codes if code in talk.offered), None)


def startable(talk: Conversation) -> list[Topic]:
    """Topics that the speaker may begin with and has not told about yet."""
    record = talk.record
    return [
        topic
        for topic in talk.order
        if topic.can_start
        and not record.is_settled(topic.code)
        and not record.was_told_outside(topic.code, topic.covers)
    ]
