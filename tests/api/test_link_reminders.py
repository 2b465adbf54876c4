"""A link that nobody answered is brought to mind once, after three school days."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select, update

from api.access import conversation_by_link
from api.database import Database
from api.errors import LinkNotOpen
from api.models import AuditEntry, Carer, Conversation, Delivery, ParentLink, Sendable, now
from api.services.reaching import deliveries, link_reminders
from api.services.reaching.wanted import token_of
from tests.api.people import People
from tests.api.reached import NOON, SECRET, begun, cares, invited, message, said

ALL: frozenset[Sendable] = frozenset({"text", "whatsapp", "email"})
FRIDAY = NOON + timedelta(days=2)
TUESDAY, WEDNESDAY = FRIDAY + timedelta(days=4), FRIDAY + timedelta(days=5)


def sent_on(database: Database, people: People, carer: Carer, at: datetime, channel: Sendable = "text") -> Delivery:
    key = invited(database, people, carer, channel)
    with database.writing() as session:
        deliveries.sent(session, message(database, key), None, at)
    return message(database, key)


def reminders(database: Database, *days: datetime, available: frozenset[Sendable] = ALL) -> list[Delivery]:
    for at in days:
        with database.writing() as session:
            link_reminders.going_on(available, SECRET)(session, at)
            session.commit()
    with database.reading() as session:
        return list(session.exec(select(Delivery).where(Delivery.kind == "reminder")))


def test_a_reminder_waits_for_three_school_days_and_comes_once(
    database: Database, people: People, carer: Carer
) -> None:
    link = sent_on(database, people, carer, FRIDAY)
    assert reminders(database, TUESDAY) == []

    (reminder,) = reminders(database, WEDNESDAY, WEDNESDAY, WEDNESDAY + timedelta(days=5))
    assert (reminder.channel, reminder.carer_id, reminder.is_answer) == ("text", carer.id, False)
    assert reminder.conversation_id == link.conversation_id


def test_nothing_is_due_before_somebody_could_be_reminded(database: Database, people: People, carer: Carer) -> None:
    sent_on(database, people, carer, FRIDAY)
    with database.reading() as session:
        assert not link_reminders.is_due(session, FRIDAY + timedelta(days=2))
        assert link_reminders.is_due(session, WEDNESDAY)


def test_what_it_leads_to_is_open_as_long_as_the_first_link_and_ends_with_it(
    database: Database, people: People, carer: Carer
) -> None:
    sent_on(database, people, carer, FRIDAY)
    (reminder,) = reminders(database, WEDNESDAY)
    token = token_of(reminder, SECRET) or ""
    with database.writing() as session:
        assert conversation_by_link(session, token).conversation.id == reminder.conversation_id
        first, second = session.exec(select(ParentLink).order_by(ParentLink.id))  # type: ignore[arg-type]
        assert (second.made_by_code_of, second.expires_at) == (first.id, first.expires_at)
        session.exec(update(ParentLink).values(revoked_at=now()))
        with pytest.raises(LinkNotOpen):
            conversation_by_link(session, token)


@pytest.mark.parametrize(
    "over", [{"state": "finished"}, {"state": "alerted"}, {"withdrawn_at": NOON}, {"guide": "first_day"}]
)
def test_what_is_over_is_not_brought_to_mind(
    database: Database, people: People, carer: Carer, over: dict[str, object]
) -> None:
    link = sent_on(database, people, carer, FRIDAY)
    with database.writing() as session:
        session.exec(update(Conversation).where(Conversation.id == link.conversation_id).values(**over))  # type: ignore[arg-type]
        session.commit()

    assert reminders(database, WEDNESDAY) == []


def test_who_talks_is_not_reminded(database: Database, people: People, carer: Carer) -> None:
    link = sent_on(database, people, carer, FRIDAY)
    said(database, link.conversation_id, WEDNESDAY - timedelta(days=1))

    assert reminders(database, WEDNESDAY) == []
    assert len(reminders(database, WEDNESDAY + timedelta(days=3))) == 1  # they stopped in the middle


def test_a_newer_link_starts_the_days_anew(database: Database, people: People, carer: Carer) -> None:
    link = sent_on(database, people, carer, FRIDAY)
    with database.writing() as session:
        again = {"kind": "link", "key": "again", "about": link.about, "conversation_id": link.conversation_id}
        deliveries.post(session, school_id=link.school_id, carer_id=carer.id, channel="email", **again)  # type: ignore[arg-type]
        session.commit()

    assert reminders(database, WEDNESDAY) == []


def test_a_reminder_goes_the_way_that_is_wished_now(database: Database, people: People) -> None:
    sent_on(database, people, cares(database, people, channel="email"), FRIDAY)

    assert [each.channel for each in reminders(database, WEDNESDAY)] == ["email"]


@pytest.mark.parametrize("who", [{"left_at": NOON}, {"lives_apart": True}, {"stopped_at": NOON, "email": ""}])
def test_who_is_not_to_be_reached_is_not_reminded(database: Database, people: People, who: dict[str, object]) -> None:
    sent_on(database, people, cares(database, people, **who), FRIDAY)

    assert reminders(database, WEDNESDAY) == []


def test_a_reminder_is_in_the_trail_as_the_products_own_act(database: Database, people: People, carer: Carer) -> None:
    sent_on(database, people, carer, FRIDAY)
    reminders(database, WEDNESDAY)
    with database.reading() as session:
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == "link_reminded"))

    assert (entry.staff_id, entry.pupil_id) == (None, people.pupil.id)


def test_no_reminder_is_made_for_a_link_that_was_only_shown(database: Database, people: People, carer: Carer) -> None:
    begun(database, people, carer)

    assert reminders(database, WEDNESDAY) == []
