"""What one conversation is started with (age, a time to look at, what was told before), and the guide that fits it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
    kept = tuple(_topics(guide, occasion))
    return replace(guide, topics=kept, taken_up=_taken_up(kept, occasion))


def _topics(guide: Guide, occasion: Occasion) -> Iterator[Topic]:
    taken_up = _taken_up(guide.topics, occasion)
    for topic in guide.topics:
        fits = not topic.bands or occasion.age_band is None or occasion.age_band in topic.bands
        is_wanted = topic.code != PATTERN or occasion.pattern in guide.patterns
        is_new = topic.each_time or topic.code not in occasion.earlier or topic.code in taken_up
        if fits and is_wanted and is_new:
            yield topic


def _taken_up(topics: tuple[Topic, ...], occasion: Occasion) -> frozenset[str]:
    """Told before and worth hearing how it is now."""
    once = {topic.code for topic in topics if not topic.each_time}
    return frozenset([code for code in occasion.earlier if code in once][:MOST_TAKEN_UP])
