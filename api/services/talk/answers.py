"""The bot's reply becomes record: messages as shown, reading, summary, state and any alert in one transaction."""

from typing import Any

from sqlmodel import Session, insert

from api import access
from api.access import Opened
from api.agent import Interview, Message, Reply
from api.models import Conversation, Shown, Turn, now
from api.services.mailing import telling
from api.services.reaching import wishes
from api.services.safeguarding import allegations, raising
from api.services.talk.filling import Filler
from api.services.texting import replying

BREAKS_BEFORE_GIVING_UP = 3


def settle(session: Session, opened: Opened, reply: Reply, filler: Filler) -> None:
    """Does nothing for a turn that was settled before. The caller commits."""
    turn = access.turn_in(session, opened, reply.turn)
    if turn is None or turn.state == "answered":
        return
    conversation = access.conversation_to_change(session, opened)
    turn.reading = reply.reading
    turn.state = "answered"
    turn.answered_at = now()
    session.add(turn)
    _follow(session, conversation, turn, reply.interview)
    alert = raising.raise_alert(session, opened, conversation, turn, reply.alert) if reply.alert else None
    if conversation.state == "alerted" and conversation.kept_from_id is None:
        allegations.keep_from_the_named(session, opened, conversation, turn)
    if alert:  # only now is it known from whom it must be kept
        telling.tell_of(session, alert, opened.adult, conversation.kept_from_id)
    filler = filler.naming(allegations.told_adult(session, opened, conversation))
    # after the last read, and rows instead of objects: nobody needs them here again
    messages = [_shown(turn, position, message, filler) for position, message in enumerate(reply.messages)]
    session.exec(insert(Shown), params=messages)
    access.keep_summary(session, turn, reply.summary)
    wishes.keep(session, opened, turn, reply.summary)
    replying.reply(session, opened, turn)


def refuse(session: Session, opened: Opened, turn_id: str) -> None:
    """The bot will never take it: the conversation goes on without it, and staff are told to read it themselves.
    The caller commits.
    """
    turn = access.turn_in(session, opened, turn_id)
    if turn and turn.state == "waiting":
        turn.state = "refused"
        session.add(turn)
        replying.reply(session, opened, turn)


def note_failure(session: Session, opened: Opened, turn_id: str) -> bool:
    """Counts a break of the bot over this turn; true when it has broken too often to be tried again."""
    turn = access.turn_in(session, opened, turn_id)
    if turn is None:
        return False
    turn.failures += 1
    session.add(turn)
    session.commit()
    return turn.failures >= BREAKS_BEFORE_GIVING_UP


def _shown(turn: Turn, position: int, message: Message, filler: Filler) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation_id,
        "turn_id": turn.id,
        "position": position,
        "response": message.id,
        "kind": message.kind,
        "topic": message.topic,
        "text": filler.fill(message),
        "template": message.text,
        "language": message.language,
        "choices": [choice.model_dump() for choice in message.choices],
        "multiple": message.multiple,
        "quote": message.quote.model_dump() if message.quote else None,
    }


def _follow(session: Session, conversation: Conversation, turn: Turn, interview: Interview) -> None:
    if conversation.state == "reading_back" and interview.state == "finished":
        conversation.agreed_at = turn.received_at
    conversation.state = interview.state
    conversation.topic = interview.topic
    conversation.done, conversation.of = interview.done, interview.of
    asks_now = "control:person" in turn.choices or (turn.reading or {}).get("control") == "person"
    if interview.wants_person and (asks_now or conversation.wants_person_at is None):
        conversation.wants_person_at = turn.received_at
        conversation.person_came_at = conversation.person_came_id = None
    session.add(conversation)
