"""The one door to what people said. Every select of words, conversations, summaries and alerts is in this package,
each condition on its own line; nothing else offers a way to fetch them.
"""

from api.access.attention import (
    AlertRow,
    acknowledgements_of,
    alert_for_staff,
    alerted_turns_in,
    alerts_for,
    alerts_unread_by,
    count_alerts_for,
    unscreened_for,
    wishes_for,
)
from api.access.keys import conversation_by_link, conversation_on_tablet, staff_by_token
from api.access.opened import Opened, Reader
from api.access.progress import (
    conversation_as_it_is,
    conversation_for_the_bot,
    conversation_to_change,
    conversations_that_wait,
    last_answered_ordinal_in,
    newest_ordinal_in,
    next_waiting_in,
    turn_by_any_id,
)
from api.access.reading import may_read
from api.access.school import (
    colleagues_of,
    conversation_for_staff,
    conversations_about,
    conversations_readable_by,
    last_said_readable_by,
    lead_besides,
    link_for_staff,
    links_of,
    pupil_for,
    pupils_of,
)
from api.access.words import newest_shown_of, shown_after, shown_in, summary_in, turn_in, turns_in

__all__ = [
    "AlertRow",
    "Opened",
    "Reader",
    "acknowledgements_of",
    "alert_for_staff",
    "alerted_turns_in",
    "alerts_for",
    "alerts_unread_by",
    "colleagues_of",
    "conversation_as_it_is",
    "conversation_by_link",
    "conversation_for_staff",
    "conversation_for_the_bot",
    "conversation_on_tablet",
    "conversation_to_change",
    "conversations_about",
    "conversations_readable_by",
    "conversations_that_wait",
    "count_alerts_for",
    "last_answered_ordinal_in",
    "last_said_readable_by",
    "lead_besides",
    "link_for_staff",
    "links_of",
    "may_read",
    "newest_ordinal_in",
    "newest_shown_of",
    "next_waiting_in",
    "pupil_for",
    "pupils_of",
    "shown_after",
    "shown_in",
    "staff_by_token",
    "summary_in",
    "turn_by_any_id",
    "turn_in",
    "turns_in",
    "unscreened_for",
    "wishes_for",
]
