from collections.abc import Callable

import httpx
import pytest
from sqlmodel import delete

from api.database import Database
from api.models import Pupil, School, StaffMember
from api.services.people import setting_up
from api.settings import Settings
from tests.api.people import PASSWORD, People
from tests.pages.staff.markup import Markup

Device = Callable[[], httpx.Client]
FIRST = {
    "school": "A school",
    "country": "GB-ENG",
    "name": "First Person",
    "email": "first@school.test",
    "password": "kettle orbit mustard",
    "again": "kettle orbit mustard",
    "pin": "7413",
}


@pytest.fixture
def empty(database: Database) -> None:
    with database.writing() as session:
        for table in (Pupil, StaffMember, School):
            session.exec(delete(table))
        session.commit()


def test_without_a_school_every_way_in_leads_to_the_set_up(empty: None, client: httpx.Client) -> None:
    assert str(client.get("/staff", follow_redirects=True).url.path) == "/staff/set-up"


def test_the_first_administrator_is_made_once(empty: None, client: httpx.Client, settings: Settings) -> None:
    code = setting_up.code(settings.secret.get_secret_value())
    assert client.post("/staff/set-up", data=FIRST | {"code": code}).status_code == 303

    assert client.get("/staff/set-up").status_code == 404
    assert client.post("/staff/set-up", data=FIRST | {"code": code}).status_code == 404
    signing_in = {"email": FIRST["email"], "password": FIRST["password"]}
    assert client.post("/staff/sign-in", data=signing_in).status_code == 303


def test_what_is_wrong_is_said_and_secrets_are_not_sent_back(empty: None, client: httpx.Client) -> None:
    for wrong, status, fault in (
        ({"code": "guess"}, 403, "wrong_code"),
        ({"again": "differs"}, 422, "password_differs"),
        ({"country": "Nowhere"}, 422, "country"),
    ):
        answer = client.post("/staff/set-up", data=FIRST | wrong)
        assert (answer.status_code, Markup(answer.text).one("p", id="fault")["data-fault"]) == (status, fault)
        assert FIRST["password"] not in answer.text


def test_where_there_is_a_school_there_is_no_set_up(client: httpx.Client, people: People) -> None:
    assert client.get("/staff/set-up").status_code == 404
    assert client.get("/staff/sign-in").status_code == 200
    assert client.post("/staff/sign-in", data={"email": people.adult.email, "password": PASSWORD}).status_code == 303
