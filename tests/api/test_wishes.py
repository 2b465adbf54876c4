"""How a carer wishes to be reached: what they picked themselves, what the bot made of it, and what staff noted."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from api import access
from api.access import Opened
from api.agent import Line, Reply
from api.database import Database
from api.errors import NotFound, Unfit
from api.models import AuditEntry, Carer, Conversation, Shown
from api.services.catalog import Reaching
from api.services.reaching import wishes
from api.services.reaching.wishes import Wish
from api.services.talk import answers, arrivals, withdrawing
from api.services.talk.filling import Filler
from api.services.talk.turns import Said
from tests.api.people import People
from tests.api.reached import begun, cares

ROOT = Path(__file__).resolve().parents[2]
EXCHANGES = ROOT / "tests" / "contract" / "exchanges" / "a-parent-picks-how-to-be-reached.json"
RECORDED: list[dict[str, Any]] = json.loads(EXCHANGES.read_text("utf-8"))
REACHING = Reaching.read(ROOT / "bot" / "data" / "interview" / "reaching.yml")
PICKED = Wish("text", ("evening",), 1, hears=False, interpreter=True)
BEFORE = {"channel": "letter", "hours": ["morning"], "hears": True, "at_most": 3}
PLACES = {"adult": "Sam", "helpline": "a helpline", "emergency": "111"}
PICKING, LEFT_OUT, PUT_BACK = 4, 6, 7  # of the recorded turns


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def carer(database: Database, people: People) -> Carer:
    return cares(database, people, **BEFORE)


@pytest.fixture
def conversation(database: Database, people: People, carer: Carer) -> Conversation:
    return begun(database, people, carer, guide="first_day")


def tell(session: Session, conversation: Conversation, upto: int, *, picks: list[str] | None = None) -> None:
    """The recorded conversation as far as this turn; `picks`: sent in the place of those that were recorded."""
    opened = access.conversation_for_the_bot(session, conversation.id)
    for place, exchange in enumerate(RECORDED[: upto + 1]):
        sent = exchange["turn"] if picks is None or place != PICKING else {**exchange["turn"], "choices": picks}
        _one(session, opened, sent, exchange["reply"])


def _one(session: Session, opened: Opened, sent: dict[str, Any], reply: dict[str, Any]) -> None:
    own = f"{opened.conversation.id[:8]}-"
    stood = select(Shown.id).where(Shown.conversation_id == opened.conversation.id, Shown.response == sent["asked"])
    arrivals.store(
        session,
        opened,
        turn_id=own + sent["turn"],
        kind=sent["kind"],
        choices=sent["choices"],
        asked=session.exec(stood.order_by(col(Shown.id).desc())).first(),
        target=Line(**{**sent["target"], "turn": own + sent["target"]["turn"]}) if sent["target"] else None,
        language=next((code[9:] for code in sent["choices"] if code.startswith("language:")), None),
    )
    told = json.loads(json.dumps(reply).replace('"turn-', f'"{own}turn-'))
    answers.settle(session, opened, Reply.model_validate(told), Filler(PLACES, {}))
    session.commit()


def wish_of(session: Session, carer: Carer) -> Wish:
    return Wish.of(session.get_one(Carer, carer.id, populate_existing=True))


def test_what_they_picked_is_kept_and_replaces_what_was_known(
    session: Session, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, PICKING)
    kept = session.get_one(Carer, carer.id)
    assert (Wish.of(kept), kept.wished_in_id) == (PICKED, conversation.id)
    assert kept.wished_at


def test_before_they_pick_nothing_is_changed(session: Session, carer: Carer, conversation: Conversation) -> None:
    tell(session, conversation, PICKING - 1)
    assert wish_of(session, carer) == Wish.of(carer)


def test_a_wish_that_is_left_out_of_the_read_back_is_taken_back(
    session: Session, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, LEFT_OUT - 1)
    assert wish_of(session, carer) == PICKED
    tell(session, conversation, LEFT_OUT)
    kept = session.get_one(Carer, carer.id, populate_existing=True)
    assert (Wish.of(kept), kept.wished_at, kept.wished_in_id) == (Wish(), None, None)


def test_a_wish_that_is_put_back_counts_again(session: Session, carer: Carer, conversation: Conversation) -> None:
    tell(session, conversation, PUT_BACK)
    assert wish_of(session, carer) == PICKED


def test_withdrawing_the_conversation_takes_it_back(
    session: Session, people: People, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, PICKING)
    assert wish_of(session, carer) == PICKED
    withdrawing.withdraw(session, people.adult, conversation.id, "family")
    assert wish_of(session, carer) == Wish()


def test_leaving_it_out_takes_nothing_back_that_staff_noted_since(
    session: Session, people: People, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, LEFT_OUT - 1)
    noted = Wish("call", ("morning",))
    wishes.set_by_staff(session, people.adult, carer.id, noted)
    tell(session, conversation, LEFT_OUT)
    assert wish_of(session, carer) == noted


def test_what_staff_noted_since_stands_while_the_conversation_goes_on(
    session: Session, people: People, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, PICKING)
    wishes.set_by_staff(session, people.adult, carer.id, Wish("call"))
    tell(session, conversation, PICKING + 1)
    assert wish_of(session, carer) == Wish("call")


def test_a_later_conversation_replaces_it(
    session: Session, database: Database, people: People, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, PICKING)
    later = begun(database, people, carer, guide="first_day")
    tell(session, later, PICKING, picks=["reach:whatsapp", "reach:email", "way:hear"])
    assert wish_of(session, carer) == Wish("whatsapp", hears=True)


def test_what_did_not_stand_on_the_screen_is_no_wish(
    session: Session, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, PICKING, picks=["reach:pigeon", "rhythm:many", "hours:evening"])
    assert wish_of(session, carer) == Wish(hours=("evening",))


def test_picks_that_the_interview_kept_no_line_of_are_no_wish(
    session: Session, carer: Carer, conversation: Conversation
) -> None:
    """As after an alert, where nothing is asked any more."""
    tell(session, conversation, PICKING - 1)
    opened = access.conversation_for_the_bot(session, conversation.id)
    _one(session, opened, RECORDED[PICKING]["turn"], {**RECORDED[PICKING - 1]["reply"], "turn": "turn-5"})
    assert wish_of(session, carer) == Wish.of(carer)


def test_a_conversation_with_nobody_in_particular_changes_nobodys_wishes(
    session: Session, database: Database, people: People, carer: Carer
) -> None:
    tell(session, begun(database, people, carer, carer_id=None, guide="first_day"), PICKING)
    assert wish_of(session, carer) == Wish.of(carer)


def test_they_are_written_to_in_the_language_that_they_chose(
    session: Session, carer: Carer, conversation: Conversation
) -> None:
    tell(session, conversation, PICKING, picks=["language:so"])
    assert session.get_one(Carer, carer.id, populate_existing=True).language == "so"


def test_a_language_chosen_before_the_first_question_counts_as_well(
    session: Session, database: Database, people: People, carer: Carer
) -> None:
    tell(session, begun(database, people, carer, guide="first_day", language="pl"), 0)
    assert session.get_one(Carer, carer.id, populate_existing=True).language == "pl"


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_who_does_not_work_with_the_family_cannot_note_wishes(
    session: Session, people: People, carer: Carer, who: str
) -> None:
    with pytest.raises(NotFound):
        wishes.set_by_staff(session, getattr(people, who), carer.id, PICKED)
    assert wish_of(session, carer) == Wish.of(carer)


def test_what_staff_noted_is_in_the_trail_without_the_wish(session: Session, people: People, carer: Carer) -> None:
    assert wishes.set_by_staff(session, people.adult, carer.id, PICKED) == people.pupil.id
    wishes.set_by_staff(session, people.adult, carer.id, PICKED)
    (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == "wishes_noted"))
    assert (entry.about_id, entry.details, wish_of(session, carer)) == (str(carer.id), {}, PICKED)


def test_a_form_without_a_choice_is_no_wish() -> None:
    assert wishes.read(REACHING, "", [], " ", hears=False, interpreter=False) == Wish()


def test_a_form_is_read_in_the_order_of_the_day() -> None:
    wish = wishes.read(REACHING, "call", ["evening", "morning"], "2", hears=True, interpreter=False)
    assert wish == Wish("call", ("morning", "evening"), 2, hears=True)


@pytest.mark.parametrize(
    ("fault", "form"),
    [("channel", ("pigeon", [], "")), ("hours", ("", ["night"], "")), ("at_most", ("", [], "0")),
     ("at_most", ("", [], "many")), ("at_most", ("", [], "8"))],
)  # fmt: skip
def test_a_form_that_names_what_does_not_exist_is_refused(fault: str, form: tuple[str, list[str], str]) -> None:
    with pytest.raises(Unfit) as refused:
        wishes.read(REACHING, *form, hears=False, interpreter=False)
    assert refused.value.fault == fault


def test_a_page_may_send_every_way_of_being_reached() -> None:
    offered = [choice["code"] for choice in RECORDED[PICKING - 1]["reply"]["messages"][-1]["choices"]]
    assert {"reach:letter", "hours:morning", "way:hear", "rhythm:3"} <= set(offered)
    assert Said(turn="t", kind="choose", choices=offered).choices == offered


@pytest.mark.parametrize("kind", ["channels", "hours", "ways"])
def test_every_wish_has_a_name_for_staff(kind: str) -> None:
    labels = (ROOT / "api" / "templates" / "staff" / "labels_reaching.html").read_text("utf-8")
    assert [code for code in getattr(REACHING, kind) if f'"{code}": pgettext(' not in labels] == []
