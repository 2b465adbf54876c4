"""Coming in by a letter: the language, the code, and the word where one was agreed. Without scripts."""

import httpx
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from api.database import Database
from api.models import Carer
from api.services.talk import conversations, parent_links
from api.services.talk.conversations import Plan
from tests.api.people import People
from tests.pages.speakers.conftest import Device
from tests.pages.speakers.forms import look, read

QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash("pebble")


@pytest.fixture
def letter(database: Database, people: People) -> parent_links.Made:
    with database.writing() as session:
        new = conversations.start(session, people.adult, people.pupil.id, Plan("parent", "en"))
        return parent_links.make_with_code(session, people.adult, new.id)


@pytest.fixture
def with_word(database: Database, people: People) -> str:
    """The path of a link that asks for a word."""
    with database.writing() as session:
        known = {"relation": "aunt", "language": "en", "created_by_id": people.adult.id, "word_hash": QUICK}
        carer = Carer(pupil_id=people.pupil.id, **known)
        session.add(carer)
        session.flush()
        plan = Plan("parent", "en", carer_id=carer.id)
        new = conversations.start(session, people.adult, people.pupil.id, plan)
        return f"/parent/{parent_links.make(session, people.adult, new.id)}"


def test_whoever_types_from_a_letter_chooses_a_language_first(client: httpx.Client) -> None:
    page = look(client, "/parent")
    assert {"en", "pl", "ar"} <= set(page.buttons)
    assert "code" not in page.ids


def test_a_typed_code_leads_into_the_conversation_in_that_language(
    client: httpx.Client, letter: parent_links.Made
) -> None:
    assert "code" in look(client, "/parent?language=ar").ids

    answer = client.post("/parent", data={"language": "ar", "code": letter.code.lower()}, follow_redirects=True)

    assert (answer.status_code, answer.headers["content-language"]) == (200, "ar")
    assert letter.token not in str(answer.url)


def test_wrong_and_ended_codes_look_the_same(
    client: httpx.Client, database: Database, people: People, letter: parent_links.Made
) -> None:
    with database.writing() as session:
        parent_links.revoke(session, people.adult, letter.link.id)

    wrong = "00000000"
    answers = [client.post("/parent", data={"language": "en", "code": code}) for code in (letter.code, wrong)]

    assert [(each.status_code, "code-error" in read(each).ids) for each in answers] == [(403, True)] * 2
    assert answers[0].text.replace(letter.code, wrong) == answers[1].text


def test_nothing_can_be_read_or_written_before_the_word(client: httpx.Client, with_word: str) -> None:
    for door in ("", "/talk", "/talk/said", "/talk/news", "/answers", "/copy", "/hide"):
        assert client.get(with_word + door).headers["location"] == f"{with_word}/word"
    for form in ("/language", "/talk/open", "/talk/turn", "/talk/language", "/answers", "/display"):
        answer = client.post(with_word + form, data={"language": "en", "turn": "a" * 32, "kind": "say", "text": "Hm"})
        assert answer.headers["location"] == f"{with_word}/word"
    answer = client.get(f"{with_word}/talk/news", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (401, "word_needed")


def test_the_word_is_asked_once_on_each_device(device: Device, with_word: str) -> None:
    first, second = device(), device()
    assert "word" in look(first, f"{with_word}/word").ids

    answer = first.post(f"{with_word}/word", data={"language": "en", "word": " Pebble "})

    cookie = answer.headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", f"path={with_word}".lower()} <= set(cookie.split("; "))
    assert first.get(with_word).status_code == 200
    assert second.get(with_word).headers["location"] == f"{with_word}/word"


def test_a_wrong_word_opens_nothing(client: httpx.Client, with_word: str) -> None:
    answer = client.post(f"{with_word}/word", data={"language": "pl", "word": "guess"})

    assert (answer.status_code, "word-error" in read(answer).ids) == (403, True)
    assert answer.headers["content-language"] == "pl"
    assert client.get(with_word).status_code == 303


def test_no_word_is_asked_where_none_was_agreed(client: httpx.Client, letter: parent_links.Made) -> None:
    assert client.get(f"/parent/{letter.token}/word").headers["location"] == f"/parent/{letter.token}"
