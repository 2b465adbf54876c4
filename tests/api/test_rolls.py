from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from api.database import Database
from api.errors import NotFound, Unfit
from api.models import Alert, AuditEntry, Conversation, Pupil, Shown, Turn
from api.security import new_id
from api.services.people import rolls
from api.services.people.rolls import About
from api.services.talk import conversations
from api.services.talk.conversations import Plan
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.api.speaker import Speaker


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


def about(people: People, name: str = "New Pupil", adult: int = 0) -> About:
    return About(name, "4", "8-11", "pl", adult or people.adult.id)


def rows(session: Session, *tables: type) -> int:
    return sum(len(session.exec(select(table)).all()) for table in tables)


@pytest.mark.parametrize(
    ("year", "country", "band"),
    [
        ("R", "GB-ENG", "5-7"),
        ("Year 2", "GB-ENG", "5-7"),
        ("3", "GB-ENG", "8-11"),
        ("Y6", "GB-WLS", "8-11"),
        ("year 7", "GB-ENG", "12-16"),
        ("3", "GB-NIR", "5-7"),
        ("P4", "GB-SCT", "8-11"),
        ("Primary 7", "GB-SCT", "8-11"),
        ("S1", "GB-SCT", "12-16"),
        ("13", "GB-ENG", "12-16"),
        ("0", "GB-ENG", None),
        ("Willow", "GB-ENG", None),
        ("٣", "GB-ENG", None),
        ("", "GB-ENG", None),
    ],
)
def test_the_age_band_follows_from_the_year_where_it_can(year: str, country: str, band: str | None) -> None:
    assert rolls.age_band_of(year, country) == band


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [
        ("name", {"name": " "}),
        ("year", {"year": ""}),
        ("age_band", {"band": "9-99"}),
        ("age_band", {"year": "Willow"}),
        ("language", {"language": "xx"}),
    ],
)
def test_what_is_missing_or_unknown_is_named(
    session: Session, people: People, fault: str, wrong: dict[str, str]
) -> None:
    given = {"name": "New Pupil", "year": "4", "band": "", "language": "pl", **wrong}
    with pytest.raises(Unfit) as refused:
        rolls.checked(session, people.office, {"en", "pl"}, **given, adult=people.adult.id)

    assert refused.value.fault == fault


@pytest.mark.parametrize("who", ["attendance", "office", "stranger"])
def test_only_who_may_read_words_can_be_trusted_with_a_pupil(session: Session, people: People, who: str) -> None:
    with pytest.raises(Unfit) as refused:
        rolls.checked(session, people.office, {"en"}, "New Pupil", "4", "", "en", getattr(people, who).id)

    assert refused.value.fault == "adult"


def test_a_form_that_is_sent_twice_adds_one_pupil(session: Session, people: People) -> None:
    form = new_id()

    assert rolls.add(session, people.office, about(people), form) == rolls.add(
        session, people.office, about(people), form
    )
    assert rows(session, Pupil) == 3


def test_a_pupil_of_the_same_name_and_year_is_asked_about(session: Session, people: People) -> None:
    rolls.add(session, people.office, about(people), new_id())
    with pytest.raises(Unfit) as refused:
        rolls.add(session, people.office, about(people, "new pupil"), new_id())

    assert refused.value.fault == "on_the_roll"
    assert rolls.add(session, people.office, about(people), new_id(), twin=True)


def test_a_new_trusted_adult_is_in_the_trail_and_no_name_is(session: Session, people: People) -> None:
    rolls.change(session, people.office, people.pupil.id, about(people, adult=people.colleague.id))

    (entry,) = session.exec(select(AuditEntry))
    assert entry.details["adult_after"] == people.colleague.id
    assert "New Pupil" not in entry.model_dump_json()
    assert session.get_one(Pupil, people.pupil.id).trusted_adult_id == people.colleague.id


def test_a_school_does_not_touch_the_pupils_of_another(session: Session, people: People) -> None:
    with pytest.raises(NotFound):
        rolls.change(session, people.stranger, people.pupil.id, about(people))
    with pytest.raises(NotFound):
        rolls.erase(session, people.stranger, people.pupil.id, people.pupil.name)


def test_nothing_is_erased_unless_the_name_is_typed(session: Session, people: People) -> None:
    with pytest.raises(Unfit):
        rolls.erase(session, people.office, people.pupil.id, "another name")

    assert session.get(Pupil, people.pupil.id)


@pytest.mark.anyio
async def test_erasing_takes_every_word_and_leaves_the_alert(
    speaker: Speaker, bot: ScriptedBot, database: Database, people: People
) -> None:
    await speaker.opens()
    await speaker.says(UNSAFE)
    with database.writing() as session:
        assert rows(session, Alert) == 1
        rolls.erase(session, people.office, people.pupil.id, f" {people.pupil.name.upper()} ")

    with database.reading() as session:
        assert rows(session, Conversation, Turn, Shown) == 0
        assert session.exec(select(Alert)).one().pupil_id == people.pupil.id


def test_words_that_nobody_checked_for_safety_are_not_erased(session: Session, people: People) -> None:
    talk = conversations.start(
        session, people.adult, people.pupil.id, Plan("pupil", "en", None, None, "adult", "library")
    )
    session.add(Turn(id=new_id(), conversation_id=talk.id, ordinal=1, kind="say", text="x", language="en"))
    session.commit()

    with pytest.raises(Unfit) as refused:
        rolls.erase(session, people.office, people.pupil.id, people.pupil.name)
    assert refused.value.fault == "unscreened"


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_new_pupil_does_not_inherit_the_records_of_an_erased_one(session: Session, people: People) -> None:
    gone = rolls.put_on_roll(session, people.office, about(people))
    session.commit()
    rolls.erase(session, people.office, gone.id, gone.name)

    assert rolls.put_on_roll(session, people.office, about(people, "Another")).id != gone.id
