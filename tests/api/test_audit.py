"""Who did what is written down, chained, and refuses to be changed."""

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import text

from api import access
from api.access import TrailFilter
from api.database import Database
from api.errors import NotFound
from api.models import StaffMember
from api.services import audit
from tests.api.people import People

on_both = pytest.mark.parametrize("store", ["sqlite", "postgresql"])
ALL = TrailFilter()


@pytest.fixture
def trail(database: Database, people: People) -> Database:
    """Three acts of one school and one of another."""
    with database.writing() as session:
        audit.record(session, people.adult, "summary_read", "conversation", "c1", pupil_id=people.pupil.id)
        audit.record(session, people.lead, "alert_acknowledged", "alert", 1)
        audit.record(session, people.stranger, "summary_read", "conversation", "c9")
        audit.append(session, people.lead.school_id, None, "alert_escalated", "alert", 1, round=1)
        session.commit()
    return database


def tamper(database: Database, change: str) -> None:
    """As somebody with the file in their hands could: the database's own refusal is taken away first."""
    with database.writing() as session:
        session.connection().execute(text("DROP TRIGGER audit_entry_refuses_update"))
        session.connection().execute(text("DROP TRIGGER audit_entry_refuses_delete"))
        session.connection().execute(text(change))
        session.commit()


def verified(database: Database, staff: StaffMember) -> audit.Verified:
    with database.reading() as session:
        return audit.verify(session, staff.school_id)


@on_both
def test_each_school_has_a_chain_of_its_own(trail: Database, people: People) -> None:
    here, elsewhere = verified(trail, people.lead), verified(trail, people.stranger)

    assert (here.entries, here.is_whole, elsewhere.entries, elsewhere.is_whole) == (3, True, 1, True)
    assert here.head != elsewhere.head


@pytest.mark.parametrize(
    ("change", "broken_at"),
    [
        ("UPDATE audit_entry SET act = 'nothing' WHERE id = 2", 2),
        ("UPDATE audit_entry SET staff_id = 2 WHERE id = 1", 1),
        ("UPDATE audit_entry SET details = '{}' WHERE id = 4", 4),
        ("DELETE FROM audit_entry WHERE id = 1", 2),
        ("DELETE FROM audit_entry WHERE id = 2", 4),
    ],
)
def test_what_was_changed_or_taken_out_is_found(trail: Database, people: People, change: str, broken_at: int) -> None:
    tamper(trail, change)

    assert verified(trail, people.lead).broken_at == broken_at


@on_both
@pytest.mark.parametrize("change", ["UPDATE audit_entry SET act = 'nothing'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_trail(trail: Database, change: str) -> None:
    with trail.writing() as session, pytest.raises(DatabaseError):
        session.connection().execute(text(change))


def test_the_lead_reads_the_trail_of_their_school_newest_first(trail: Database, people: People) -> None:
    assert acts(trail, people.lead) == ["alert_escalated", "alert_acknowledged", "summary_read"]
    assert acts(trail, people.lead, TrailFilter(staff_id=people.adult.id)) == ["summary_read"]
    assert acts(trail, people.lead, TrailFilter(pupil_id=people.pupil.id)) == ["summary_read"]
    assert acts(trail, people.lead, TrailFilter(act="alert_escalated")) == ["alert_escalated"]


@pytest.mark.parametrize("who", ["adult", "colleague", "attendance"])
def test_others_do_not_learn_that_there_is_a_trail(trail: Database, people: People, who: str) -> None:
    with pytest.raises(NotFound):
        acts(trail, getattr(people, who))


def test_an_act_that_did_not_happen_leaves_no_entry(database: Database, people: People) -> None:
    with database.writing() as session:
        audit.record(session, people.lead, "summary_read", "conversation", "c1")
        session.rollback()

    assert verified(database, people.lead).entries == 0


def acts(database: Database, staff: StaffMember, wanted: TrailFilter = ALL) -> list[str]:
    with database.reading() as session:
        return [entry.act for entry in access.audit_entries_for(session, staff, wanted, None, 50)]
