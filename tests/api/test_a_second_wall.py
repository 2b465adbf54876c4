"""On PostgreSQL a select that has lost its conditions still shows nothing that is not the asker's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, col, delete, select, text, update

from api import access
from api.access import Opened
from api.database import NOBODY, Database
from api.models import (
    WORDS,
    Absence,
    AbsenceStep,
    AdultView,
    Alert,
    AlertStep,
    Conversation,
    Expectation,
    Promise,
    Record,
    Review,
    ReviewNote,
    StaffMember,
    TagReview,
    Task,
    Turn,
    now,
)
from api.services.people import pupils
from api.services.review import reviewing
from api.services.safeguarding import alerts
from api.services.talk import conversations, hand_overs, parent_links
from api.services.talk.conversations import Plan
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE
from tests.api.soon import soon_async
from tests.api.speaker import Services, Speaker
from tests.api.stores import PostgresStores
from tests.api.who_asks import agree, assign, one_asks

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("store", ["postgresql"])]
HIS, HERS = "He said this.", "She said this."
HOLDERS = {"adult", "lead", "deputy"}
EVERYBODY = ("adult", "colleague", "assigned", "attendance", "lead", "deputy", "office", "stranger")


@pytest.fixture
async def told(speaker: Speaker, parent: Speaker) -> Speaker:
    """The pupil's words and a parent's: both in the store, neither in the other's conversation."""
    await speaker.says(HIS)
    await parent.says(HERS)
    return speaker


@pytest.fixture
def assigned(told: Speaker, services: Services, people: People) -> StaffMember:
    return assign(services, people, told.conversation_id)


def all_words(session: Session) -> set[str]:
    """No condition at all."""
    return {turn.text for turn in session.exec(select(Turn)) if turn.text}


def hearers(services: Services, people: People, assigned: StaffMember, words: str) -> set[str]:
    heard = set()
    for who in EVERYBODY:
        with services.database.reading(access.as_staff(one_asks(people, assigned, who))) as session:
            heard |= {who} if words in all_words(session) else set()
    return heard


def everything_about(services: Services, people: People, told: Speaker) -> None:
    """A row in every table that holds words."""
    about = {"staff_id": people.adult.id, "conversation_id": told.conversation_id}
    with services.database.writing() as session:
        turn = session.exec(select(Turn.id).where(Turn.conversation_id == told.conversation_id)).first()
        span = {"turn_id": turn, "start": 0, "end": 1, "code": "school.lesson", "verdict": "disputed"}
        at_school = {"school_id": people.adult.school_id, "pupil_id": people.pupil.id}
        absence = Absence(day=now().date(), started_by_id=people.adult.id, **at_school)
        session.add(absence)
        session.flush()
        session.add_all(
            (
                ReviewNote(words="A note.", form_id="a", **about),
                TagReview(**about, **span, form_id="a"),
                Expectation(words="I think.", **about),
                AdultView(pupil_id=people.pupil.id, staff_id=people.adult.id, words="I see.", form_id="a"),
                Promise(
                    pupil_id=people.pupil.id,
                    conversation_id=told.conversation_id,
                    audience="pupil",
                    kind="other",
                    owner_id=people.adult.id,
                    made_by_id=people.adult.id,
                    due_on=now().date(),
                    form_id="a",
                ),
                AbsenceStep(absence_id=absence.id, kind="called", staff_id=people.adult.id, note="A call.", key="a"),
                Task(kind="ring_family", key="a", **at_school),
            )
        )
        session.commit()


def tables_seen(session: Session) -> set[type[Record]]:
    return {table for table in WORDS if session.exec(select(table)).first() is not None}


async def test_every_table_that_holds_words_has_a_policy_that_binds_its_owner(database: Database) -> None:
    walled = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    with database.engine.connect() as connection:
        assert set(connection.scalars(text(walled))) == {table.__tablename__ for table in WORDS}


async def test_who_stands_for_nobody_sees_nothing(told: Speaker, services: Services, people: People) -> None:
    await told.says(f"I am {UNSAFE}.")
    everything_about(services, people, told)
    with services.database.writing() as session:
        (alert,) = alerts.listed(session, people.lead)
        session.add(AlertStep(alert_id=alert.id, kind="note", form_id="a"))
        session.commit()
        assert tables_seen(session) == set(WORDS)

    for stands_for in (NOBODY, "", "staff:", "staff:0", "conversation:", "staff", "everything else"):
        with services.database.reading(stands_for) as session:
            assert tables_seen(session) == set(), stands_for
    with services.database.engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM turn")).first() is None


async def test_staff_see_what_their_role_and_their_pupils_allow(
    told: Speaker, assigned: StaffMember, services: Services, people: People
) -> None:
    assert hearers(services, people, assigned, HIS) == HOLDERS | {"assigned"}
    assert hearers(services, people, assigned, HERS) == HOLDERS


async def test_the_attendance_lead_sees_what_was_agreed_unless_there_is_an_alert(
    told: Speaker, assigned: StaffMember, services: Services, people: People
) -> None:
    agree(services, told.conversation_id)
    assert hearers(services, people, assigned, HIS) == HOLDERS | {"assigned", "attendance"}

    await told.says(f"I am {UNSAFE}.")
    assert hearers(services, people, assigned, HIS) == HOLDERS | {"assigned"}


@pytest.mark.parametrize("named", ["adult", "lead", "assigned"])
async def test_whom_an_allegation_names_sees_neither_words_nor_alert(
    told: Speaker, assigned: StaffMember, services: Services, people: People, named: str
) -> None:
    adult = one_asks(people, assigned, named)
    await told.says(f"It was {adult.name}. {UNSAFE}.")

    with services.database.reading(access.as_staff(adult)) as session:
        assert HIS not in all_words(session)
        assert Alert not in tables_seen(session)


