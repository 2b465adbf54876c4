"""Practice 38: every voice beside the others, agreement marked, and nobody sees on the map what is not theirs."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from api.database import Database
from api.errors import Malformed, NotAllowed, NotFound
from api.models import AdultView, Pupil, Review, StaffMember, TagReview, Verdict
from api.security import new_id
from api.services.catalog import Taxonomy
from api.services.insight import adult_views, changes, voices
from api.services.insight.voices import Map, Row, Voice
from api.settings import ROOT
from tests.api.people import People
from tests.api.told import Said, Telling

TAXONOMY = Taxonomy.read(ROOT / "bot" / "data" / "interview" / "taxonomy.yml")
NOISE, BREAKS, MONEY = "school.sensory", "school.unstructured", "life.money"
WHO = ["adult", "lead", "attendance", "colleague"]


@pytest.fixture
def session(database: Database, people: People) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def drawn(session: Session, staff: StaffMember, pupil: Pupil) -> Map:
    return voices.drawn(session, staff, pupil.id, TAXONOMY)


def rows(found: Map) -> dict[str, Row]:
    return {row.factor: row for _, within in found.rows for row in within}


def counts(found: Map) -> dict[str, list[int]]:
    return {factor: [len(cell.lines) for cell in row.cells] for factor, row in rows(found).items()}


def thinks(session: Session, staff: StaffMember, pupil: Pupil, *codes: str, form: str | None = None) -> None:
    adult_views.write(session, staff, pupil.id, codes, "so I think", form or new_id(), TAXONOMY)


def reviews(session: Session, telling: Telling, staff: StaffMember, verdict: Verdict, code: str, **more: Any) -> None:
    turn = telling.turns[-1]
    about: dict[str, Any] = {
        "conversation_id": turn.conversation_id,
        "turn_id": turn.id,
        "start": 0,
        "end": len(turn.text),
    }
    session.add(TagReview(**about, **more, code=code, verdict=verdict, staff_id=staff.id, form_id=new_id()))
    session.commit()


def test_each_voice_has_a_column_and_carers_are_kept_apart(session: Session, people: People) -> None:
    Telling(session, people.pupil, "parent", "Mother").tells(Said("Money is short.", [MONEY]))
    Telling(session, people.pupil).tells(Said("It is loud.", [NOISE]))
    Telling(session, people.pupil, "parent", "uncle").tells(Said("It is loud for him.", [NOISE]))
    Telling(session, people.pupil, "parent", " mother ").tells(Said("So loud.", [NOISE]))

    found = drawn(session, people.adult, people.pupil)

    assert [(voice.audience, voice.relation) for voice in found.voices] == [
        ("pupil", ""),
        ("parent", "Mother"),
        ("parent", "uncle"),
    ]
    assert counts(found) == {NOISE: [1, 1, 1], MONEY: [0, 1, 0]}


def test_the_map_marks_where_they_agree_and_where_only_one_speaks_of_it(session: Session, people: People) -> None:
    Telling(session, people.pupil).tells(Said("Loud, and lunch.", [NOISE, BREAKS]))
    Telling(session, people.pupil, "parent", "mother").tells(Said("Loud, and money.", [NOISE, MONEY]))
    thinks(session, people.adult, people.pupil, NOISE, BREAKS)

    found = rows(drawn(session, people.adult, people.pupil))

    assert {factor: row.agreement for factor, row in found.items()} == {NOISE: "all", BREAKS: "some", MONEY: "one"}


def test_one_voice_alone_agrees_with_nobody(session: Session, people: People) -> None:
    Telling(session, people.pupil).tells(Said("It is loud.", [NOISE]))

    assert rows(drawn(session, people.adult, people.pupil))[NOISE].agreement is None


def test_a_cell_leads_to_its_newest_line(session: Session, people: People) -> None:
    Telling(session, people.pupil, days_ago=9).tells(Said("It was loud.", [NOISE]))
    newest = Telling(session, people.pupil, days_ago=1).tells(Said("It is loud.", [NOISE]))

    cell = rows(drawn(session, people.adult, people.pupil))[NOISE].cells[0]

    assert cell.newest
    assert (cell.newest.conversation, cell.newest.quote, len(cell.lines)) == (newest.id, "It is loud.", 2)


def test_what_is_going_well_is_no_barrier(session: Session, people: People) -> None:
    Telling(session, people.pupil).tells(Said("Lunch is nice.", [BREAKS], "going_well"), Said("Loud.", [NOISE]))

    assert set(rows(drawn(session, people.adult, people.pupil))) == {NOISE}


def test_nothing_unsafe_stands_on_the_map(session: Session, people: People) -> None:
    telling = Telling(session, people.pupil)
    talk = telling.tells(Said("Loud.", [NOISE]), Said("Not safe.", [MONEY, "neglect"]))
    telling.alerts(talk)

    found = drawn(session, people.lead, people.pupil)

    assert counts(found) == {NOISE: [1]}
    assert "Not safe." not in str(found)


@pytest.mark.parametrize("who", WHO)
def test_lines_for_the_trusted_adult_reach_nobody_else(session: Session, people: People, who: str) -> None:
    talk = Telling(session, people.pupil).tells(
        Said("Loud.", [NOISE]),
        Said("Just for you.", [MONEY], adult_only=True),
        Said("Taken out.", [BREAKS], left_out=True),
    )
    session.add(Review(conversation_id=talk.id, assigned_to_id=people.colleague.id))
    session.commit()

    found = drawn(session, getattr(people, who), people.pupil)

    assert set(rows(found)) == ({NOISE, MONEY} if who in ("adult", "lead") else {NOISE})
    assert ("Just for you." in str(found)) == (who in ("adult", "lead"))


def test_the_attendance_lead_sees_only_what_was_agreed_to_be_shown(session: Session, people: People) -> None:
    Telling(session, people.pupil, agreed=False).tells(Said("Not agreed.", [MONEY]))
    Telling(session, people.pupil).tells(Said("Loud.", [NOISE]))
    unsafe = Telling(session, people.pupil)
    unsafe.alerts(unsafe.tells(Said("Agreed, then unsafe.", [BREAKS])))

    assert set(rows(drawn(session, people.adult, people.pupil))) == {NOISE, MONEY}
    assert set(rows(drawn(session, people.attendance, people.pupil))) == {NOISE}


def test_a_colleague_sees_only_the_conversation_that_was_given_to_them(session: Session, people: People) -> None:
    given = Telling(session, people.pupil).tells(Said("Loud.", [NOISE]))
    Telling(session, people.pupil, "parent", "mother").tells(Said("Money.", [MONEY]))
    with pytest.raises(NotFound):
        drawn(session, people.colleague, people.pupil)

    session.add(Review(conversation_id=given.id, assigned_to_id=people.colleague.id))
    session.commit()

    assert counts(drawn(session, people.colleague, people.pupil)) == {NOISE: [1]}


def test_the_adult_whom_the_words_name_sees_none_of_them(session: Session, people: People) -> None:
    talk = Telling(session, people.pupil).tells(Said("About this adult.", [NOISE]))
    assert counts(drawn(session, people.adult, people.pupil))
    talk.kept_from_id = people.adult.id
    session.add(talk)
    session.commit()

    assert counts(drawn(session, people.adult, people.pupil)) == {}


def test_a_stranger_does_not_learn_that_the_pupil_exists(session: Session, people: People) -> None:
    with pytest.raises(NotFound):
        drawn(session, people.stranger, people.pupil)


# ---- what adults add


def test_the_newest_verdict_wins_and_the_computers_code_stays_visible(session: Session, people: People) -> None:
    telling = Telling(session, people.pupil)
    telling.tells(Said("Nobody to sit with.", [NOISE]))
    reviews(session, telling, people.lead, "disputed", NOISE)
    reviews(session, telling, people.adult, "corrected", NOISE, corrected_to=BREAKS)

    found = rows(drawn(session, people.adult, people.pupil))

    assert [len(found[BREAKS].cells[0].lines), len(found[NOISE].cells[0].lines)] == [1, 0]
    assert len(found[NOISE].cells[0].taken_away) == 1


def test_a_disputed_code_is_not_counted(session: Session, people: People) -> None:
    telling = Telling(session, people.pupil)
    telling.tells(Said("Loud.", [NOISE]))
    reviews(session, telling, people.adult, "disputed", NOISE)

    assert counts(drawn(session, people.adult, people.pupil)) == {NOISE: [0]}


def test_a_verdict_that_names_something_unsafe_puts_nothing_on_the_map(session: Session, people: People) -> None:
    telling = Telling(session, people.pupil)
    telling.tells(Said("Loud.", [NOISE]))
    reviews(session, telling, people.adult, "corrected", NOISE, corrected_to="neglect")

    assert counts(drawn(session, people.adult, people.pupil)) == {NOISE: [0]}


def test_of_each_adult_the_newest_view_counts(session: Session, people: People) -> None:
    thinks(session, people.adult, people.pupil, NOISE)
    thinks(session, people.adult, people.pupil, MONEY)
    thinks(session, people.lead, people.pupil, MONEY)

    found = drawn(session, people.adult, people.pupil)

    assert [adult.name for adult in rows(found)[MONEY].adults] == ["adult", "lead"]
    assert (found.voices, set(rows(found))) == ([], {MONEY})


@pytest.mark.parametrize("who", ["attendance", "colleague"])
def test_what_the_adult_thinks_is_for_them_and_the_lead(session: Session, people: People, who: str) -> None:
    talk = Telling(session, people.pupil).tells(Said("Loud.", [NOISE]))
    session.add(Review(conversation_id=talk.id, assigned_to_id=people.colleague.id))
    thinks(session, people.adult, people.pupil, MONEY)

    assert drawn(session, people.lead, people.pupil).views
    assert drawn(session, getattr(people, who), people.pupil).views == []
    with pytest.raises(NotAllowed):
        thinks(session, getattr(people, who), people.pupil, MONEY)


def test_a_view_that_is_sent_twice_is_kept_once(session: Session, people: People) -> None:
    form = new_id()
    thinks(session, people.adult, people.pupil, NOISE, form=form)
    thinks(session, people.adult, people.pupil, NOISE, form=form)

    assert len(session.exec(select(AdultView)).all()) == 1


@pytest.mark.parametrize("code", ["neglect", "sad", "no.such"])
def test_a_view_is_made_of_barriers_only(session: Session, people: People, code: str) -> None:
    with pytest.raises(Malformed):
        thinks(session, people.adult, people.pupil, code)


# ---- over time


def heard(session: Session, people: People) -> list[Voice]:
    return voices.heard(session, people.adult, people.pupil.id, TAXONOMY)


def test_what_is_new_gone_and_still_there(session: Session, people: People) -> None:
    Telling(session, people.pupil, days_ago=20).tells(Said("Loud.", [NOISE, "sad"], "worries"), Said("Bread.", [MONEY]))
    Telling(session, people.pupil, days_ago=2).tells(Said("Loud.", [NOISE]), Said("Proud.", ["proud"], "feelings"))

    (course,) = changes.courses(heard(session, people), TAXONOMY)

    assert (course.new, course.gone, course.stays) == (["proud"], [MONEY, "sad"], [NOISE])
    assert course.sums == [(0, 1, 2), (1, 0, 1)]


def test_what_different_people_said_is_not_compared(session: Session, people: People) -> None:
    Telling(session, people.pupil, days_ago=20).tells(Said("Loud.", [NOISE]))
    Telling(session, people.pupil, "parent", "mother").tells(Said("Loud.", [NOISE]))

    assert changes.courses(heard(session, people), TAXONOMY) == []
