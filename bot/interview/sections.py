"""Where in the summary a sentence belongs (practice 35): by what was asked for, else by what was heard in it."""

from __future__ import annotations

from interview.guide import Topic
from interview.vocabulary import HELPS, WISH, Vocabulary

GOING_WELL = "going_well"
WISHES = "wishes"
FEELINGS = "feelings"
WORRIES = "worries"
WHAT_HELPS = "helps"
NEXT = "next"
OWN_WORDS = "own_words"
SECTIONS = (GOING_WELL, WISHES, FEELINGS, WORRIES, WHAT_HELPS, NEXT, OWN_WORDS)

ASKED_FOR = (WISHES, WHAT_HELPS, NEXT)


def section_of(codes: tuple[str, ...], topic: Topic, vocabulary: Vocabulary) -> str:
    if topic.section in ASKED_FOR:
        return topic.section
    if WISH in codes:
        return WISHES
    if HELPS in codes:
        return GOING_WELL if topic.section == GOING_WELL else WHAT_HELPS
    if any(vocabulary.is_barrier(code) for code in codes):
        return WORRIES
    if any(vocabulary.is_feeling(code) for code in codes):
        return FEELINGS
    return topic.section
