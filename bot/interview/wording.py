"""The names of the responses. Their words live in bot/domain/responses and in the catalogs.

`utter_ask_<topic>`, `utter_other_<topic>`, `utter_explain_<topic>` and `utter_thank_<topic>` belong to a topic.
Responses in FOR_EACH_AUDIENCE have wordings for each audience: `<response>_pupil`, `<response>_parent`.
"""

from __future__ import annotations

from collections.abc import Iterator

from interview.cards import PLACES
from interview.guide import Guide
from interview.moves import ACKNOWLEDGE, NOTICE

CHOOSE_START = "utter_choose_start"
CHOOSE_LANGUAGE = "utter_choose_language"
OFFER_STOP = "utter_offer_stop"
FOLLOW_UP = "utter_follow_up"
AGAIN = "utter_ask_again"
ASK_CARDS = "utter_ask_cards"
ABOUT_CARDS = {place: f"utter_ask_about_{place}_cards" for place in PLACES}

READ_BACK = "utter_read_back"
CLOSING = "utter_closing"
CLOSING_UNSAID = "utter_closing_unsaid"
AFTER_CLOSING = "utter_after_closing"
PRIVACY = "utter_privacy"
PERSON = "utter_person"
ALERT_THANK = "utter_alert_thank"
ALERT_TOLD = "utter_alert_told"
ALERT_HELP = "utter_alert_help"
ALERT_KEPT = "utter_alert_kept"
ALERT_PERSON = "utter_alert_person"
ALERT_REST = "utter_alert_rest"
FOR_EACH_AUDIENCE = (
    READ_BACK, CLOSING, CLOSING_UNSAID, AFTER_CLOSING, PRIVACY, PERSON,
    ALERT_THANK, ALERT_TOLD, ALERT_HELP, ALERT_KEPT, ALERT_PERSON, ALERT_REST,
)  # fmt: skip

WELCOME_BACK = "utter_welcome_back"
PAUSED = "utter_paused"
PROPOSE_LANGUAGE = "utter_propose_language"
WITHDRAWN = "utter_withdrawn"
NOTHING_TO_WITHDRAW = "utter_nothing_to_withdraw"
WHO_SEES = "utter_explain_who_sees"
NOTICES = (WELCOME_BACK, PAUSED, PROPOSE_LANGUAGE, WITHDRAWN, NOTHING_TO_WITHDRAW, WHO_SEES)

ACK_FEELING = "utter_acknowledge_feeling"
ACK_WISH = "utter_acknowledge_wish"
ACK_HELP = "utter_acknowledge_help"
ACK_WORDS = "utter_acknowledge_words"
ACK_SKIP = "utter_acknowledge_skip"
ACK_REFUSAL = "utter_acknowledge_refusal"
ACK_DONT_KNOW = "utter_acknowledge_dont_know"
ACK_START = "utter_acknowledge_start"
ACK_RESUME = "utter_acknowledge_resume"
ACK_LANGUAGE = "utter_acknowledge_language"
ACK_KEPT = "utter_acknowledge_kept"
ACK_LEFT_OUT = "utter_acknowledge_left_out"
ACK_CHANGED = "utter_acknowledge_changed"
ACK_ADULT_ONLY = "utter_acknowledge_adult_only"
ACK_SHARED = "utter_acknowledge_shared"
ACKNOWLEDGEMENTS = (
    ACK_FEELING, ACK_WISH, ACK_HELP, ACK_WORDS, ACK_SKIP, ACK_REFUSAL, ACK_DONT_KNOW,
    ACK_START, ACK_RESUME, ACK_LANGUAGE, ACK_KEPT, ACK_LEFT_OUT, ACK_CHANGED, ACK_ADULT_ONLY, ACK_SHARED,
)  # fmt: skip


def kind_of(response: str, guide: Guide) -> str:
    """The message kind with which a response is shown."""
    question = guide.questions.get(response)
    if question:
        return question.kind
    return ACKNOWLEDGE if response.startswith(("utter_acknowledge_", "utter_thank_")) else NOTICE


def responses_of(guide: Guide) -> Iterator[str]:
    """Every response that an interview with this guide can show."""
    yield from guide.opening
    yield from NOTICES
    yield from ACKNOWLEDGEMENTS
    yield from (f"{response}_{guide.audience}" for response in FOR_EACH_AUDIENCE if response != READ_BACK)
    yield from (topic.thanks for topic in guide.topics)
    for question in guide.questions.values():
        yield question.response
        yield question.explained_by
