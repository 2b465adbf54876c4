"""The plan of an interview: its topics, and how each response asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interview.cards import Card
from interview.moves import Choice, Label
from interview.vocabulary import Vocabulary


@dataclass(frozen=True)
class Question:
    """How a response asks: its kind, how it is explained, and what it offers to pick from."""

    response: str
    kind: str
    explained_by: str
    topic: str | None = None
    audience: str | None = None
    """Who hears it when it belongs to no topic; None: both."""
    other_form: str | None = None
    """The response that asks the same in another form, for somebody who does not know."""
    offers: str | None = None
    """Of offering.OFFERS; None: nothing to pick."""
    invites: str | None = None
    """The open invitation that follows what was picked."""
    by_taps: str | None = None
    """The response that asks the youngest first, by something to pick; this one is its other form then."""
    again: str | None = None
    """The response that takes the topic up when it was told in an earlier conversation; None: as all are."""


@dataclass(frozen=True)
class Topic:
    code: str
    label: Label
    asks: str
    thanks: str
    section: str
    covers: frozenset[str] = frozenset()
    """Codes that, told elsewhere, mean that this topic was told already (practice 15)."""
    can_start: bool = False
    """Offered when the speaker chooses what to begin with (practice 5)."""
    bands: frozenset[str] = frozenset()
    """Age bands that are asked; empty: all."""
    each_time: bool = False
    """Asked in every conversation; otherwise what was told in an earlier one is taken up or left alone."""
    follow_ups: int = 2
    answered_by: frozenset[str] = frozenset()
    """Controls that, in a whole sentence, are the answer: how to be reached may well be “by text, in Polish”."""


@dataclass(frozen=True)
class Guide:
    """One interview plan: topics in their order and everything needed to ask them."""

    name: str
    audience: str
    opening: tuple[str, ...]
    topics: tuple[Topic, ...]
    questions: Mapping[str, Question]
    labels: Mapping[str, Label]
    """Choice codes that are not topics, feelings or languages, and what they are called."""
    vocabulary: Vocabulary
    patterns: Mapping[str, Label]
    """Times that an adult may choose to explore with the pupil."""
    cards: tuple[Card, ...]
    places: Mapping[str, Label]
    """Where cards are put: hard, between, good."""
    reaching: Mapping[str, Label]
    """How a carer may wish to be reached: choice codes and what they are called."""
    again: str
    """The response that takes up what was told in an earlier conversation, where a topic has none of its own."""
    taken_up: frozenset[str] = frozenset()
    """Topics that were told in an earlier conversation and are asked about as such."""
    chooses_after: str | None = None
    """The topic after which the speaker picks what comes next; None: the guide's order."""

    def topic(self, code: str | None) -> Topic | None:
        return next((topic for topic in self.topics if topic.code == code), None)

    def choice(self, code: str) -> Choice:
        return Choice(code, self.labels[code])


@dataclass(frozen=True)
class Language:
    """A language of languages.yml; whether it is offered depends on its catalogs, not on this file."""

    code: str
    own_name: str
    english_name: str
    script: str
    direction: str
    status: str


class GuideError(ValueError):
    """Something in bot/data/interview cannot be used; the message says what and where."""
