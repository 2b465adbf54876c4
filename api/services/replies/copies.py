"""A copy of their agreed words for the one who said them: what a page, a PDF or a document is made of.

It may lie on a kitchen table, so two things are not in it: lines that are for the trusted adult alone, and words that
raised an alert (practice 26).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from api import access
from api.access import Opened
from api.i18n import Translator
from api.models import Audience
from api.services.replies import answers_back
from api.services.replies.answers_back import Told
from api.services.replies.promise_kinds import PromiseKinds
from api.services.safeguarding import allegations
from api.services.talk import readback
from api.services.talk.readback import Line


@dataclass(frozen=True)
class Copy:
    audience: Audience
    name: str  # of the pupil
    school: str
    adult: str  # whom to ask
    said_at: datetime  # when the conversation was started
    agreed_at: datetime | None  # None: they have not looked through the lines yet
    lines: list[Line]  # in the order in which they were said, in their own words
    without_some: bool  # lines for the trusted adult alone are not in it
    promises: list[Told]  # none for a reader who may see the summary alone


def copy_of(session: Session, opened: Opened, kinds: PromiseKinds, translator: Translator) -> Copy:
    """In the language of the translator, but for what somebody said."""
    conversation = opened.conversation
    alerted = access.alerted_turns_in(session, opened)
    kept = [each for each in readback.lines(session, opened) if not each.left_out and each.turn not in alerted]
    lines = [each for each in kept if not each.for_adult_only]
    return Copy(
        conversation.audience,
        opened.pupil.name,
        opened.school.name,
        allegations.told_adult(session, opened, conversation),
        conversation.created_at,
        conversation.agreed_at,
        lines,
        len(lines) < len(kept),
        [] if opened.reader == "school" else answers_back.told(session, opened, kinds, translator),
    )
