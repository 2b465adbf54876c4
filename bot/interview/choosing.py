"""What was picked instead of typed: a topic, feelings, a language, a line of the read-back, a control."""

from __future__ import annotations

from collections.abc import Callable

from interview import controls, offering, picking, planning, reading_back, sorting, wording
from interview.acknowledging import acknowledge
from interview.asking import ask, is_from_an_older_question, stand_again, topic_shown
from interview.conversation import ASKING, Conversation
from interview.guide import Topic
from interview.guides import REACHING
from interview.record import SAID, Item
from interview.sections import FEELINGS
from interview.turns import Line, Turn

Chosen = Callable[[Conversation, Turn, str], None]


def choose(talk: Conversation, turn: Turn) -> None:
    """A control goes before all else that was picked. A code that means nothing here changes nothing."""
    controls_first = sorted(turn.choices, key=lambda choice: not choice.startswith("control:"))
    space, _, code = next(iter(controls_first), "").partition(":")
    CHOICES.get(space, choose_nothing)(talk, turn, code)


def choose_nothing(talk: Conversation, _turn: Turn, _code: str) -> None:
    stand_again(talk)


def choose_control(talk: Conversation, turn: Turn, code: str) -> None:
    if code in controls.CONTROLS:
        controls.obey(talk, turn, code)
    else:
        stand_again(talk)


def choose_topic(talk: Conversation, _turn: Turn, code: str) -> None:
    topic = talk.guide.topic(code)
    if topic and not talk.record.is_settled(code):
        planning.begin_with(talk, topic)
    if (topic or code == "any") and controls.stands(talk, wording.CHOOSE_START):
        acknowledge(talk, wording.ACK_START)
        planning.go_on(talk)
    else:
        stand_again(talk)


def choose_feelings(talk: Conversation, turn: Turn, _code: str) -> None:
    """Faces are kept as picked; what they mean is asked openly (practice 12)."""
    feelings = picked_feelings(talk, turn)
    topic = topic_shown(talk, turn.asked)
    invitation = invitation_after(talk, turn)
    if feelings:
        keep_feelings(talk, turn, topic, feelings)
    if feelings and invitation:
        ask(talk, invitation, topic, about=turn.id)
    elif feelings and is_invited(talk, turn):
        planning.go_on(talk)
    else:
        stand_again(talk)


def is_invited(talk: Conversation, turn: Turn) -> bool:
    """Whether something picked just now is asked about: another face is an answer then, for who has no words for it."""
    if talk.phase != ASKING or talk.standing is None or is_from_an_older_question(talk, turn.asked):
        return False
    invitations = {question.invites for question in talk.guide.questions.values()}
    return talk.standing.response in {*invitations, *wording.ABOUT_CARDS.values()}


def choose_cards(talk: Conversation, turn: Turn, code: str) -> None:
    """Sorted into places, or only picked: the question that the speaker saw says which."""
    question = sorting.question_seen(talk, turn)
    is_picking = question is not None and question.offers == offering.SOME_CARDS
    (picking.choose_some if is_picking else sorting.choose_cards)(talk, turn, code)


def picked_feelings(talk: Conversation, turn: Turn) -> tuple[str, ...]:
    codes = (choice.partition(":")[2] for choice in turn.choices if choice.startswith("feeling:"))
    return tuple(dict.fromkeys(code for code in codes if talk.guide.vocabulary.is_feeling(code)))


def keep_feelings(talk: Conversation, turn: Turn, topic: Topic, feelings: tuple[str, ...]) -> None:
    talk.record.keep(Item(topic.code, FEELINGS, feelings, Line(turn.id, 0, 0)))
    talk.record.settle(topic.code, SAID)
    talk.tired_answers = 0
    if invitation_after(talk, turn) is None:
        acknowledge(talk, wording.ACK_KEPT)


def invitation_after(talk: Conversation, turn: Turn) -> str | None:
    if talk.phase != ASKING or talk.standing is None or is_from_an_older_question(talk, turn.asked):
        return None
    question = talk.guide.questions[talk.standing.response]
    return question.invites if question.offers == offering.FEELINGS else None


def choose_language(talk: Conversation, turn: Turn, code: str) -> None:
    if offering.language_chosen(talk, turn):
        talk.language = code
        acknowledge(talk, wording.ACK_LANGUAGE)
    stand_again(talk)


def choose_line(talk: Conversation, turn: Turn, code: str) -> None:
    if code in LINE_CHOICES:
        LINE_CHOICES[code](talk, turn)
    else:
        stand_again(talk)


LINE_CHOICES = {
    "keep": reading_back.keep,
    "leave_out": reading_back.leave_out,
    "adult_only": reading_back.for_the_adult_only,
    "shared": reading_back.for_the_school,
    "done": reading_back.done,
}
CHOICES: dict[str, Chosen] = {
    "control": choose_control,
    "topic": choose_topic,
    "feeling": choose_feelings,
    "card": choose_cards,
    "ladder": sorting.choose_step,
    **dict.fromkeys(REACHING, picking.choose_some),
    "language": choose_language,
    "readback": choose_line,
}