async def test_what_adults_wrote_is_for_those_who_read_the_words(
    told: Speaker, assigned: StaffMember, services: Services, people: People
) -> None:
    everything_about(services, people, told)
    for who in EVERYBODY:
        with services.database.reading(access.as_staff(one_asks(people, assigned, who))) as session:
            seen = tables_seen(session)
        assert ({ReviewNote, TagReview, Promise} <= seen) == (who in HOLDERS | {"assigned"}), who
        assert (AdultView in seen, Expectation in seen) == (who in HOLDERS, who in HOLDERS), who


async def test_the_voices_never_cross(told: Speaker, parent: Speaker, services: Services, people: People) -> None:
    everything_about(services, people, told)
    for speaker, own in ((told, HIS), (parent, HERS)):
        with services.database.reading(access.as_speaker(speaker.opened)) as session:
            assert all_words(session) == {own}
    with services.database.reading(access.as_speaker(parent.opened)) as session:
        assert Promise not in tables_seen(session)
    with services.database.reading(access.as_speaker(told.opened)) as session:
        assert Promise in tables_seen(session)
        assert not tables_seen(session) & {ReviewNote, TagReview, Expectation, AdultView}


async def test_two_carers_do_not_read_each_other(services: Services, people: People) -> None:
    said = []
    for relation in ("mother", "father", "", "", "mother"):
        with services.database.writing() as session:
            made = conversations.start(session, people.adult, people.pupil.id, Plan("parent", "en", relation=relation))
        said.append(Speaker(services, made.id))
        await said[-1].says(f"As {relation}, {len(said)}.")

    for carer in said:
        with services.database.reading(access.as_speaker(carer.opened)) as session:
            assert all_words(session) == set(carer.words())


async def test_a_pupil_sees_what_they_said_before(told: Speaker, services: Services, people: People) -> None:
    with services.database.writing() as session:
        again = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", "en"))
        another = conversations.start(session, people.colleague, people.other_pupil.id, Plan("pupil", "en"))
    for conversation, seen in ((again, {HIS}), (another, set())):
        with services.database.reading(f"conversation:{conversation.id}") as session:
            assert all_words(session) == seen


async def test_what_is_not_seen_is_not_changed_either(told: Speaker, services: Services, people: People) -> None:
    with services.database.writing(access.as_staff(people.colleague)) as session:
        session.exec(update(Turn).values(text="Something else."))
        session.exec(delete(Conversation))
        session.commit()
        session.add(
            ReviewNote(conversation_id=told.conversation_id, staff_id=people.colleague.id, words="", form_id="a")
        )
        with pytest.raises(ProgrammingError):
            session.flush()
    assert told.words() == [HIS]


async def test_a_session_stands_for_the_same_one_in_every_transaction(
    told: Speaker, services: Services, people: People
) -> None:
    with services.database.writing(access.as_staff(people.adult)) as session:
        for _ in range(2):
            assert HIS in all_words(session)
            session.commit()
    with services.database.writing(access.as_staff(people.colleague)) as session:
        assert all_words(session) == set()
        with access.as_the_product(session):
            assert HIS in all_words(session)
        assert all_words(session) == set()


async def test_staff_work_as_themselves(told: Speaker, parent: Speaker, services: Services, people: People) -> None:
    """What a page does, it does with no more than its reader sees."""
    with services.database.writing(access.as_staff(people.adult)) as session:
        assert pupils.listed(session, people.adult)[0].standing.conversations == 2
        started = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", "en"))
        hand_overs.by_code(session, people.adult, started.id)
        parent_links.make(session, people.adult, parent.conversation_id)
        reviewing.mark_read(session, people.adult, told.conversation_id)
    assert told.conversation().read_at


async def test_erasing_a_pupil_reaches_every_row_of_theirs(told: Speaker, services: Services, people: People) -> None:
    everything_about(services, people, told)
    with services.database.writing(access.as_staff(people.office)) as session:
        session.delete(session.get_one(type(people.pupil), people.pupil.id))
        session.commit()
    with services.database.reading() as session:
        assert tables_seen(session) == set()


async def test_a_role_that_bypasses_the_wall_is_noticed(
    database: Database, postgresql_stores: PostgresStores, database_url: str
) -> None:
    assert not database.bypasses_policies()
    superuser = Database(postgresql_stores.url_of_superuser(database_url))
    assert superuser.bypasses_policies()
    superuser.close()


async def test_a_review_that_was_taken_away_closes_the_words_again(
    told: Speaker, assigned: StaffMember, services: Services, people: People
) -> None:
    with services.database.writing() as session:
        session.exec(update(Review).where(col(Review.assigned_to_id) == assigned.id).values(assigned_to_id=None))
        session.commit()
    assert "assigned" not in hearers(services, people, assigned, HIS)


async def test_who_waits_for_a_row_that_changes_meanwhile_still_gets_it(told: Speaker, services: Services) -> None:
    """PostgreSQL then looks at the new row again, and works out first whatever a policy may need."""
    opened = told.opened
    with services.database.writing() as changing, ThreadPoolExecutor() as beside:
        changing.exec(update(Conversation).where(col(Conversation.id) == told.conversation_id).values(done=7))
        waiting = beside.submit(done_once_it_is_ours, services.database, opened)
        assert await soon_async(lambda: is_waited_for(services.database))
        changing.commit()
        assert waiting.result(10) == 7


def done_once_it_is_ours(database: Database, opened: Opened) -> int:
    with database.writing(access.as_speaker(opened)) as session:
        return access.conversation_to_change(session, opened).done


def is_waited_for(database: Database) -> bool:
    with database.engine.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
