"""An allegation never goes to the person it is about: whoever would read it is not told when the words name them, and
cannot read the conversation.
"""

import re

from sqlmodel import Session

from api import access
from api.access import Opened
from api.models import Conversation, StaffMember, Turn
from api.services.folding import folded

SHORTEST_PART = 3
SHORTEST_STEM = 4  # a longer part of a name also counts with an ending, as in "Okafora"


def keep_from_the_named(session: Session, opened: Opened, conversation: Conversation, turn: Turn) -> None:
    """Looks at the words behind the alert, those just before them and all that follow: a name may come first or last.

    Only where another safeguarding lead reads it: an alert that nobody sees would be worse.
    """
    just_said = [each.text for each in access.turns_in(session, opened) if each.ordinal <= turn.ordinal and each.text]
    words = " ".join(just_said[-2:])
    named = next((reader for reader in _readers(session, opened) if is_named(reader.name, words)), None)
    if named and access.lead_besides(session, opened, named):
        conversation.kept_from_id = named.id
        access.keep_alerts_from(session, opened, named)


def _readers(session: Session, opened: Opened) -> list[StaffMember]:
    """Of several who are named, it is kept from one: the trusted adult first, at last colleagues who may read it once
    they are given this pupil or become a lead.
    """
    reviewer = access.reviewer_of(session, opened)
    now = [opened.adult, *([reviewer] if reviewer else []), *access.leads_of(session, opened)]
    known = {each.id for each in now}
    later = [each for each in access.colleagues_of(session, opened.adult) if each.id not in known]
    return [*now, *(each for each in later if each.left_at is None)]


def told_adult(session: Session, opened: Opened, conversation: Conversation) -> str:
    """The name of the adult of whom the speaker is told that they read this."""
    lead = access.lead_besides(session, opened) if conversation.kept_from_id == opened.adult.id else None
    return (lead or opened.adult).name


def is_named(name: str, words: str) -> bool:
    """Whether any part of the name stands in the words, whatever its accents, capitals and ending."""
    said = _parts(words)
    return any(
        word == part or (len(part) >= SHORTEST_STEM and word.startswith(part))
        for part in _parts(name)
        if len(part) >= SHORTEST_PART
        for word in said
    )


def _parts(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
