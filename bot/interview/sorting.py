"""Cards that were sorted and steps of a ladder: kept as picked, then asked about openly (practice 12)."""

from __future__ import annotations

from interview import offering, planning, wording
from interview.asking import is_from_an_older_question, stand_again, topic_shown
from interview.cards import GOOD, HARD, PLACES, Card
from interview.conversation import ASKING, Conversation, Invitation
from interview.guide import Question, Topic
from interview.moves import Label
from interview.record import SAID, Item
from interview.sections import GOING_WELL, OWN_WORDS, WORRIES
from interview.turns import Line, Turn
from interview.vocabulary import HELPS


def choose_cards(talk: Conversation, turn: Turn, _code: str) -> None:
    """What is hard is asked about first, then what is good; what lies in between only when nothing is hard."""
    piles = piles_of(talk, turn)
    question = question_seen(talk, turn)
    if question is None or question.offers != offering.CARDS or not any(piles.values()):
        stand_again(talk)
        return
    topic = topic_shown(talk, turn.asked)
    keep(talk, turn, topic, codes_of(piles), WORRIES if piles[HARD] else GOING_WELL if piles[GOOD] else OWN_WORDS)
    about = [Invitation(wording.ABOUT_CARDS[place], topic, labels(piles[place]), turn.id) for place in asked(piles)]
    invite(talk, turn, about)


def asked(piles: dict[str, list[Card]]) -> list[str]:
    return [place for place in PLACES if piles[place] and (place in (HARD, GOOD) or not piles[HARD])]


def piles_of(talk: Conversation, turn: Turn) -> dict[str, list[Card]]:
    """`card:noise.hard` puts a card in its place. One that was not offered counts for nothing; one put twice, once."""
    offered = {card.code: card for card in offering.cards(talk)}
    chosen: dict[str, str] = {}
    for choice in turn.choices:
        card, _, place = choice.removeprefix("card:").partition(".")
        if choice.startswith("card:") and card in offered and place in PLACES:
            chosen.setdefault(card, place)
    return {place: [offered[card] for card, put in chosen.items() if put == place] for place in PLACES}


def codes_of(piles: dict[str, list[Card]]) -> tuple[str, ...]:
    good = (HELPS,) if piles[GOOD] else ()
    return tuple(dict.fromkeys((*(card.says for card in piles[HARD]), *good)))


def labels(cards: list[Card]) -> tuple[Label, ...]:
    return tuple(card.label for card in cards)


def choose_step(talk: Conversation, turn: Turn, code: str) -> None:
    question = question_seen(talk, turn)
    if question is None or question.offers != offering.LADDER or code not in map(str, offering.STEPS):
        stand_again(talk)
        return
    topic = topic_shown(talk, turn.asked)
    keep(talk, turn, topic, (), OWN_WORDS)
    invite(talk, turn, [Invitation(str(question.invites), topic, (Label(code),), turn.id)])


def question_seen(talk: Conversation, turn: Turn) -> Question | None:
    """The question that stands, or that of another tab."""
    if is_from_an_older_question(talk, turn.asked):
        return talk.guide.questions.get(turn.asked or "")
    return talk.guide.questions[talk.standing.response] if talk.standing else None


def keep(talk: Conversation, turn: Turn, topic: Topic, codes: tuple[str, ...], section: str) -> None:
    talk.record.keep(Item(topic.code, section, codes, Line(turn.id, 0, 0)))
    talk.record.settle(topic.code, SAID)
    talk.tired_answers = 0


def invite(talk: Conversation, turn: Turn, invitations: list[Invitation]) -> None:
    if talk.phase != ASKING or talk.standing is None or is_from_an_older_question(talk, turn.asked):
        stand_again(talk)
        return
    talk.barriers = []
    talk.invitations = invitations
    planning.invite(talk)
