"""Practice 26: whatever is read, edited, erased or withdrawn, the record of an alert stays as it was written."""

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from api.database import Database
from api.models import Alert, AlertStep, Conversation, Pupil, Turn
from api.services.safeguarding import alerts, handling
from api.services.safeguarding.alerts import AlertView
from tests.api.alerted import raise_one, rows
from tests.api.people import People

pytestmark = pytest.mark.parametrize("store", ["sqlite", "postgresql"])


@pytest.fixture
def alert(database: Database, people: People) -> int:
    """Acknowledged, about words that are still there."""
    raised = raise_one(database, people)
    with database.writing() as session:
        held = rows(database, Conversation)[0].id
        session.add(Turn(id="t1", conversation_id=held, ordinal=0, kind="say", text="Words.", language="en"))
        session.flush()
        session.get_one(Alert, raised).turn_id = "t1"
        handling.acknowledge(session, people.lead, raised)
    return raised


def view(database: Database, people: People, alert: int) -> AlertView:
    with database.reading() as session:
        return alerts.get(session, people.lead, alert)


def erase(session: Session, what: str, people: People) -> None:
    if what == "turns":
        session.connection().execute(delete(Turn))
    elif what == "conversation":
        session.connection().execute(delete(Conversation))
    else:
        session.connection().execute(delete(Pupil).where(col(Pupil.id) == people.pupil.id))


@pytest.mark.parametrize("what", ["turns", "conversation", "pupil"])
def test_erasing_words_leaves_the_alert_whole(database: Database, people: People, alert: int, what: str) -> None:
    before = view(database, people, alert)
    with database.writing() as session:
        erase(session, what, people)
        session.commit()
    after = view(database, people, alert)

    gone = {"conversation", "turn"}
    assert rows(database, Turn) == []
    assert {**vars(after), **dict.fromkeys(gone)} == {**vars(before), **dict.fromkeys(gone)}


@pytest.mark.parametrize("table", ["alert", "alert_step"])
@pytest.mark.parametrize("order", ["DELETE FROM {}", "UPDATE {} SET {} = 'Other words.'"])
def test_the_database_refuses_to_change_what_was_written(
    database: Database, people: People, alert: int, table: str, order: str
) -> None:
    before = rows(database, Alert), rows(database, AlertStep)
    column = {"alert": "words", "alert_step": "note"}[table]

    with database.writing() as session, pytest.raises(DBAPIError):
        session.connection().execute(text(order.format(table, column)))
    assert (rows(database, Alert), rows(database, AlertStep)) == before


def test_a_school_that_has_alerts_cannot_be_deleted(database: Database, people: People, alert: int) -> None:
    with database.writing() as session, pytest.raises(DBAPIError):
        session.connection().execute(text("DELETE FROM school"))
