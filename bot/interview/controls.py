"""What the speaker wants of the conversation itself. Each works at any moment; then the question stands again."""

from __future__ import annotations

from collections.abc import Callable

from interview import offering, planning, reading_back, wording
from interview.acknowledging import acknowledge
from interview.asking import ask, is_from_an_older_question, put, stand_again
from interview.conversation import ASKING, FINISHED, READING_BACK, Conversation
from interview.listening import note_energy
from interview.moves import NOTICE, Move
from interview.record import DONT_KNOW, REFUSED, SKIPPED
from interview.turns import Turn

Control = Callable[[Conversation, Turn], None]


def skip(talk: Conversation, turn: Turn) -> None:
    """Passing and refusing are both respected, and kept as different things (practice 17)."""
    if talk.phase == READING_BACK:
        reading_back.finish(talk)
    elif is_answerable(talk, turn):
        refused = turn.reading.refusal
        settle_standing(talk, REFUSED if refused else SKIPPED)
        acknowledge(talk, wording.ACK_REFUSAL if refused else wording.ACK_SKIP)
        talk.barriers = []
        if refused:
            talk.invitations = []
        planning.go_on(talk)
    else:
        stand_again(talk)


def dont_know(talk: Conversation, turn: Turn) -> None:
    """Offered once in another form, then moved on (practice 17)."""
    if is_answerable(talk, turn):
        note_energy(talk, turn.reading)
        acknowledge(talk, wording.ACK_DONT_KNOW)
        try_another_form_or_go_on(talk)
    else:
        stand_again(talk)


def try_another_form_or_go_on(talk: Conversation) -> None:
    form = form_not_yet_tried(talk)
    if form and not planning.should_offer_stop(talk):
        talk.other_forms.add(form)
        ask(talk, form, talk.topic)
    else:
        settle_standing(talk, DONT_KNOW)
        planning.go_on(talk)


def pause(talk: Conversation, _turn: Turn) -> None:
    talk.paused = talk.phase != FINISHED
    stand_again(talk)


def resume(talk: Conversation, _turn: Turn) -> None:
    was_offered = stands(talk, wording.OFFER_STOP)
    if talk.paused or was_offered:
        acknowledge(talk, wording.ACK_RESUME)
    talk.paused = False
    if was_offered:
        planning.go_on(talk)
    else:
        stand_again(talk)


def repeat(talk: Conversation, _turn: Turn) -> None:
    stand_again(talk)


def explain(talk: Conversation, turn: Turn) -> None:
    """Other words for the question that the speaker saw."""
    seen = turn.asked if is_from_an_older_question(talk, turn.asked) else None
    question = talk.guide.questions.get(seen or (talk.standing.response if talk.standing else ""))
    if question:
        talk.utter(Move(question.explained_by, NOTICE, question.topic))
    stand_again(talk)


def privacy(talk: Conversation, _turn: Turn) -> None:
    talk.notify(talk.own(wording.PRIVACY))
    stand_again(talk)


def person(talk: Conversation, _turn: Turn) -> None:
    talk.wants_person = True
    talk.notify(talk.own(wording.PERSON))
    stand_again(talk)


def language(talk: Conversation, _turn: Turn) -> None:
    """Offer the languages; the question behind them stands and waits."""
    put(talk, wording.CHOOSE_LANGUAGE)


def withdraw(talk: Conversation, _turn: Turn) -> None:
    """Take back the newest answer, and with it a question that takes up its words."""
    taken = talk.record.newest_turn()
    if taken:
        talk.record.leave_out_turn(taken)
        talk.barriers = [(code, line) for code, line in talk.barriers if line.turn != taken]
        talk.invitations = [invitation for invitation in talk.invitations if invitation.turn != taken]
    talk.notify(wording.WITHDRAWN if taken else wording.NOTHING_TO_WITHDRAW)
    if taken and talk.about == taken and talk.phase == ASKING:
        planning.go_on(talk)
    else:
        stand_again(talk)


def pictures(talk: Conversation, turn: Turn) -> None:
    """Somebody who has few words may rather sort cards (practice 12, 17)."""
    topic = offering.pictures(talk)
    if topic and stands(talk, wording.OFFER_STOP):
        talk.tired_answers = 0
        acknowledge(talk, wording.ACK_RESUME)
        ask(talk, topic.asks, topic)
    else:
        resume(talk, turn)


def finish(talk: Conversation, _turn: Turn) -> None:
    talk.paused = False
    if talk.phase == FINISHED:
        stand_again(talk)
    else:
        reading_back.finish(talk)


CONTROLS: dict[str, Control] = {
    "skip": skip,
    "dont_know": dont_know,
    "pause": pause,
    "resume": resume,
    "pictures": pictures,
    "repeat": repeat,
    "explain": explain,
    "person": person,
    "privacy": privacy,
    "language": language,
    "withdraw": withdraw,
    "finish": finish,
}
LEAVES_THE_PAUSE = ("pictures", "skip", "dont_know", "repeat", "explain", "privacy", "withdraw")


def obey(talk: Conversation, turn: Turn, code: str) -> None:
    talk.paused = talk.paused and code not in LEAVES_THE_PAUSE
    CONTROLS[code](talk, turn)


def is_answerable(talk: Conversation, turn: Turn) -> bool:
    """Whether the speaker means the question that stands, and not one of another tab."""
    if talk.phase != ASKING or talk.standing is None or turn.asked == wording.CHOOSE_LANGUAGE:
        return False
    return not is_from_an_older_question(talk, turn.asked)


def settle_standing(talk: Conversation, outcome: str) -> None:
    if talk.standing and talk.standing.topic:
        talk.record.settle(talk.standing.topic, outcome)


def form_not_yet_tried(talk: Conversation) -> str | None:
    question = talk.guide.questions[talk.standing.response] if talk.standing else None
    form = question.other_form if question else None
    return None if form in talk.other_forms else form


def stands(talk: Conversation, response: str) -> bool:
    return talk.standing is not None and talk.standing.response == response
