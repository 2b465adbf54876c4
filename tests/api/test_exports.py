"""A document holds what its reader may see, and not a line more."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from sqlmodel import Session

from api import access, documents
from api.access import Opened
from api.i18n import Translators, read_languages
from api.models import Review, StaffMember
from api.services.catalog import Catalog
from api.services.replies import copies
from api.services.review import exports
from api.services.safeguarding import chronology
from api.settings import Settings
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE
from tests.api.speaker import Services, Speaker
from tests.contract.schemas import complaints

pytestmark = pytest.mark.anyio

PLAIN, FOR_ADULT, LEFT_OUT = "The corridor is loud.", "Only my adult knows this.", "I take this back."
SETTINGS = Settings()
CATALOG = Catalog.read(SETTINGS.interview_data)
ENGLISH = Translators(read_languages(SETTINGS.interview_data / "languages.yml"), SETTINGS.translations)["en"]


@pytest.fixture
async def talked(speaker: Speaker, services: Services, people: People) -> Speaker:
    """A line for all, one for the trusted adult and one that was left out; a colleague was asked to read them."""
    await speaker.opens()
    await speaker.says(PLAIN)
    kept = await speaker.says(FOR_ADULT)
    await speaker.chooses("readback:adult_only", target={"turn": kept.turn, "start": 0, "end": len(FOR_ADULT)})
    await speaker.leaves_out(await speaker.says(LEFT_OUT), LEFT_OUT)
    with services.database.writing() as session:
        session.add(Review(conversation_id=speaker.conversation_id, assigned_to_id=people.colleague.id))
        session.commit()
    return speaker


def read_by(staff: StaffMember, talked: Speaker, services: Services, make: Callable[[Session, Opened], str]) -> str:
    with services.database.reading() as session:
        return make(session, access.summary_for_staff(session, staff, talked.conversation_id))


def text_of(kind: documents.Kind, content: object) -> str:
    """Of the DOCX: it is made of the same blocks as the PDF, and nothing is drawn over anything."""
    file = docx.Document(BytesIO(documents.docx(kind, content, ENGLISH, "Somebody")))
    return "\n".join(paragraph.text for paragraph in file.paragraphs)


def told_in(made: str) -> set[str]:
    return {words for words in (PLAIN, FOR_ADULT, LEFT_OUT) if words in made}


def summary(session: Session, opened: Opened) -> str:
    return text_of("summary", exports.summary(session, opened, CATALOG.taxonomy))


def record(session: Session, opened: Opened) -> str:
    return text_of("record", exports.record(session, opened))


def as_json(session: Session, opened: Opened) -> str:
    content = exports.as_json(exports.summary(session, opened, CATALOG.taxonomy))
    assert complaints("export", content) == []
    return str(content)


def copy(session: Session, opened: Opened) -> str:
    return text_of("copy", copies.copy_of(session, opened, CATALOG.promises, ENGLISH))


async def test_the_trusted_adult_gets_all_but_what_was_left_out(
    talked: Speaker, services: Services, people: People
) -> None:
    for make in (summary, record, as_json):
        assert told_in(read_by(people.adult, talked, services, make)) == {PLAIN, FOR_ADULT}


async def test_a_colleague_who_was_asked_gets_no_line_for_the_trusted_adult(
    talked: Speaker, services: Services, people: People
) -> None:
    for make in (summary, record, as_json):
        assert told_in(read_by(people.colleague, talked, services, make)) == {PLAIN}


async def test_a_copy_for_the_family_holds_only_what_all_may_read(
    talked: Speaker, services: Services, people: People
) -> None:
    for reader in (people.adult, people.lead):
        assert told_in(read_by(reader, talked, services, copy)) == {PLAIN}


async def test_the_record_says_what_was_asked_where_and_in_whose_presence(
    talked: Speaker, services: Services, people: People
) -> None:
    made = read_by(people.adult, talked, services, record)

    assert made.index("Tell me about 1.") < made.index(PLAIN) < made.index("Tell me about 2.")
    assert "library" in made
    assert "adult" in made


async def test_json_of_a_conversation_without_words_keeps_the_schema(
    speaker: Speaker, services: Services, people: People
) -> None:
    assert "'lines': []" in read_by(people.adult, speaker, services, as_json)


async def test_the_safeguarding_record_holds_the_exact_words_and_the_exact_question(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.opens()
    standing = speaker.page().standing
    assert standing
    await speaker.says(f"I am {UNSAFE}.", asked=standing.id)
    with services.database.reading() as session:
        made = text_of("chronology", chronology.of_pupil(session, people.lead, people.pupil.id))

    assert made.index("Tell me about 1.") < made.index(f"I am {UNSAFE}.")
    assert "library" in made
