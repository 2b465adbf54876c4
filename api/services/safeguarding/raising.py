"""An alert is written down: complete in itself, in the transaction of the reply that raised it (practice 23)."""

from typing import Any

from sqlmodel import Session

from api import access
from api.access import Opened
from api.agent import AlertRaised
from api.models import Alert, Conversation, Shown, Turn
from api.services import audit
from api.services.talk import questions
from api.services.talk.questions import STANDING


def raise_alert(session: Session, opened: Opened, conversation: Conversation, turn: Turn, raised: AlertRaised) -> Alert:
    """The exact words, the exact question, everything that was asked before; nothing is interpreted. The caller
    commits.
    """
    asked = questions.asked_by(session, opened, [turn]).get(turn.asked_shown_id or 0)
    alert = Alert(
        school_id=opened.school.id,
        conversation_id=conversation.id,
        turn_id=turn.id,
        pupil_id=opened.pupil.id,
        pupil_name=opened.pupil.name,
        pupil_year=opened.pupil.year,
        audience=conversation.audience,
        relation=conversation.relation,
        codes=raised.codes,
        spans=[span.model_dump() for span in raised.spans],
        words=turn.text,
        picked=[vars(each) for each in questions.picked(turn, asked)],
        language=turn.language,
        question=_question(asked) if asked else None,
        asked_before=_asked_before(session, opened, turn),
        place=conversation.place,
        present=conversation.present,
        adult_id=opened.adult.id,
        kept_from_id=conversation.kept_from_id,
        said_at=turn.at,
    )
    session.add(alert)
    session.flush()
    audit.append(session, alert.school_id, None, "alert_raised", "alert", alert.id, pupil_id=alert.pupil_id)
    return alert


def _question(asked: questions.ShownView) -> dict[str, Any]:
    return {"text": asked.text, "language": asked.language, "choices": [vars(choice) for choice in asked.choices]}


def _asked_before(session: Session, opened: Opened, turn: Turn) -> list[dict[str, Any]]:
    """The question that the words answer included; not one that nobody saw before they said them, because the words
    waited on a device or came out of the blue by text.
    """
    earlier = {each.id: each for each in access.turns_in(session, opened) if each.ordinal < turn.ordinal}
    return [
        {"text": shown.text, "language": shown.language, "at": earlier[shown.turn_id].received_at.isoformat()}
        for shown in access.shown_in(session, opened)
        if shown.kind in STANDING and shown.turn_id in earlier and _stood_before(shown, earlier[shown.turn_id], turn)
    ]


def _stood_before(shown: Shown, brought_by: Turn, turn: Turn) -> bool:
    if turn.asked_shown_id is not None:
        return shown.id <= turn.asked_shown_id
    return brought_by.answered_at is not None and brought_by.answered_at <= turn.received_at
