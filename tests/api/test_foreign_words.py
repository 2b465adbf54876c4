"""Words in a language that the reader does not read: gists of our own, and a machine of the school's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr, ValidationError
from sqlmodel import Session

from api import access
from api.database import Database
from api.errors import NotFound
from api.machine_translation import MachineTranslation, NoTranslation
from api.models import Conversation, Turn
from api.services.catalog import Taxonomy
from api.services.review import summaries, translating
from api.services.review.gists import gists
from api.services.review.summaries import Item
from api.settings import Settings
from tests.api.people import People
from tests.api.spoken import Line, alert_about, spoken
from tests.api.translation_server import KEY, TranslationServer

FILE = Path("bot/data/interview/taxonomy.yml")
TAXONOMY = Taxonomy.read(FILE)
NOISE = Line("الضوضاء.", ["school.sensory", "sad"], language="ar")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    server = TranslationServer()
    yield server
    server.stop()


def items(session: Session, people: People, *lines: Line) -> list[Item]:
    opened = access.conversation_for_staff(session, people.adult, spoken(session, people.pupil, *lines))
    view = summaries.view(session, opened, TAXONOMY)
    assert view
    return [item for section in view.sections for group in section.groups for item in group.items]


def may(session: Session, people: People, said: str) -> bool:
    opened = access.conversation_for_staff(session, people.lead, said)
    return translating.may_translate(session, opened, TAXONOMY)


def test_every_code_that_may_be_guessed_has_a_gist_and_nothing_unsafe_has_one() -> None:
    guessed = {code for code, kind in TAXONOMY.kinds.items() if kind in ("factors", "feelings", "voice")}

    assert set(TAXONOMY.gists) == guessed
    assert not [entry for entry in yaml.safe_load(FILE.read_text("utf-8"))["safeguarding"] if "gist" in entry]


def test_who_cannot_read_the_words_is_told_what_they_seem_to_be_about(session: Session, people: People) -> None:
    (item,) = items(session, people, NOISE)

    assert gists(item, "worries", "en", TAXONOMY) == [TAXONOMY.gists["school.sensory"], TAXONOMY.gists["sad"]]


def test_who_reads_the_language_is_told_nothing_of_the_kind(session: Session, people: People) -> None:
    (item,) = items(session, people, NOISE)

    assert gists(item, "worries", "ar", TAXONOMY) == ()


def test_what_goes_well_is_not_said_to_be_hard(session: Session, people: People) -> None:
    (item,) = items(session, people, Line("الرسم.", ["school.lesson", "happy"], "going_well", language="ar"))

    assert gists(item, "going_well", "en", TAXONOMY) == [TAXONOMY.gists["happy"]]


def test_the_schools_own_server_is_asked_for_one_line(server: TranslationServer) -> None:
    machine = MachineTranslation(server.url, SecretStr(KEY))

    assert machine.translate("الضوضاء.", "ar", "en") == "[en] الضوضاء."
    assert server.asked == [{"q": "الضوضاء.", "source": "ar", "target": "en", "format": "text"}]


def test_a_server_that_is_broken_refuses_or_is_away_has_no_translation(server: TranslationServer) -> None:
    broken, refused = MachineTranslation(server.url, SecretStr(KEY)), MachineTranslation(server.url)
    server.status = 500
    for machine in (broken, refused, MachineTranslation("http://127.0.0.1:9")):
        with pytest.raises(NoTranslation) as failed:
            machine.translate("secret words", "ar", "en")
        assert "secret" not in repr(failed.value)


@pytest.mark.parametrize("url", ["http://translate.test", "ftp://127.0.0.1", "//127.0.0.1", "http://10.0.0.1:5000"])
def test_words_go_to_no_server_that_others_could_listen_to(url: str) -> None:
    with pytest.raises(ValidationError):
        Settings(translate_url=url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:5000", "http://localhost", "http://[::1]:5000", "https://t.test/x"])
def test_this_machine_and_https_are_fit(url: str) -> None:
    assert Settings(translate_url=url).translate_url == url


def test_screened_words_may_be_translated(session: Session, people: People) -> None:
    assert may(session, people, spoken(session, people.pupil, NOISE))


def test_nothing_of_a_conversation_with_an_alert_is_given_to_a_machine(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, NOISE, Line("ب", language="ar"))

    alert_about(session, said, people.pupil)

    assert not may(session, people, said)


@pytest.mark.parametrize(
    "unsafe", [Line("ب", unsafe=["neglect"]), Line("ب", ["neglect"]), Line("ب", ["neglect"], status="left_out")]
)
def test_nothing_beside_an_unsafe_line_is_given_to_a_machine(session: Session, people: People, unsafe: Line) -> None:
    assert not may(session, people, spoken(session, people.pupil, NOISE, unsafe))


@pytest.mark.parametrize("state", ["waiting", "refused"])
def test_nothing_is_given_to_a_machine_before_it_was_screened(session: Session, people: People, state: str) -> None:
    said = spoken(session, people.pupil, NOISE, Line("ب"))
    session.get_one(Turn, f"{said}-2").state = state  # type: ignore[assignment]
    session.commit()

    assert not may(session, people, said)


def test_words_that_name_an_adult_are_given_to_no_machine(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, NOISE)
    session.get_one(Conversation, said).kept_from_id = people.adult.id
    session.commit()

    assert not may(session, people, said)


def test_only_a_line_that_stands_in_the_summary_is_translated(session: Session, people: People) -> None:
    said = spoken(session, people.pupil, NOISE, Line("سر", status="left_out"))
    opened = access.conversation_for_staff(session, people.adult, said)
    view = summaries.view(session, opened, TAXONOMY)

    assert translating.line_at(view, f"{said}-1", 0, len(NOISE.text)).quote == NOISE.text
    for turn, end in ((f"{said}-1", 3), (f"{said}-2", 2)):
        with pytest.raises(NotFound):
            translating.line_at(view, turn, 0, end)
