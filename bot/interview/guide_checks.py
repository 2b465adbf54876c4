"""What must hold of a guide before anybody is interviewed with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from interview import offering, wording
from interview.cards import PLACES
from interview.guide import Guide, GuideError, Question, Topic
from interview.moves import KINDS
from interview.sections import SECTIONS

PUPIL = "pupil"
AUDIENCES = (PUPIL, "parent")
BANDS = ("5-7", "8-11", "12-16")
MOST_FOLLOW_UPS = 2  # practice 11


def check(guide: Guide) -> None:
    """Raises GuideError with every fault as a sentence."""
    faults = [f"In the guide “{guide.name}” {fault}." for find in CHECKS for fault in find(guide)]
    if faults:
        raise GuideError(" ".join(faults))


def of_the_plan(guide: Guide) -> Iterator[str]:
    if guide.audience not in AUDIENCES:
        yield f"the audience “{guide.audience}” is not pupil or parent"
    if not guide.topics:
        yield "there are no topics"
    if not guide.opening:
        yield "the opening says nothing"
    if guide.chooses_after and guide.topic(guide.chooses_after) is None:
        yield f"the choice comes after “{guide.chooses_after}”, which is not a topic"
    for code, times in Counter(topic.code for topic in guide.topics).items():
        if times > 1:
            yield f"the topic “{code}” stands {times} times"


def of_topics(guide: Guide) -> Iterator[str]:
    for topic in guide.topics:
        yield from (f"the topic “{topic.code}” {fault}" for fault in faults_of(topic, guide))


def faults_of(topic: Topic, guide: Guide) -> Iterator[str]:
    if topic.asks not in guide.questions:
        yield f"has no question {topic.asks} in questions.yml"
    if topic.section not in SECTIONS:
        yield f"has the section “{topic.section}”, which no summary has"
    if not 0 <= topic.follow_ups <= MOST_FOLLOW_UPS:
        yield f"is followed up {topic.follow_ups} times; it may be {MOST_FOLLOW_UPS} at most"
    for band in sorted(topic.bands - set(BANDS)):
        yield f"is for the age band “{band}”, which does not exist"
    for code in sorted(topic.answered_by - guide.vocabulary.controls):
        yield f"is answered by “{code}”, which is not a control of taxonomy.yml"
    for code in sorted(topic.covers - guide.vocabulary.factors):
        yield f"covers “{code}”, which is not a factor of taxonomy.yml"


def of_questions(guide: Guide) -> Iterator[str]:
    for response in (*ALWAYS_ASKED, f"{wording.READ_BACK}_{guide.audience}"):
        if response not in guide.questions:
            yield f"the question {response} is missing in questions.yml"
    if guide.chooses_after and wording.CHOOSE_START not in guide.questions:
        yield f"the question {wording.CHOOSE_START} is missing in questions.yml"
    for question in guide.questions.values():
        yield from (f"the question {question.response} {fault}" for fault in faults_of_question(question, guide))


ALWAYS_ASKED = (wording.FOLLOW_UP, wording.AGAIN, wording.OFFER_STOP, wording.CHOOSE_LANGUAGE)


def faults_of_question(question: Question, guide: Guide) -> Iterator[str]:
    if question.kind not in KINDS:
        yield f"is of the kind “{question.kind}”, which does not exist"
    if question.offers not in (None, *offering.OFFERS):
        yield f"offers “{question.offers}”, which nobody can pick"
    if question.offers in offering.INVITING and not question.invites:
        yield f"lets {question.offers} be picked and invites nothing about them"
    by_taps = question.by_taps if guide.audience == PUPIL else None  # parents are asked in words
    for name in (question.other_form, question.invites, by_taps, question.again):
        if name and name not in guide.questions:
            yield f"leads to {name}, which is not in questions.yml"


def of_labels(guide: Guide) -> Iterator[str]:
    for code in offering.CHOICE_CODES:
        if code not in guide.labels:
            yield f"the choice “{code}” has no label"
    if not guide.vocabulary.feelings:
        yield "there are no feelings to pick from: taxonomy.yml names none"
    if not guide.reaching:
        yield "there is no way of being reached to pick from: reaching.yml names none"


def of_cards(guide: Guide) -> Iterator[str]:
    for card in guide.cards:
        if card.says not in guide.vocabulary.factors:
            yield f"the card “{card.code}” says “{card.says}”, which is not a factor of taxonomy.yml"
        for band in sorted(card.bands - set(BANDS)):
            yield f"the card “{card.code}” is for the age band “{band}”, which does not exist"
    if tuple(guide.places) != PLACES:
        yield f"the places for cards are not {', '.join(PLACES)}"


CHECKS: tuple[Callable[[Guide], Iterator[str]], ...] = (of_the_plan, of_topics, of_questions, of_labels, of_cards)
