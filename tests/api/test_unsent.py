"""What did not arrive is seen by those who work with the family, and can be mended."""

import pytest
from sqlmodel import col, select, update

from api import access
from api.database import Database
from api.errors import NotFound, NotToBeReached, Unfit
from api.models import AuditEntry, Carer, Conversation, Delivery, ParentLink, Sendable, StaffMember, Task, now
from api.services.reaching import carers, deliveries, tasks, unsent
from api.services.reaching.courier import Courier
from api.texting import NotSent
from tests.api.people import People
from tests.api.reached import (
    HOURS,
    NOON,
    SECRET,
    Clock,
    TextCarrier,
    cares,
    courier_of,
    invited,
    message,
    state,
    wants,
)

BOTH: frozenset[Sendable] = frozenset({"text", "email"})
AT = now()


@pytest.fixture
def courier(database: Database, texts: TextCarrier) -> Courier:
    return courier_of(database, Clock(now()), texts)


def fails(database: Database, key: str, fault: str = "not_theirs") -> Delivery:
    with database.writing() as session:
        session.exec(update(Delivery).where(Delivery.key == key).values(created_at=AT, due_at=AT))  # type: ignore[arg-type]
        session.commit()
        deliveries.failed(session, message(database, key), fault, AT, is_final=True)
    return message(database, key)


def seen(database: Database, staff: StaffMember) -> list[str]:
    with database.reading() as session:
        found = unsent.listed(session, staff, HOURS, BOTH, AT, is_open=True, offset=0, limit=9)
    return [each.delivery.key for each in found]


def counted(database: Database, staff: StaffMember) -> int:
    with database.reading() as session:
        return access.unsent_to_families(session, staff)


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_only_those_who_work_with_the_family_see_what_did_not_arrive(
    database: Database, people: People, carer: Carer
) -> None:
    key = fails(database, wants(database, people, carer)).key
    working = (people.adult, people.lead, people.attendance)
    others = (people.colleague, people.office, people.stranger)

    assert [(seen(database, who), counted(database, who)) for who in working] == [([key], 1)] * 3
    assert [(seen(database, who), counted(database, who)) for who in others] == [([], 0)] * 3


@pytest.mark.parametrize("who", ["colleague", "office", "stranger"])
def test_others_can_do_nothing_about_it(database: Database, people: People, carer: Carer, who: str) -> None:
    failed, staff = fails(database, wants(database, people, carer)), getattr(people, who)
    with database.writing() as session:
        for act in (
            lambda: unsent.try_again(session, staff, failed.id, SECRET, AT),
            lambda: unsent.by_another_way(session, staff, failed.id, "email", SECRET, AT),
            lambda: unsent.settle(session, staff, failed.id, AT),
        ):
            with pytest.raises(NotFound):
                act()


def test_why_something_waits_is_told(database: Database, people: People, carer: Carer) -> None:
    key = wants(database, people, carer)
    night = NOON.replace(hour=22)
    with database.reading() as session:
        (waiting,) = unsent.listed(session, people.adult, HOURS, BOTH, night, is_open=True, offset=0, limit=9)

    assert (waiting.delivery.key, waiting.state) == (key, "waiting")
    assert waiting.hold
    assert (waiting.hold.reason, waiting.hold.until) == ("quiet", NOON.replace(day=3, hour=8))


def test_trying_again_sends_it_once_more_and_ends_the_task(
    database: Database, people: People, carer: Carer, texts: TextCarrier
) -> None:
    failed = fails(database, wants(database, people, carer))
    for _ in range(2):  # the form came twice
        with database.writing() as session:
            unsent.try_again(session, people.adult, failed.id, SECRET, NOON)
    courier_of(database, Clock(), texts).go_round()

    assert (len(texts.carried), state(database, failed.key)) == (1, "sent")
    assert [task.done_by_id for task in _all(database, Task)] == [people.adult.id]
    assert [entry.act for entry in _all(database, AuditEntry)] == ["message_tried_again"]
    assert counted(database, people.adult) == 0


def test_what_fails_again_is_a_task_again(database: Database, people: People, carer: Carer) -> None:
    failed = fails(database, wants(database, people, carer))
    for _ in range(2):
        with database.writing() as session:
            unsent.try_again(session, people.adult, failed.id, SECRET, NOON)
        assert counted(database, people.adult) == 0
        for _ in range(2):
            fails(database, failed.key)
        assert counted(database, people.adult) == 1

    assert [task.done_at is None for task in _all(database, Task)] == [False, False, True]


