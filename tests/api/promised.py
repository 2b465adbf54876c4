"""Conversations that are over, with one line each, and promises that answer it: rows, without a bot."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from api import access
from api.access import Opened
from api.i18n import Translators, read_languages
from api.models import Conversation, Promise, Pupil, StaffMember, Summary, Turn, now
from api.security import new_id
from api.services.catalog import Catalog
from api.services.replies import promises
from api.services.replies.promises import Draft
from api.services.talk import hand_overs, parent_links
from api.settings import ROOT

INTERVIEW = ROOT / "bot" / "data" / "interview"
KINDS = Catalog.read(INTERVIEW).promises
ENGLISH = Translators(read_languages(INTERVIEW / "languages.yml"), ROOT / "translations")["en"]


def talked(
    session: Session, staff: StaffMember, pupil: Pupil, words: str, *, audience: str = "pupil", **about: Any
) -> Conversation:
    """Finished, agreed to, and with these words as its one line."""
    conversation = Conversation(
        id=new_id(),
        pupil_id=pupil.id,
        audience=audience,
        guide=audience,
        started_by_id=staff.id,
        **{"language": "en", "state": "finished", "agreed_at": now(), **about},
    )
    session.add(conversation)
    session.flush()
    turn = Turn(id=new_id(), conversation_id=conversation.id, ordinal=0, kind="say", text=words, language="en")
    turn.state = "answered"
    session.add(turn)
    session.flush()
    line = {"turn": turn.id, "start": 0, "end": len(words), "topic": "good_day", "section": "worries"}
    item = {**line, "codes": ["school.lesson"], "status": "said", "shown_to": "school"}
    content = {"version": 2, "topics": [], "items": [item]}
    session.add(Summary(conversation_id=conversation.id, turn_id=turn.id, content=content))
    session.commit()
    return conversation


def marked(session: Session, conversation: Conversation, **item: str) -> None:
    """The speaker has changed their mind about the line: status, shown_to."""
    summary = session.get_one(Summary, conversation.id)
    summary.content = {**summary.content, "items": [{**summary.content["items"][0], **item}]}
    session.add(summary)
    session.commit()


def line_of(session: Session, conversation: Conversation) -> tuple[str, int, int]:
    item = session.get_one(Summary, conversation.id).content["items"][0]
    return item["turn"], item["start"], item["end"]


def promised(
    session: Session, staff: StaffMember, conversation: Conversation, owner: StaffMember | None = None, **draft: Any
) -> Promise:
    """In answer to the line of the conversation, due in a week."""
    opened = access.summary_for_staff(session, staff, conversation.id)
    usual = {"kind": "quiet_place", "due_on": in_days(7), "line": line_of(session, conversation)}
    about = {**usual, "owner_id": (owner or staff).id, **draft}
    return promises.make(session, staff, opened, Draft(**about), new_id())


def on_tablet(session: Session, staff: StaffMember, conversation: Conversation) -> Opened:
    code = hand_overs.by_code(session, staff, conversation.id)
    return access.conversation_on_tablet(session, hand_overs.with_code(session, code, "somewhere"))


def by_link(session: Session, staff: StaffMember, conversation: Conversation) -> Opened:
    return access.conversation_by_link(session, parent_links.make(session, staff, conversation.id))


def in_days(days: int) -> date:
    return promises.today() + timedelta(days=days)
