"""What stands beside the words on the summary page, without scripts."""

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from api.database import Database
from api.models import Conversation, StaffMember, now
from api.security import new_id
from api.settings import Settings
from tests.api.people import People
from tests.api.spoken import Line, say_more, spoken
from tests.api.translation_server import KEY, TranslationServer
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Element, Markup

SitsDown = Callable[[StaffMember], AtDesk]
ARABIC = Line("الضوضاء.", ["school.sensory"], language="ar")
POSTS = ("read", "notes", "tags", "interpreter", "interpreter-came", "assign", "expect", "person-came")


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    server = TranslationServer()
    yield server
    server.stop()


@pytest.fixture
def settings(settings: Settings, server: TranslationServer) -> Settings:
    return settings.model_copy(update={"translate_url": server.url, "translate_key": SecretStr(KEY)})


@pytest.fixture
def said(database: Database, people: People) -> str:
    with database.writing() as session:
        return spoken(session, people.pupil, "The noise.", ARABIC)


def summary(desk: AtDesk, said: str, query: str = "") -> Markup:
    return desk.sees(f"/staff/conversations/{said}/summary{query}")


def line_form(said: str, **more: str) -> dict[str, str]:
    line = {"turn": f"{said}-1", "start": "0", "end": "10", "code": "school.lesson", "form_id": new_id()}
    return {**line, **more}


def test_nobody_else_can_send_a_form(sits_down: SitsDown, people: People, said: str) -> None:
    form = line_form(said, words="x", verdict="confirmed", to=str(people.colleague.id))
    desks = [sits_down(who) for who in (people.colleague, people.attendance, people.office, people.stranger)]

    answers = [desk.posts(f"/staff/conversations/{said}/{act}", **form) for desk in desks for act in POSTS]

    assert {answer.status_code for answer in answers} == {404}


def test_what_came_since_the_last_look_is_marked(adult: AtDesk, said: str, database: Database) -> None:
    assert new_lines(summary(adult, said)) == []
    with database.writing() as session:
        say_more(session, said, "The bell.", first=3)

    page = summary(adult, said)

    assert new_lines(page) == [f"{said}-3"]
    since = page.find("input", name="since")[0]["value"]
    back = adult.sent_to(f"/staff/conversations/{said}/notes", form_id=new_id(), words="x", since=since)
    assert new_lines(adult.sees(back)) == [f"{said}-3"]
    assert new_lines(summary(adult, said)) == []


def test_a_note_stands_with_its_author(adult: AtDesk, sits_down: SitsDown, people: People, said: str) -> None:
    adult.sent_to(f"/staff/conversations/{said}/notes", form_id=new_id(), words="Talk on <Monday>.")

    (note,) = summary(sits_down(people.lead), said).find("article", class_="note")

    assert "Talk on <Monday>." in note.text
    assert people.adult.name in note.text


def test_a_verdict_stands_beside_the_words(adult: AtDesk, said: str) -> None:
    form = line_form(said, verdict="corrected", corrected_to="school.sensory")
    adult.sent_to(f"/staff/conversations/{said}/tags", **form)

    page = summary(adult, said)

    (verdict,) = [item for item in page.find("li") if "data-verdict" in item.attributes]
    assert (verdict["data-verdict"], verdict["data-code"]) == ("corrected", "school.lesson")
    assert page.find("blockquote")[0].text == "The noise."


def test_foreign_words_have_a_gist_and_their_own_language(adult: AtDesk, said: str) -> None:
    page = summary(adult, said)

    (gist,) = page.find("ul", data_gist="")
    assert gist.text.strip()
    assert [(quote["lang"], quote["dir"]) for quote in page.find("blockquote")] == [("en", "ltr"), ("ar", "rtl")]


def test_a_machines_translation_stands_beside_the_original(adult: AtDesk, said: str, server: TranslationServer) -> None:
    assert summary(adult, said).find("form", action=f"/staff/conversations/{said}/translation")

    page = adult.sees(translation_of(said))

    assert page.find("p", data_machine_made="")[0].text == f"[en] {ARABIC.text}"
    assert page.one("blockquote").text == ARABIC.text
    assert len(server.asked) == 1


def test_a_machine_that_fails_leaves_the_page_whole(adult: AtDesk, said: str, server: TranslationServer) -> None:
    server.status = 500

    page = adult.sees(translation_of(said))

    assert page.find("p", data_no_translation="")
    assert page.one("blockquote").text == ARABIC.text


def test_unsafe_words_are_given_to_no_machine(
    adult: AtDesk, said: str, server: TranslationServer, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(Conversation, said).state = "alerted"
        session.commit()

    assert not summary(adult, said).find("form", action=f"/staff/conversations/{said}/translation")
    assert adult.asks(translation_of(said)).status_code == 404
    assert server.asked == []


def test_who_reads_only_the_summary_sees_no_way_into_the_conversation(
    sits_down: SitsDown, people: People, adult: AtDesk, said: str, database: Database
) -> None:
    adult.sent_to(f"/staff/conversations/{said}/notes", form_id=new_id(), words="A note.")
    with database.writing() as session:
        session.get_one(Conversation, said).agreed_at = now()
        session.commit()

    page = summary(sits_down(people.attendance), said)

    assert "The noise." in page.find("blockquote")[0].text
    assert not [link for link in page.links() if "#turn-" in link or link.endswith(said)]
    assert not [form for form in page.find("form", method="post") if said in form["action"]]
    assert not page.find("article", class_="note")


def test_what_was_expected_stands_beside_what_was_said(adult: AtDesk, said: str) -> None:
    page = f"/staff/conversations/{said}/expect"
    adult.client.post(page, data={"words": "Home.", "codes": ["home.loss", "school.lesson"]})

    found = summary(adult, said).find("section", data_expected="own")

    assert len(found) == 1
    assert "Home." in found[0].text


def test_words_that_were_taken_back_are_gone(adult: AtDesk, said: str, database: Database) -> None:
    with database.writing() as session:
        session.get_one(Conversation, said).withdrawn_at = now()
        session.commit()

    for page in ("summary", "assign", "expect"):
        assert adult.asks(f"/staff/conversations/{said}/{page}").status_code == 410


def new_lines(page: Markup) -> list[str]:
    lines: list[Element] = page.find("li", class_="line")
    return [line["data-turn"] for line in lines if "data-new" in line.attributes]


def translation_of(said: str) -> str:
    return f"/staff/conversations/{said}/translation?turn={said}-2&start=0&end={len(ARABIC.text)}"
