"""What was promised stands before anything else, in the speaker's language, and their words stay as they are."""

import re

import httpx
import pytest

from api.database import Database
from api.models import Conversation, Promise
from api.services.replies import promises
from api.services.replies.promises import Answer
from api.services.talk import hand_overs, parent_links
from tests.api.people import People
from tests.api.promised import promised, talked
from tests.pages.speakers.conftest import Device
from tests.pages.speakers.forms import read

WORDS = "The gate is hard."


@pytest.fixture
def arabic(database: Database, people: People) -> Promise:
    """Answered in English, to a parent who reads Arabic."""
    with database.writing() as session:
        about = {"audience": "parent", "relation": "aunt", "language": "ar"}
        conversation = talked(session, people.adult, people.pupil, WORDS, **about)
        promise = promised(session, people.adult, conversation)
        promises.answer(session, people.adult, promise.id, 1, Answer("done", "See you on Monday."))
        return promise


@pytest.fixture
def link(database: Database, people: People, arabic: Promise) -> str:
    with database.writing() as session:
        return f"/parent/{parent_links.make(session, people.adult, arabic.conversation_id or '')}"


def test_a_renewed_link_of_a_finished_conversation_begins_with_the_answer(client: httpx.Client, link: str) -> None:
    chosen = client.post(f"{link}/language", data={"language": "ar"})
    assert chosen.headers["location"] == f"{link}/answers"
    assert client.get(f"{link}/talk").headers["location"] == f"{link}/answers"

    seen = read(client.get(f"{link}/answers")).form("/answers")
    client.post(seen.action, data={"shown": seen.fields["shown"]})

    assert client.get(link).headers["location"] == f"{link}/talk"
    assert client.get(f"{link}/talk").status_code == 200


def test_the_page_reads_from_right_to_left_and_quotations_in_their_own_direction(
    client: httpx.Client, link: str
) -> None:
    client.post(f"{link}/language", data={"language": "ar"})
    page = client.get(f"{link}/answers")

    assert (read(page).html["lang"], read(page).html["dir"]) == ("ar", "rtl")
    quoted = re.findall(r'<blockquote class="\w+" lang="en" dir="ltr">(.*?)</blockquote>', page.text)
    assert WORDS in quoted
    assert "See you on Monday." in quoted


def test_the_copy_of_a_link_is_in_their_language_too(client: httpx.Client, link: str) -> None:
    client.post(f"{link}/language", data={"language": "ar"})
    page = client.get(f"{link}/copy")

    assert read(page).html["dir"] == "rtl"
    assert 'data-agreed="yes"' in page.text
    assert WORDS in page.text


def test_a_program_that_looks_at_the_link_has_not_seen_the_answer(
    client: httpx.Client, link: str, database: Database, arabic: Promise
) -> None:
    client.post(f"{link}/language", data={"language": "en"})
    client.get(f"{link}/answers")

    with database.reading() as session:
        assert session.get_one(Promise, arabic.id).told_at is None


def test_no_page_of_answers_leads_a_pupil_to_the_staff(device: Device, database: Database, people: People) -> None:
    with database.writing() as session:
        conversation: Conversation = talked(session, people.adult, people.pupil, WORDS)
        promised(session, people.adult, conversation)
        code = hand_overs.by_code(session, people.adult, conversation.id)
    tablet = device()

    assert tablet.post("/pupil/code", data={"code": code}).headers["location"] == "/pupil/answers"
    for path in ("/pupil/answers", "/pupil/copy"):
        page = tablet.get(path)
        assert page.status_code == 200
        assert not [way for way in read(page).links if way.startswith("/staff")]


def test_what_another_voice_was_promised_is_not_behind_the_address(
    client: httpx.Client, link: str, device: Device, database: Database, people: People
) -> None:
    with database.writing() as session:
        uncle = talked(session, people.adult, people.pupil, "hello", audience="parent", relation="uncle")
        other = f"/parent/{parent_links.make(session, people.adult, uncle.id)}"

    client.post(f"{link}/language", data={"language": "en"})
    assert WORDS in client.get(f"{link}/answers").text

    for path in ("answers", "copy"):
        page = device().get(f"{other}/{path}").text
        assert WORDS not in page
        assert "data-promise=" not in page