def test_a_link_that_went_out_and_did_not_arrive_gets_an_address_of_its_own(
    database: Database, people: People, carer: Carer, texts: TextCarrier
) -> None:
    key = invited(database, people, carer)
    courier_of(database, Clock(), texts).go_round()
    assert message(database, key).sealed is None
    failed = fails(database, key)
    with database.writing() as session:
        unsent.try_again(session, people.adult, failed.id, SECRET, NOON)
    courier_of(database, Clock(), texts).go_round()

    first, second = _all(database, ParentLink)
    assert second.made_by_code_of == first.id
    assert texts.texts == ["link", "link"]


def test_a_closed_link_is_not_sent_again(database: Database, people: People, carer: Carer, courier: Courier) -> None:
    key = invited(database, people, carer)
    with database.writing() as session:
        session.exec(update(Delivery).values(sealed=None))
        session.exec(update(ParentLink).values(revoked_at=now()))
        session.commit()
    failed = fails(database, key)

    with database.writing() as session, pytest.raises(Unfit, match="unfit"):
        unsent.try_again(session, people.adult, failed.id, SECRET, AT)


def test_another_way_takes_the_place_of_the_first(database: Database, people: People, carer: Carer) -> None:
    failed = fails(database, invited(database, people, carer))
    for _ in range(2):
        with database.writing() as session:
            unsent.by_another_way(session, people.adult, failed.id, "email", SECRET, AT)

    first, second = _all(database, Delivery)
    assert (deliveries.state_of(first), first.sealed) == ("dropped", None)
    assert (second.channel, second.kind, second.about, bool(second.sealed)) == ("email", "link", first.about, True)
    assert counted(database, people.adult) == 0


def test_nothing_is_sent_again_to_who_is_not_to_be_reached(database: Database, people: People) -> None:
    failed = fails(database, invited(database, people, cares(database, people, stopped_at=NOON, email="")))
    with database.writing() as session:
        with pytest.raises(NotToBeReached):
            unsent.try_again(session, people.adult, failed.id, SECRET, AT)
        with pytest.raises(NotToBeReached):
            unsent.by_another_way(session, people.adult, failed.id, "email", SECRET, AT)


def test_what_somebody_saw_to_is_tried_no_more(
    database: Database, people: People, carer: Carer, courier: Courier, texts: TextCarrier
) -> None:
    key = wants(database, people, carer, is_answer=True)
    texts.fault = NotSent("unreachable", is_final=False)
    courier_of(database, Clock(), texts).go_round()
    with database.writing() as session:
        unsent.settle(session, people.adult, message(database, key).id, AT)

    assert (state(database, key), seen(database, people.adult)) == ("dropped", [])


def test_a_task_that_was_done_is_counted_no_more(database: Database, people: People, carer: Carer) -> None:
    fails(database, wants(database, people, carer))
    (task,) = _all(database, Task)
    with database.writing() as session:
        tasks.done(session, people.adult, task.id, "rang them", AT)

    assert counted(database, people.adult) == 0


def test_an_administrator_sees_which_service_fails_and_no_address_that_does(
    database: Database, people: People, carer: Carer
) -> None:
    fails(database, wants(database, people, carer, "text"), "not_theirs")
    with database.reading() as session:
        assert unsent.failing_ways(session, people.office.school_id) == []

    fails(database, wants(database, people, carer, "email"), "not_signed_in")
    with database.reading() as session:
        assert unsent.failing_ways(session, people.office.school_id) == ["email"]
        assert unsent.failing_ways(session, people.stranger.school_id) == []
        states = {each.channel: each.state for each in unsent.services(session, people.office.school_id, BOTH)}
    assert states == {"text": "on", "whatsapp": "off", "email": "failing"}


def _all[Kind: (Delivery, ParentLink, Task, AuditEntry)](database: Database, kind: type[Kind]) -> list[Kind]:
    with database.reading() as session:
        return list(session.exec(select(kind).order_by(col(kind.id))))


def test_who_is_named_by_the_words_sees_no_message_of_that_conversation(
    database: Database, people: People, carer: Carer
) -> None:
    found = fails(database, invited(database, people, carer))
    assert seen(database, people.adult) == [found.key]
    with database.writing() as session:
        this = update(Conversation).where(col(Conversation.id) == found.conversation_id)
        session.exec(this.values(kept_from_id=people.adult.id))
        session.commit()

    assert (seen(database, people.adult), seen(database, people.lead)) == ([], [found.key])
    with database.writing() as session:
        assert access.unsent_to_families(session, people.adult) == 0
        assert carers.newest_messages(session, people.adult, [carer]) == {}
        assert carers.newest_messages(session, people.lead, [carer])
        assert tasks.listed(session, people.adult, AT) == []
        with pytest.raises(NotFound):
            unsent.try_again(session, people.adult, found.id, SECRET, AT)
