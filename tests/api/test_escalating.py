"""An alert that no safeguarding lead has acknowledged is told again, and to more people."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import update

from api.database import Database
from api.models import Alert, Conversation, Mail, Pupil, StaffMember, Turn, now
from api.services.safeguarding import escalating, handling
from api.services.safeguarding.escalating import Rhythm
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from tests.api.alerted import age, letters, raise_one, rows, steps
from tests.api.people import People

RHYTHM = Rhythm(timedelta(minutes=10), timedelta(minutes=15), timedelta(minutes=2))
FIRST = [("alert", "adult"), ("alert", "deputy"), ("alert", "lead")]


def goes_on(database: Database, at: datetime | None = None) -> None:
    with database.writing() as session:
        escalating.go_on(session, RHYTHM, at or now())
        session.commit()


def arrived(database: Database) -> None:
    """Every letter that was posted so far."""
    with database.writing() as session:
        session.exec(update(Mail).values(sent_at=now()))
        session.commit()


def leaves(database: Database, *staff: StaffMember) -> None:
    with database.writing() as session:
        for each in staff:
            session.get_one(StaffMember, each.id).left_at = now()
        session.commit()


def later(database: Database, people: People) -> list[tuple[str, str]]:
    """Letters after those that were posted at once."""
    return [letter for letter in letters(database, people) if letter not in FIRST]


def test_the_leads_and_the_trusted_adult_are_told_at_once(database: Database, people: People) -> None:
    raise_one(database, people)

    assert letters(database, people) == FIRST


def test_whom_the_words_name_is_not_told(database: Database, people: People) -> None:
    raise_one(database, people, kept_from_id=people.adult.id)
    raise_one(database, people, kept_from_id=people.deputy.id, created_at=age(40))
    goes_on(database)

    told = letters(database, people)
    assert told.count(("alert", "adult")) == told.count(("alert", "deputy")) == 1
    assert ("alert_escalated", "deputy") not in told


def test_nothing_is_repeated_before_its_time(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(9))
    arrived(database)
    goes_on(database)

    assert letters(database, people) == FIRST


def test_after_ten_minutes_the_leads_are_told_again_once(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(11))
    arrived(database)
    for _ in range(3):  # a restart looks round again
        goes_on(database)

    assert later(database, people) == [("alert_again", "deputy"), ("alert_again", "lead")]


def test_a_letter_that_could_not_be_sent_yet_is_not_joined_by_others(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(11))
    goes_on(database)

    assert letters(database, people) == FIRST


def test_after_a_long_stop_no_heap_of_letters_is_sent(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(500))
    arrived(database)
    goes_on(database)

    assert len(later(database, people)) == len({*later(database, people)})


def test_after_a_quarter_of_an_hour_every_lead_is_told_that_nobody_answered(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(16))
    for _ in range(2):
        goes_on(database)

    assert later(database, people) == [("alert_escalated", "deputy"), ("alert_escalated", "lead")]
    assert steps(database) == ["escalated"]


def test_where_there_is_no_second_lead_the_administrators_are_told(database: Database, people: People) -> None:
    leaves(database, people.deputy)
    raise_one(database, people, created_at=age(16))
    goes_on(database)

    assert later(database, people) == [("alert_escalated", "lead"), ("alert_unanswered", "office")]


def test_leads_who_go_on_not_answering_are_joined_by_the_administrators(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(31))
    goes_on(database)

    assert ("alert_unanswered", "office") in later(database, people)


def test_other_schools_are_told_nothing(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(500))
    goes_on(database)

    assert "stranger" not in {reader for _, reader in letters(database, people)}


@pytest.mark.parametrize(("who", "told"), [("lead", 0), ("deputy", 0), ("adult", 2)])
def test_only_a_leads_acknowledgement_ends_it(database: Database, people: People, who: str, told: int) -> None:
    alert = raise_one(database, people, created_at=age(16))
    with database.writing() as session:
        handling.acknowledge(session, getattr(people, who), alert)
    goes_on(database)

    assert len(later(database, people)) == told


@pytest.mark.parametrize(("minutes", "number"), [(14.9, 0), (15, 1), (29, 1), (30, 2), (60, 3), (4320, 9)])
def test_rounds_grow_longer(minutes: float, number: int) -> None:
    assert escalating.round_of(timedelta(minutes=minutes), RHYTHM.escalated_after) == number


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_two_processes_that_look_round_post_once(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(31))
    arrived(database)
    at = now()
    goes_on(database, at)
    before = letters(database, people)
    goes_on(database, at)

    assert letters(database, people) == before
    assert len(rows(database, Mail)) == len({mail.key for mail in rows(database, Mail)})


def waits(database: Database, people: People, minutes: float, **more: object) -> None:
    """Words that the bot has not answered."""
    with database.writing() as session:
        held = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", "en"))
        about = {"conversation_id": held.id, "ordinal": 0, "kind": "say", "text": "The bus.", "language": "en"}
        session.add(Turn(id=f"t-{held.id}", **about, received_at=age(minutes), **more))
        session.commit()


def test_words_that_nobody_screened_are_told_once_although_the_bot_is_down(database: Database, people: People) -> None:
    waits(database, people, 3)
    for _ in range(2):
        goes_on(database)

    assert letters(database, people) == [("unscreened", who) for who in ("adult", "deputy", "lead")]


def test_words_that_wait_for_a_moment_only_are_told_to_nobody(database: Database, people: People) -> None:
    waits(database, people, 1)
    goes_on(database)

    assert letters(database, people) == []


def test_words_that_the_bot_refused_are_told_too(database: Database, people: People) -> None:
    waits(database, people, 3, state="refused")
    goes_on(database)

    assert ("unscreened", "lead") in letters(database, people)


def test_unscreened_words_of_a_conversation_kept_from_an_adult_are_not_told_to_them(
    database: Database, people: People
) -> None:
    waits(database, people, 3)
    with database.writing() as session:
        session.exec(update(Conversation).values(kept_from_id=people.adult.id))
        session.commit()
    goes_on(database)

    assert letters(database, people) == [("unscreened", "deputy"), ("unscreened", "lead")]


def test_no_letter_holds_a_word_or_a_name(database: Database, people: People) -> None:
    raise_one(database, people, created_at=age(31))
    waits(database, people, 3)
    goes_on(database)

    stored = repr([(mail.kind, mail.about, mail.key) for mail in rows(database, Mail)])
    alert: Alert = rows(database, Alert)[0]
    pupil: Pupil = rows(database, Pupil)[0]
    assert not [word for word in (alert.words, pupil.name, "bus") if word in stored]


def test_whom_the_words_name_later_has_answered_for_nobody(database: Database, people: People) -> None:
    alert = raise_one(database, people, created_at=age(20))
    with database.writing() as session:
        handling.acknowledge(session, people.lead, alert)
        session.get_one(Alert, alert).kept_from_id = people.lead.id
        session.commit()
    arrived(database)
    goes_on(database)

    assert ("alert_escalated", "deputy") in later(database, people)
