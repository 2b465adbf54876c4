"""What one voice spoke of in each conversation, in the order of time, and what is new, gone or still there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.services.catalog import Taxonomy
from api.services.insight.voices import Talk, Voice

NEWEST = 8  # conversations; more do not fit beside each other on paper


@dataclass(frozen=True)
class Count:
    """How many lines of each conversation are about one code."""

    code: str
    lines: list[int]


@dataclass(frozen=True)
class Course:
    voice: Voice
    talks: list[Talk]  # oldest first
    good: list[Count]  # feelings
    hard: list[Count]
    barriers: list[Count]
    # between the last conversation and all before it
    new: list[str]
    gone: list[str]
    stays: list[str]

    @property
    def sums(self) -> list[tuple[int, int, int]]:
        """For each conversation: lines about good feelings, about hard feelings, about barriers."""
        columns = [_sum(counts, len(self.talks)) for counts in (self.good, self.hard, self.barriers)]
        return list(zip(*columns, strict=True))


def course_of(voice: Voice, taxonomy: Taxonomy) -> Course | None:
    """None while there is nothing to compare."""
    talks = [talk for talk in voice.talks if talk.lines][-NEWEST:]
    if len(talks) < 2:
        return None
    said = [Counter(talk.codes()) for talk in talks]
    last, before = set(said[-1]), set[str]().union(*said[:-1])
    in_order = [code for code in taxonomy.kinds if code in last | before]
    counts = [Count(code, [each[code] for each in said]) for code in in_order]
    return Course(
        voice,
        talks,
        [each for each in counts if taxonomy.valences.get(each.code) == 1],
        [each for each in counts if taxonomy.valences.get(each.code) == -1],
        [each for each in counts if taxonomy.kinds[each.code] == "factors"],
        [code for code in in_order if code not in before],
        [code for code in in_order if code not in last],
        [code for code in in_order if code in last & before],
    )


def courses(voices: Iterable[Voice], taxonomy: Taxonomy) -> list[Course]:
    found = [course_of(voice, taxonomy) for voice in voices]
    return [course for course in found if course]


def _sum(counts: Sequence[Count], talks: int) -> list[int]:
    return [sum(count.lines[place] for count in counts) for place in range(talks)]
