"""What a whole school told, for counting only: summaries that the speakers agreed to show, and who was asked.

The session is the product's own: whoever counts may not read each row that is counted, and gets none of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, cast, true
from sqlmodel import Session, col, func, select

from api.access.reading import shown_to_the_school
from api.models import Audience, Conversation, Promise, Pupil, StaffMember, Summary


@dataclass(frozen=True)
class Agreed:
    """A conversation that was told to the end and may be shown to the school."""

    conversation: str
    pupil: int
    agreed_at: datetime
    read_at: datetime | None


def roll_of(session: Session, staff: StaffMember) -> list[tuple[int, str, str]]:
    """Id, year and language of every pupil of their school."""
    found = session.exec(select(Pupil.id, Pupil.year, Pupil.language).where(Pupil.school_id == staff.school_id))
    return list(found)


def agreed_in(
    session: Session, staff: StaffMember, audience: Audience, begins: datetime, ends: datetime
) -> list[Agreed]:
    """In their school, in the order in which the speakers agreed."""
    found = session.exec(
        select(Conversation.id, Conversation.pupil_id, Conversation.agreed_at, Conversation.read_at)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(_counts_for(staff, audience))
        .where(col(Conversation.agreed_at) >= begins)
        .where(col(Conversation.agreed_at) < ends)
        .order_by(col(Conversation.agreed_at), col(Conversation.id))
    )
    return [Agreed(this, pupil, agreed, read) for this, pupil, agreed, read in found if agreed]


def named_in(
    session: Session, staff: StaffMember, audience: Audience, begins: datetime, last: datetime, besides: Collection[str]
) -> list[tuple[str, int]]:
    """Codes of lines that all of the school may read, each once with every pupil of whom it was said; of conversations
    agreed up to `last`, that one included, and not of the sections `besides`.
    """
    line, code = _lines_and_codes(session)
    found = session.exec(
        select(code, Conversation.pupil_id)
        .select_from(Conversation)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .join(Summary, col(Summary.conversation_id) == Conversation.id)
        .join(line.table, true())
        .join(code.table, true())
        .where(_counts_for(staff, audience))
        .where(col(Conversation.agreed_at) >= begins)
        .where(col(Conversation.agreed_at) <= last)
        .where(_part(session, line, "status") == "said")
        .where(_part(session, line, "shown_to") == "school")
        .where(_part(session, line, "section").not_in(besides))
        .distinct()
    )
    return list(found)


def asked_in(session: Session, staff: StaffMember, audience: Audience, begins: datetime, ends: datetime) -> set[int]:
    """Ids of pupils who were handed a conversation, or whose parents or carers were."""
    found = session.exec(
        select(Conversation.pupil_id)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(Pupil.school_id == staff.school_id)
        .where(Conversation.audience == audience)
        .where(col(Conversation.created_at) >= begins)
        .where(col(Conversation.created_at) < ends)
        .distinct()
    )
    return set(found)


def first_answers_in(session: Session, staff: StaffMember, begins: datetime, ends: datetime) -> dict[str, datetime]:
    """When the first promise was answered, by the conversation that it replies to."""
    found = session.exec(
        select(Promise.conversation_id, func.min(Promise.answered_at))
        .join(Conversation, col(Promise.conversation_id) == Conversation.id)
        .join(Pupil, col(Conversation.pupil_id) == Pupil.id)
        .where(Pupil.school_id == staff.school_id)
        .where(col(Conversation.agreed_at) >= begins)
        .where(col(Conversation.agreed_at) < ends)
        .where(col(Promise.answered_at).is_not(None))
        .group_by(col(Promise.conversation_id))
    )
    return {conversation: at for conversation, at in found if conversation and at}


def _counts_for(staff: StaffMember, audience: Audience) -> ColumnElement[bool]:
    """A condition on a select that joins Conversation and Pupil."""
    school = col(Pupil.school_id) == staff.school_id
    told = (col(Conversation.audience) == audience) & (col(Conversation.state) == "finished")
    return school & told & shown_to_the_school()


def _lines_and_codes(session: Session) -> tuple[Any, Any]:
    """The lines of a summary and the codes of a line, taken apart by the database, which is five times as fast."""
    content = col(Summary.content)
    if session.get_bind().dialect.name == "postgresql":
        line = func.json_array_elements(content["items"]).table_valued("value").c.value
        return line, func.json_array_elements_text(cast(line, JSON)["codes"]).table_valued("value").c.value
    line = func.json_each(content, "$.items").table_valued("value").c.value
    return line, func.json_each(line, "$.codes").table_valued("value").c.value


def _part(session: Session, line: Any, name: str) -> Any:
    if session.get_bind().dialect.name == "postgresql":
        return cast(line, JSON)[name].as_string()
    return func.json_extract(line, f"$.{name}")
