"""The words of the interview as text messages: what a screen shows at once comes one after the other, and what it
offers to press has a number.
"""

from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from api import access
from api.access import Opened
from api.i18n import Translator
from api.models import Carer, Delivery, Turn
from api.pages.rendering import Pages
from api.services.talk import questions
from api.services.talk.filling import END_ISOLATE, ISOLATE
from api.services.talk.questions import STANDING, ShownView
from api.services.texting import offers


def written_turn(pages: Pages, session: Session, delivery: Delivery, carer: Carer) -> str:
    """Empty where nothing is left to be said. What was said last is in the language of that moment."""
    if delivery.conversation_id is None:
        return ""
    opened = access.conversation_for_the_bot(session, delivery.conversation_id)
    translator = pages.translators[opened.conversation.language]
    if "attachment" in delivery.about:
        return _plain(pages, "turn_attachment", translator)
    turn = access.turn_in(session, opened, delivery.about["turn"])
    if turn is None:
        return ""
    if carer.word_hash:
        return _beside_the_word(pages, session, opened, turn)
    if turn.state == "refused":
        return _plain(pages, "turn_kept", translator, standing=offers.standing(session, opened).asked)
    return _answer(pages, session, opened, turn)


def _beside_the_word(pages: Pages, session: Session, opened: Opened, turn: Turn) -> str:
    """Who agreed a word shares the telephone: nothing of the conversation stands in a message that others may read, but
    for what is said to keep somebody safe.
    """
    translator = pages.translators[opened.conversation.language]
    if turn.kind == "open":
        return ""
    if opened.conversation.state != "alerted":
        return _plain(pages, "turn_kept", translator, standing=None)
    shown = questions.answering(session, opened, turn.ordinal - 1).get(turn.id, [])
    return "\n".join(each.text for each in shown if not each.quote)


def _answer(pages: Pages, session: Session, opened: Opened, turn: Turn) -> str:
    shown = questions.answering(session, opened, turn.ordinal - 1).get(turn.id, [])
    if not shown:
        return ""
    later = access.turns_in(session, opened, turn.ordinal)
    if any(each.channel == "page" for each in later):  # they have moved there, and have seen it
        return ""
    translator = pages.translators[shown[-1].language]
    if later:  # the answer to what came after brings the question that stands now
        shown = [each for each in shown if each.kind not in STANDING]
    things: dict[str, Any] = {
        "is_opening": turn.kind == "open",
        "is_charged": turn.channel == "text",
        "school": _kept_apart(opened.school.name),
        "adult": _kept_apart(opened.adult.name),
        "messages": shown,
        "choices": offers.numbered(shown[-1]) if shown else {},
        "many": bool(shown) and shown[-1].multiple,
        **_read_back(session, opened, turn, shown),
    }
    return _plain(pages, "turn", translator, **things)


def _read_back(session: Session, opened: Opened, turn: Turn, shown: list[ShownView]) -> dict[str, Any]:
    """The lines come once, and again when their numbers have moved; for each line that is kept or left out alone they
    would cost a family three messages.
    """
    if not shown or shown[-1].kind != "readback":
        return {"reads_back": False, "lines": {}}
    is_about_a_line = any(code.startswith("readback:") for code in turn.choices)
    return {"reads_back": True, "lines": {} if is_about_a_line else offers.standing(session, opened).lines}


def _kept_apart(name: str) -> str:
    return f"{ISOLATE}{name}{END_ISOLATE}"


def _plain(pages: Pages, template: str, translator: Translator, **things: Any) -> str:
    """Written as a page is, and no page: what was escaped on the way is put back."""
    return Markup(pages.render(f"messages/{template}.txt", translator, **things)).unescape().strip()  # noqa: S704
