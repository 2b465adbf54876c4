"""Staff promise, answer, and never lose what they wrote; it works without scripts."""

from collections.abc import Callable
from typing import get_args

import pytest
from sqlmodel import select

from api.database import Database
from api.models import Outcome, Promise, StaffMember
from api.security import new_id
from api.services.replies import promises
from api.settings import ROOT
from tests.api.people import People
from tests.api.promised import in_days
from tests.pages.staff.conftest import Device
from tests.pages.staff.drivers import AtDesk, OnTablet, Started

WORDS = "The corridor is loud."


@pytest.fixture
def told(tablet: OnTablet) -> str:
    """The turn in which the pupil said something."""
    return tablet.says(WORDS)


def form_of(people: People, turn: str = "", **more: str) -> dict[str, str]:
    line = f"{turn}:0:{len(WORDS)}" if turn else ""
    usual = {"kind": "quiet_place", "owner": str(people.adult.id), "due_on": in_days(5).isoformat(), "language": "en"}
    return {"form_id": new_id(), "words": "", "line": line, **usual, **more}


def promises_in(database: Database) -> list[Promise]:
    with database.reading() as session:
        return list(session.exec(select(Promise)))


def make(adult: AtDesk, started: Started, form: dict[str, str]) -> str:
    """The id of the new promise."""
    return adult.sent_to(f"/staff/conversations/{started.conversation}/promises", **form).split("#promise-")[1]


def test_a_promise_stands_on_the_summary_the_pupils_page_and_the_list(
    adult: AtDesk, people: People, started: Started, told: str
) -> None:
    promise = make(adult, started, form_of(people, told))

    summary = adult.sees(f"/staff/conversations/{started.conversation}/summary")
    assert summary.one("li", data_promise=promise)
    assert adult.sees(f"/staff/pupils/{people.pupil.id}").one("li", data_promise=promise)
    row = adult.sees("/staff/promises").one("tr", data_promise=promise)
    assert row["data-standing"] == "due_soon"
    assert WORDS in adult.sees(f"/staff/promises/{promise}").one("blockquote").text


def test_the_form_offers_the_lines_that_were_said(adult: AtDesk, started: Started, told: str) -> None:
    page = adult.sees(f"/staff/conversations/{started.conversation}/promise")

    offered = [field["value"] for field in page.find("input", name="line")]
    assert offered == ["", f"{told}:0:{len(WORDS)}"]


def test_every_code_of_a_promise_has_a_name() -> None:
    labels = (ROOT / "api" / "templates" / "staff" / "labels_promises.html").read_text("utf-8")

    for codes in (Outcome, promises.Standing, promises.Fault):
        assert [code for code in get_args(codes) if f'"{code}": ' not in labels] == []


def test_a_form_with_a_day_that_is_over_comes_back_with_everything_in_it(
    adult: AtDesk, people: People, started: Started, told: str, database: Database
) -> None:
    form = form_of(people, told, due_on=in_days(-1).isoformat(), words="what I wrote")

    answer = adult.posts(f"/staff/conversations/{started.conversation}/promises", **form)

    assert answer.status_code == 422
    assert 'data-fault="past"' in answer.text
    assert "what I wrote" in answer.text
    assert form["form_id"] in answer.text
    assert promises_in(database) == []


def test_a_form_that_is_sent_twice_promises_once(
    adult: AtDesk, people: People, started: Started, told: str, database: Database
) -> None:
    form = form_of(people, told)

    assert make(adult, started, form) == make(adult, started, form)
    assert len(promises_in(database)) == 1


def test_of_two_answers_at_once_the_page_shows_both(adult: AtDesk, people: People, started: Started, told: str) -> None:
    promise = make(adult, started, form_of(people, told))
    answer = f"/staff/promises/{promise}/answer"
    adult.posts(answer, version="1", outcome="done", words="first words", language="en")

    late = adult.posts(answer, version="1", outcome="could_not", words="late words", language="en")

    assert late.status_code == 409
    assert 'data-fault="outdated"' in late.text
    assert "first words" in late.text
    assert "late words" in late.text
    assert 'name="version" value="2"' in late.text


def test_the_answer_comes_before_anything_else_on_the_tablet_and_is_then_seen(
    adult: AtDesk, people: People, started: Started, told: str, device: Device
) -> None:
    promise = make(adult, started, form_of(people, told))
    adult.posts(f"/staff/promises/{promise}/answer", version="1", outcome="done", words="", language="en")
    code = adult.shows_code(started)
    tablet = device()

    arrived = tablet.post("/pupil/code", data={"code": code})
    assert arrived.headers["location"] == "/pupil/answers"
    page = tablet.get("/pupil/answers").text
    assert f'data-promise="{promise}" data-outcome="done" data-news' in page
    assert WORDS in page
    assert adult.sees(f"/staff/promises/{promise}").find("dd", data_standing="answered")

    assert tablet.post("/pupil/answers", data={"shown": f"{promise}-2"}).headers["location"] == "/pupil/talk"
    assert tablet.get("/pupil").headers["location"] == "/pupil/talk"
    assert adult.sees(f"/staff/promises/{promise}").find("dd", data_standing="told")


def test_others_find_no_promise_at_its_address(
    adult: AtDesk, people: People, started: Started, told: str, sits_down: Callable[[StaffMember], AtDesk]
) -> None:
    promise = make(adult, started, form_of(people, told))
    answer = {"version": "1", "outcome": "done", "words": "", "language": "en"}
    conversation = f"/staff/conversations/{started.conversation}"

    for other in map(sits_down, (people.colleague, people.attendance, people.stranger)):
        tries = [other.asks(f"/staff/promises/{promise}"), other.posts(f"/staff/promises/{promise}/answer", **answer)]
        tries += [other.asks(f"{conversation}/promise"), other.posts(f"{conversation}/promises", **form_of(people))]
        tries += [other.asks(f"{conversation}/copy")]
        assert [each.status_code for each in tries] == [404] * 5


def test_a_copy_for_the_pupil_holds_their_words(adult: AtDesk, started: Started, told: str) -> None:
    page = adult.sees(f"/staff/conversations/{started.conversation}/copy")

    assert [line["data-turn"] for line in page.find("li") if "data-turn" in line.attributes] == [told]
    assert page.find("div", data_agreed="no")
