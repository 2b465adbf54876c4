"""Everything about one pupil's safety in the order of time, whatever was erased since."""

import csv
from io import StringIO

import pytest

from api.database import Database
from api.errors import NotFound
from api.models import Conversation, Pupil, StaffMember, Turn, now
from api.security import new_id
from api.services import audit
from api.services.safeguarding import chronology, handling
from api.services.safeguarding.alerts import Told
from api.services.safeguarding.chronology import Chronology
from api.services.safeguarding.handling import Form
from tests.api.alerted import WORDS, age, raise_one, rows
from tests.api.people import People


def told(database: Database, staff: StaffMember, people: People) -> Chronology:
    with database.reading() as session:
        return chronology.of_pupil(session, staff, people.pupil.id)


def table(database: Database, people: People) -> list[dict[str, str]]:
    content = chronology.as_csv(told(database, people.lead, people))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def alert(database: Database, people: People) -> int:
    """Read by the trusted adult, handled and closed."""
    asked = {"text": "How is home?", "language": "en", "choices": []}
    raised = raise_one(database, people, question=asked, said_at=age(60), place="library")
    with database.writing() as session:
        handling.acknowledge(session, people.adult, raised)
        handling.acknowledge(session, people.lead, raised)
        told = Told("the head", "the adult", now())
        handling.tell_in_person(session, people.lead, raised, told, Form(new_id(), 99))
        handling.take_step(session, people.lead, raised, "closed", "Handed over.", Form(new_id(), 99))
    return raised


def erase(database: Database, people: People) -> None:
    with database.writing() as session:
        session.delete(session.get_one(Pupil, people.pupil.id))
        audit.record(session, people.office, "pupil_erased", "pupil", people.pupil.id, pupil_id=people.pupil.id)
        session.commit()


def test_it_holds_alerts_readings_and_steps_in_order(database: Database, people: People, alert: int) -> None:
    events = told(database, people.lead, people).events

    assert [(event.kind, event.by) for event in events] == [
        ("raised", ""),
        ("read", "adult"),
        ("acknowledged", "lead"),
        ("told_in_person", "lead"),
        ("closed", "lead"),
    ]
    assert events[-1].note == "Handed over."


def test_it_holds_what_speakers_took_back(database: Database, people: People, alert: int) -> None:
    with database.writing() as session:
        held = told(database, people.lead, people).alerts[0].conversation
        about = {"conversation_id": held, "kind": "choose", "language": "en"}
        codes = (["control:withdraw"], ["readback:leave_out"], ["control:skip"])
        session.add_all(Turn(id=f"t{n}", ordinal=n, choices=chosen, **about) for n, chosen in enumerate(codes))
        session.commit()

    kinds = [event.kind for event in told(database, people.lead, people).events]
    assert kinds.count("took_back") == 2


def test_it_is_whole_after_the_pupil_was_erased(database: Database, people: People, alert: int) -> None:
    erase(database, people)
    found = told(database, people.lead, people)

    assert found.is_erased
    assert (found.pupil_name, found.events[-1].kind) == (people.pupil.name, "erased")
    assert found.alerts[0].words == WORDS
    assert rows(database, Conversation) == []


@pytest.mark.parametrize("who", ["adult", "colleague", "attendance", "office", "stranger"])
def test_it_is_for_the_schools_leads_alone(database: Database, people: People, alert: int, who: str) -> None:
    for erased in (False, True):
        if erased:
            erase(database, people)
        with database.reading() as session, pytest.raises(NotFound):
            chronology.of_pupil(session, getattr(people, who), people.pupil.id)
        with database.reading() as session, pytest.raises(NotFound):
            chronology.of_alert(session, getattr(people, who), alert)


def test_an_alert_kept_from_a_lead_is_not_in_theirs(database: Database, people: People) -> None:
    raise_one(database, people, kept_from_id=people.deputy.id)

    assert told(database, people.deputy, people).events == ()
    assert len(told(database, people.lead, people).events) == 1


def test_a_pupil_of_whom_nothing_is_known_has_none(database: Database, people: People) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        chronology.of_pupil(session, people.lead, 999)


def test_of_one_alert_there_is_nothing_of_another(database: Database, people: People, alert: int) -> None:
    other = raise_one(database, people, words="Other words.")
    with database.reading() as session:
        found = chronology.of_alert(session, people.lead, other)

    assert [event.kind for event in found.events] == ["raised"]
    assert found.alerts[0].words == "Other words."


def test_the_table_has_a_row_for_each_event(database: Database, people: People, alert: int) -> None:
    found = table(database, people)

    assert [row["event"] for row in found] == ["raised", "read", "acknowledged", "told_in_person", "closed"]
    first, in_person, last = found[0], found[3], found[4]
    assert (first["words"], first["question"], first["place"]) == (WORDS, "How is home?", "library")
    assert (in_person["told_to"], in_person["told_by"]) == ("the head", "the adult")
    assert (last["by"], last["role"], last["note"]) == ("lead", "safeguarding_lead", "Handed over.")
    assert {row["pupil_id"] for row in found} == {str(people.pupil.id)}


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", ' =1+1,"x"\n=2'])
def test_no_cell_is_a_formula(database: Database, people: People, words: str) -> None:
    raise_one(database, people, words=words)

    (row,) = table(database, people)
    assert row["words"].lstrip(" ")[0] not in "=+-@\t＝"
    assert words in row["words"]
