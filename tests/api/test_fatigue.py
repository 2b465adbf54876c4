"""A pupil who has had enough is met by a person; one who asks to talk is never kept from it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from api import access
from api.access.lately import OFFERS_TO_STOP
from api.database import Database
from api.errors import NotAllowed, NotFound, Unfit
from api.models import AuditEntry, Conversation, Pupil, Shown, Turn, now, told_ago
from api.services.rhythm import fatigue, starting
from api.services.talk.conversations import Plan
from api.settings import ROOT
from tests.api.people import People
from tests.api.planned import TUESDAY, contact, on, working_day
from tests.api.promised import talked

PLAN = Plan("pupil", "en", "check_in")


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with on(TUESDAY):
        yield


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def talk(session: Session, people: People, days_ago: float, pupil: Pupil | None = None, **about: Any) -> Conversation:
    with told_ago(now_to_real() + timedelta(days=days_ago)):
        return talked(session, people.adult, pupil or people.pupil, "secret words", **about)


def now_to_real() -> timedelta:
    """By how much the clock of these tests goes after the machine's; `told_ago` counts from the machine's."""
    with told_ago(timedelta()):
        real = now()
    return real - now()


def offered_to_stop(session: Session, conversation: Conversation) -> None:
    turn = session.exec(select(Turn).where(Turn.conversation_id == conversation.id)).one()
    about = {"text": "-", "template": "-", "language": "en", "kind": "scaffold", "position": 0}
    session.add(Shown(conversation_id=conversation.id, turn_id=turn.id, response=OFFERS_TO_STOP, **about))
    session.commit()


def worn(session: Session, people: People) -> list[str]:
    return list(fatigue.lately(session, people.adult, people.pupil).worn)


def test_who_has_not_talked_lately_may_be_asked(session: Session, people: People) -> None:
    talk(session, people, 8)

    assert worn(session, people) == []


@pytest.mark.parametrize(
    ("days_ago", "found"),
    [((0.1,), ["today"]), ((1, 2), ["often"]), ((1,), []), ((6.9, 7.1), []), ((0.1, 1), ["today", "often"])],
)
def test_one_talk_today_or_two_in_a_week_are_enough(
    session: Session, people: People, days_ago: tuple[float, ...], found: list[str]
) -> None:
    for days in days_ago:
        talk(session, people, days)

    assert worn(session, people) == found


def test_all_of_four_weeks_are_counted(session: Session, people: People) -> None:
    for days in (1, 10, 27.9, 28.1):
        talk(session, people, days)

    found = fatigue.lately(session, people.adult, people.pupil)

    assert (found.today, found.in_a_week, found.in_four_weeks) == (0, 1, 3)


def test_a_last_talk_that_was_enough_for_them_counts_for_a_week(session: Session, people: People) -> None:
    offered_to_stop(session, talk(session, people, 3))
    assert worn(session, people) == ["tired"]

    talk(session, people, 2)  # a later one went well
    assert worn(session, people) == ["often"]


def test_a_pause_in_the_middle_counts_as_enough_and_an_early_end_is_shown(session: Session, people: People) -> None:
    talk(session, people, 3, state="paused")
    assert worn(session, people) == ["tired"]

    talk(session, people, 2.5, state="asking")
    assert fatigue.lately(session, people.adult, people.pupil).ending == "early"


def test_a_tired_talk_of_two_weeks_ago_is_over(session: Session, people: People) -> None:
    offered_to_stop(session, talk(session, people, 14))

    assert worn(session, people) == []
    assert fatigue.lately(session, people.adult, people.pupil).ending == "tired"


def test_nobody_elses_talks_count(session: Session, people: People) -> None:
    talk(session, people, 0.1, audience="parent")
    talk(session, people, 0.1, people.other_pupil)

    assert fatigue.lately(session, people.adult, people.pupil).in_four_weeks == 0


def test_a_conversation_that_was_only_prepared_is_no_talk(session: Session, people: People) -> None:
    starting.with_pupil(session, people.adult, people.pupil.id, PLAN)

    assert worn(session, people) == []


def test_what_was_taken_back_still_was_a_talk(session: Session, people: People) -> None:
    opened = access.conversation_to_withdraw(session, people.adult, talk(session, people, 0.1).id)
    access.erase_words_of(session, opened)
    opened.conversation.withdrawn_at = now()
    session.commit()

    assert worn(session, people) == ["today"]


def test_a_talk_that_is_kept_from_an_adult_is_not_given_away(session: Session, people: People) -> None:
    held = talk(session, people, 0.1)
    assert worn(session, people) == ["today"]
    held.kept_from_id = people.adult.id
    session.add(held)
    session.commit()

    assert worn(session, people) == []
    assert fatigue.lately(session, people.lead, people.pupil).worn == ["today"]


def test_the_adult_says_what_for_and_the_trail_keeps_it(session: Session, people: People) -> None:
    talk(session, people, 0.1)
    for reason in ("", "because"):
        with pytest.raises(Unfit) as refused:
            starting.with_pupil(session, people.adult, people.pupil.id, PLAN, reason)
        assert refused.value.fault == "reason"
    assert len(access.conversations_about(session, people.adult, people.pupil.id)) == 1

    starting.with_pupil(session, people.adult, people.pupil.id, PLAN, "pupil_asked")

    (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == "started_all_the_same"))
    assert entry.details == {"limits": ["today"], "in_a_week": 1, "reason": "pupil_asked"}
    assert len(access.conversations_about(session, people.adult, people.pupil.id)) == 2


@pytest.mark.parametrize("reason", fatigue.REASONS)
def test_with_a_reason_it_always_starts(session: Session, people: People, reason: str) -> None:
    for days in (0.1, 0.2, 0.3):
        talk(session, people, days, state="paused")

    assert starting.with_pupil(session, people.adult, people.pupil.id, PLAN, reason)


def test_who_may_not_read_may_not_start(session: Session, people: People) -> None:
    for who, refusal in ((people.attendance, NotAllowed), (people.colleague, NotFound), (people.stranger, NotFound)):
        with pytest.raises(refusal):
            starting.with_pupil(session, who, people.pupil.id, PLAN, "pupil_asked")


def test_a_planned_contact_of_another_pupil_starts_nothing(session: Session, people: People) -> None:
    other = contact(session, people.other_pupil, people.lead, working_day())

    with pytest.raises(NotFound):
        starting.with_pupil(session, people.lead, people.pupil.id, PLAN, contact_id=other.id)
    session.rollback()
    assert access.conversations_about(session, people.lead, people.pupil.id) == []


def test_the_bot_still_offers_to_stop_by_this_name() -> None:
    questions = (ROOT / "bot" / "data" / "interview" / "questions.yml").read_text("utf-8")

    assert f"  {OFFERS_TO_STOP}:" in questions
