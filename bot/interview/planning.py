"""What to ask next: a barrier in the speaker's own words, else the next topic that was not told yet."""

from __future__ import annotations

from interview import offering, reading_back, wording
from interview.asking import ask, ask_about
from interview.conversation import Conversation
from interview.guide import Topic
from interview.record import SAID
from interview.turns import Line

TIRED_ANSWERS = 3


def go_on(talk: Conversation) -> None:
    """Ask the next thing; when the plan is covered, read back what was told (practice 20)."""
    quote = next_quote(talk)
    topic = next_topic(talk)
    if should_offer_stop(talk) and (quote or topic):
        offer_stop(talk)
    elif quote:
        follow_up(talk, quote)
    elif talk.invitations:
        invite(talk)
    elif should_choose(talk):
        talk.has_chosen_start = True
        ask(talk, wording.CHOOSE_START)
    elif topic:
        talk.barriers = []
        ask_about(talk, topic)
    else:
        reading_back.begin(talk)


def next_quote(talk: Conversation) -> Line | None:
    """Words that name a barrier not yet taken up, as long as the topic under way bears another follow-up."""
    if talk.follow_ups[talk.topic.code] >= talk.topic.follow_ups:
        return None
    return next((line for code, line in talk.barriers if code not in talk.explored), None)


def will_follow_up(talk: Conversation) -> bool:
    """The next question gives back the speaker's words, which acknowledges them."""
    return next_quote(talk) is not None and not should_offer_stop(talk)


def follow_up(talk: Conversation, quote: Line) -> None:
    """One quotation takes up every barrier named in it."""
    talk.explored.update(code for code, line in talk.barriers if line == quote)
    talk.follow_ups[talk.topic.code] += 1
    ask(talk, wording.FOLLOW_UP, talk.topic, quote, about=quote.turn)


def invite(talk: Conversation) -> None:
    """The next open question about what was picked (practice 12)."""
    invitation, *talk.invitations = talk.invitations
    named = (("picked", invitation.picked),)
    ask(talk, invitation.response, invitation.topic, about=invitation.turn, named=named)


def next_topic(talk: Conversation) -> Topic | None:
    """The next topic that is open. One whose matter was told elsewhere counts as told (practice 15)."""
    for topic in talk.order:
        if talk.record.is_settled(topic.code):
            continue
        if not talk.record.was_told_outside(topic.code, topic.covers):
            return topic
        talk.record.settle(topic.code, SAID)
    return None


def should_choose(talk: Conversation) -> bool:
    if talk.has_chosen_start or not talk.record.is_settled(talk.guide.chooses_after or ""):
        return False
    return bool(offering.startable(talk))


def begin_with(talk: Conversation, topic: Topic) -> None:
    """The speaker leads: this topic comes before all others (practice 5)."""
    talk.order = [topic, *(other for other in talk.order if other != topic)]


def should_offer_stop(talk: Conversation) -> bool:
    return talk.tired_answers >= TIRED_ANSWERS and not talk.has_offered_stop


def offer_stop(talk: Conversation) -> None:
    talk.has_offered_stop = True
    ask(talk, wording.OFFER_STOP)
