"""A machine's translation of one line, beside the original and kept nowhere. Never of anything that may be unsafe:
there a trained interpreter is needed, not a machine (practice 27).
"""

from sqlmodel import Session

from api import access
from api.access import Opened
from api.errors import NotFound
from api.machine_translation import MachineTranslation, NoTranslation
from api.services.catalog import Taxonomy
from api.services.review.summaries import Item, SummaryView


def may_translate(session: Session, opened: Opened, taxonomy: Taxonomy) -> bool:
    """Only when every message was screened and none of them, nor their sum, raised anything."""
    conversation = opened.conversation
    if not opened.whole or conversation.state == "alerted" or conversation.kept_from_id is not None:
        return False
    if access.raised_an_alert(session, opened):
        return False
    turns = access.turns_in(session, opened)
    if any(turn.state != "answered" or (turn.reading or {}).get("safeguarding") for turn in turns):
        return False
    summary = access.summary_in(session, opened)
    items = summary.content["items"] if summary else []
    return not any(taxonomy.kinds.get(code) == "safeguarding" for item in items for code in item["codes"])


def line_at(view: SummaryView | None, turn: str, start: int, end: int) -> Item:
    """A line that this reader sees."""
    items = (item for section in view.sections for group in section.groups for item in group.items) if view else ()
    found = next((item for item in items if (item.turn, item.start, item.end) == (turn, start, end)), None)
    if found is None or not found.quote:
        raise NotFound
    return found


def translated(machine: MachineTranslation, item: Item, target: str) -> str | None:
    """None: the machine had no answer. The caller holds no transaction meanwhile."""
    try:
        return machine.translate(item.quote, item.language, target)
    except NoTranslation:
        return None
