"""Taking in what was said: whole sentences with their codes, barriers to take up, and how much energy is left."""

from __future__ import annotations

from interview.conversation import FINISHED, Conversation
from interview.guide import Topic
from interview.quoting import overlaps, quotation
from interview.record import ADULT, SAID, SCHOOL, SKIPPED, Item
from interview.sections import GOING_WELL, OWN_WORDS, WORRIES, section_of
from interview.turns import Line, Reading, Turn
from interview.vocabulary import HELPS
from interview.wording import FOLLOW_UP

TIRED_WORDS = 2
ASIDE_WORDS = 3
MANY_WORDS = 25


def hear(talk: Conversation, turn: Turn, topic: Topic) -> bool:
    """An answer to a question about the topic. Silence settles it too: nobody is pressed (practice 17).

    Says whether there was anything to keep.
    """
    kept = keep_lines(talk, turn, topic)
    talk.record.settle(topic.code, SAID if kept else SKIPPED)
    note_barriers(talk, turn)
    note_energy(talk, turn.reading)
    return kept


def keep_lines(
    talk: Conversation, turn: Turn, topic: Topic, only_with_codes: bool = False, instead_of: Item | None = None
) -> bool:
    """Keep each sentence of the turn as a line of the summary; says whether there was any.

    A changed line is for those who could read the old one. What comes after the end was never read back: the trusted
    adult alone reads it.
    """
    readers = instead_of.shown_to if instead_of else ADULT if talk.phase == FINISHED else SCHOOL
    lines = [(start, end, codes_in(turn.reading, start, end)) for start, end in turn.reading.sentences if end > start]
    lines = [line for line in lines if line[2] or not only_with_codes]
    for start, end, codes in lines:
        is_unsafe = any(overlaps(span, start, end) for span in turn.reading.safeguarding)
        section = WORRIES if is_unsafe else section_in(talk, turn, topic, codes, instead_of)
        talk.record.keep(Item(topic.code, section, codes, Line(turn.id, start, end), shown_to=readers))
    return bool(lines)


def section_in(talk: Conversation, turn: Turn, topic: Topic, codes: tuple[str, ...], instead_of: Item | None) -> str:
    """Words beside a barrier, or asked for about one, are not what goes well, even under a topic about good days."""
    if instead_of and not codes:
        return instead_of.section
    vocabulary = talk.guide.vocabulary
    section = section_of(codes, topic, vocabulary)
    is_about_a_barrier = turn.asked == FOLLOW_UP or any(vocabulary.is_barrier(span.code) for span in turn.reading.sure)
    return OWN_WORDS if section == GOING_WELL and HELPS not in codes and is_about_a_barrier else section


def codes_in(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """Safeguarding codes stay out of the summary: they belong to the alert, which the right people see at once."""
    spans = sorted(reading.sure, key=lambda span: span.start)
    return tuple(dict.fromkeys(span.code for span in spans if overlaps(span, start, end)))


def note_barriers(talk: Conversation, turn: Turn) -> None:
    """Barriers just named come before those named earlier: the newest answer is what the speaker thinks of.

    In a long answer feelings count as well: that is where the energy is.
    """
    spans = sorted(turn.reading.sure, key=lambda span: span.start)
    named = [(s.code, quotation(turn, s)) for s in spans if talk.guide.vocabulary.is_barrier(s.code)]
    if turn.reading.words >= MANY_WORDS:
        named += [(s.code, quotation(turn, s)) for s in spans if talk.guide.vocabulary.is_feeling(s.code)]
    talk.barriers = named + talk.barriers


def note_energy(talk: Conversation, reading: Reading) -> None:
    is_tired = reading.words <= TIRED_WORDS and not reading.sure
    talk.tired_answers = talk.tired_answers + 1 if is_tired else 0


def is_aside(reading: Reading) -> bool:
    """A word or two such as "ok then", said where something was offered and not asked."""
    return reading.words <= ASIDE_WORDS and not reading.sure
