"""What one conversation is started with (age, a time to look at, what was told before), and the guide that fits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interview.cards import fits
from interview.guide import Guide, Question, Topic

PATTERN = "pattern"  # the topic about a time that the adult chose to explore (practice 14)
YOUNGEST = "5-7"  # asked by something to pick wherever there is something (practice 12)
MOST_TAKEN_UP = 2  # topics of earlier conversations: the others are left alone (practice 15)


@dataclass(frozen=True)
class Occasion:
    age_band: str | None = None
    """5-7, 8-11 or 12-16; None: not known, or a parent."""
    pattern: str | None = None
    """A code of `patterns` in guides.yml; None: the adult chose none."""
    earlier: tuple[str, ...] = ()
    """Topics that this person told about in earlier conversations, what weighed most first."""
    conversations: int = 0
    """How many there were: each begins with other wordings."""


NO_OCCASION = Occasion()


def tailored(guide: Guide, occasion: Occasion) -> Guide:
    """The guide with the topics of this conversation alone, each asked as it fits the age."""
    guide = by_taps(guide) if occasion.age_band == YOUNGEST else guide
    fitting = [topic for topic in guide.topics if is_meant(topic, guide, occasion)]
    once = {topic.code for topic in fitting if not topic.each_time}
    told = [code for code in occasion.earlier if code in once]
    left_alone = set(told[MOST_TAKEN_UP:])
    topics = tuple(topic for topic in fitting if topic.code not in left_alone)
    return replace(guide, topics=topics, taken_up=frozenset(told[:MOST_TAKEN_UP]))


def by_taps(guide: Guide) -> Guide:
    """What can be picked is asked first; the question in words is its other form, for those who want to tell."""
    firsts = {question.response: question.by_taps for question in guide.questions.values() if question.by_taps}
    topics = tuple(replace(topic, asks=firsts.get(topic.asks, topic.asks)) for topic in guide.topics)
    return replace(guide, topics=topics, questions=turned(guide.questions), again=firsts.get(guide.again, guide.again))


def turned(questions: Mapping[str, Question]) -> Mapping[str, Question]:
    """Nobody is led from the picking to the words and back to the picking."""
    picking = {words.by_taps: words.response for words in questions.values() if words.by_taps}
    last = set(picking.values())
    return {
        name: replace(question, other_form=None if name in last else picking.get(name, question.other_form))
        for name, question in questions.items()
    }


def is_meant(topic: Topic, guide: Guide, occasion: Occasion) -> bool:
    """For this age; the time to look at only when the adult chose one."""
    is_wanted = topic.code != PATTERN or occasion.pattern in guide.patterns
    return is_wanted and fits(topic.bands, occasion.age_band)
