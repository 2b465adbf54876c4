"""What one conversation is started with (age, a time to look at, what was told before), and the guide that fits it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interview.cards import fits
from interview.guide import Guide, Topic

PATTERN = "pattern"  # the topic about a time that the adult chose to explore (practice 14)
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
    """The guide with the topics of this conversation alone."""
    fitting = [topic for topic in guide.topics if is_meant(topic, guide, occasion)]
    once = {topic.code for topic in fitting if not topic.each_time}
    told = [code for code in occasion.earlier if code in once]
    left_alone = set(told[MOST_TAKEN_UP:])
    topics = tuple(topic for topic in fitting if topic.code not in left_alone)
    return replace(guide, topics=topics, taken_up=frozenset(told[:MOST_TAKEN_UP]))


def is_meant(topic: Topic, guide: Guide, occasion: Occasion) -> bool:
    """For this age; the time to look at only when the adult chose one."""
    is_wanted = topic.code != PATTERN or occasion.pattern in guide.patterns
    return is_wanted and fits(topic.bands, occasion.age_band)
