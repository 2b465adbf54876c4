"""The page of messages to families: what waits and why, what failed, and what staff do about it."""

import re
from collections.abc import Callable
from typing import get_args

import pytest

from api import mail
from api.database import Database
from api.models import School, StaffMember, now
from api.security import new_id
from api.services.reaching import deliveries, quiet
from api.settings import ROOT
from api.texting import provider
from tests.api.people import People
from tests.api.reached import cares, message, wants
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Markup

LABELS = (ROOT / "api" / "templates" / "staff" / "labels_messages.html").read_text("utf-8")
SitsDown = Callable[[StaffMember], AtDesk]


@pytest.fixture
def failed(database: Database, people: People) -> int:
    carer = cares(database, people, relation="aunt")
    key = wants(database, people, carer, created_at=now(), due_at=now(), is_answer=True)
    with database.writing() as session:
        deliveries.failed(session, message(database, key), "not_theirs", now(), is_final=True)
    return message(database, key).id


def test_what_did_not_arrive_is_on_every_page_and_on_its_own(adult: AtDesk, failed: int) -> None:
    assert adult.sees("/staff/pupils").one("section", data_unsent="1")

    page = adult.sees("/staff/messages")
    assert page.one("li", data_message=str(failed))["data-state"] == "failed"
    assert page.one("p", data_fault="not_theirs").text


def test_a_button_tries_again(adult: AtDesk, failed: int) -> None:
    assert adult.sent_to(f"/staff/messages/{failed}/again", form_id=new_id()) == "/staff/messages"

    assert not adult.sees("/staff/messages").find("section", data_unsent="1")


def test_what_cannot_be_done_is_said_beside_the_message(adult: AtDesk, failed: int) -> None:
    answer = adult.posts(f"/staff/messages/{failed}/otherwise", form_id=new_id(), way="email")

    assert answer.status_code == 422
    assert Markup(answer.text).one("p", id="fault")["data-refused"] == "no_words"


def test_a_message_is_settled_by_who_saw_to_it(adult: AtDesk, failed: int) -> None:
    adult.sent_to(f"/staff/messages/{failed}/settled", form_id=new_id())

    assert not adult.sees("/staff/messages").find("li", data_message=str(failed))


def test_an_administrator_sees_services_and_no_family(sits_down: SitsDown, people: People, failed: int) -> None:
    page = sits_down(people.office).sees("/staff/messages")

    assert page.one("dd", data_service="text")["data-state"] == "off"
    assert not page.find("li", data_message=str(failed))
    assert "aunt" not in page.one("main").text


def test_every_code_has_a_name() -> None:
    faults = {*get_args(mail.Fault), *get_args(provider.Fault), "no_address", "not_set_up", "undelivered"}

    assert named("kind") == set(deliveries.KINDS)
    assert named("hold") == set(get_args(quiet.Reason))
    assert named("fault") == faults


def named(macro: str) -> set[str]:
    (found,) = re.findall(rf"macro {macro}\(\w+\)(.*?)endmacro", LABELS, re.DOTALL)
    return set(re.findall(r'^ *"(\w+)":', found, re.MULTILINE))


def test_an_administrator_sets_the_quiet_hours(sits_down: SitsDown, database: Database, people: People) -> None:
    office = sits_down(people.office)
    hours = {"form_id": new_id(), "quiet_from": "19:30", "quiet_until": "09:00", "answer_within": "30"}
    office.sent_to("/staff/messages/hours", **hours)

    with database.reading() as session:
        school = session.get_one(School, people.office.school_id)
    assert (school.quiet_from, school.quiet_until, school.answer_within) == (19 * 60 + 30, 9 * 60, 30)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [({"quiet_from": "08:30", "quiet_until": "08:00"}, "quiet"), ({"answer_within": "4"}, "answer_within")],
)
def test_hours_that_would_let_nothing_out_are_refused(
    sits_down: SitsDown, people: People, wrong: dict[str, str], fault: str
) -> None:
    hours = {"form_id": new_id(), "quiet_from": "20:00", "quiet_until": "08:00", "answer_within": "45", **wrong}
    answer = sits_down(people.office).posts("/staff/messages/hours", **hours)

    assert answer.status_code == 422
    assert Markup(answer.text).one("p", id="fault")["data-fault"] == fault
