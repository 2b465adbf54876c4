"""What messages to families say: who writes, where to go, until when; never what about, nor a child's name."""

import html

import pytest
from pydantic import SecretStr

from api.database import Database
from api.models import Carer, Delivery, School
from api.pages import messages
from api.pages.rendering import build_pages
from api.services.catalog import Catalog
from api.services.reaching import deliveries
from api.services.reaching.courier import Written
from api.services.texting.splitting import split
from api.settings import Settings
from tests.api.people import People
from tests.api.reached import SECRET, begun, cares, invited, message, wants

SETTINGS = Settings(environment="test", public_url="https://voice.school.test", secret=SecretStr(SECRET))
FIXED = [kind for kind in deliveries.KINDS if kind not in ("turn", "link", "reminder")]
SCHOOL = "St Mary's & St John's"
CHANNELS = ["text", "whatsapp", "email"]


@pytest.fixture
def carer(database: Database, people: People) -> Carer:
    with database.writing() as session:
        session.get_one(School, people.pupil.school_id).name = SCHOOL
        session.commit()
    return cares(database, people)


def written(database: Database, key: str, carer: Carer) -> Written:
    catalog = Catalog.read(SETTINGS.interview_data)
    with database.reading() as session:
        return messages.writer(build_pages(SETTINGS), SETTINGS, catalog.signposts)(
            session, message(database, key), carer
        )


@pytest.mark.parametrize("kind", FIXED)
def test_every_fixed_message_says_who_writes_and_fits_into_one_text(
    database: Database, people: People, carer: Carer, kind: str
) -> None:
    said = written(database, wants(database, people, carer, kind=kind), carer)

    assert said.text
    assert len(split(said.text, "text")) == 1
    assert (SCHOOL in said.text) is (kind != "unknown_number")
    assert html.unescape(said.text) == said.text


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", ["link", "reminder"])
@pytest.mark.parametrize("guide", ["parent", "first_day"])
def test_an_invitation_names_the_school_and_the_way_in_and_no_child(
    database: Database, people: People, carer: Carer, channel: str, kind: str, guide: str
) -> None:
    key = invited(database, people, carer, channel, guide=guide)  # type: ignore[arg-type]
    _becomes(database, key, kind)
    said = written(database, key, carer)

    assert "https://voice.school.test/parent/" in said.text
    assert SCHOOL in said.subject + said.text
    assert "\n" not in said.subject
    assert bool(said.subject) is (channel == "email")
    for word in (f" {people.pupil.name}", carer.relation, "absen", "problem", "worr"):
        assert word not in said.subject + said.text


def test_how_to_stop_stands_in_every_text_that_nobody_asked_for(
    database: Database, people: People, carer: Carer
) -> None:
    for kind in ("link", "reminder"):
        key = invited(database, people, carer)
        _becomes(database, key, kind)
        assert "STOP" in written(database, key, carer).text


def test_a_message_speaks_the_language_of_the_conversation(database: Database, people: People, carer: Carer) -> None:
    key = wants(database, people, carer, conversation_id=begun(database, people, carer, language="so").id)

    assert written(database, key, carer).language == "so"


def test_where_all_runs_from_right_to_left_names_keep_their_direction(
    database: Database, people: People, carer: Carer
) -> None:
    key = wants(database, people, carer, conversation_id=begun(database, people, carer, language="ar").id)

    assert f"\u2068{SCHOOL}\u2069" in written(database, key, carer).text


def test_a_link_that_cannot_be_read_is_not_written(database: Database, people: People, carer: Carer) -> None:
    key = invited(database, people, carer)
    with database.writing() as session:
        session.get_one(Delivery, message(database, key).id).sealed = "sealed with another secret"
        session.commit()

    with pytest.raises(messages.NotWritten):
        written(database, key, carer)


def _becomes(database: Database, key: str, kind: str) -> None:
    with database.writing() as session:
        session.get_one(Delivery, message(database, key).id).kind = kind
        session.commit()
