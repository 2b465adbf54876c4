from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from api.database import Database
from api.models import StaffMember, StaffSession, now
from api.pages.staff.devices import device_name
from tests.api.people import PASSWORD, People
from tests.api.soon import soon
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Markup

NEW = "a quite new password"
SitsDown = Callable[[StaffMember], AtDesk]


def test_the_password_is_changed_and_the_other_devices_are_signed_out(sits_down: SitsDown, people: People) -> None:
    here, there = sits_down(people.adult), sits_down(people.adult)

    assert here.sent_to("/staff/account/password", old=PASSWORD, new=NEW, again=NEW).endswith("done=password")

    assert here.asks("/staff/account").status_code == 200
    assert there.asks("/staff/account").headers["location"] == "/staff/sign-in"


def test_what_is_amiss_is_said_where_it_was_typed(adult: AtDesk) -> None:
    answer = adult.posts("/staff/account/password", old="wrong", new=NEW, again=NEW)
    assert answer.status_code == 422
    assert Markup(answer.text).one("p", id="fault")["data-fault"] == "password_wrong"

    answer = adult.posts("/staff/account/pin", pin="1234")
    assert (answer.status_code, Markup(answer.text).one("p", id="fault")["data-fault"]) == (422, "pin_known")


def test_a_pin_is_chosen(adult: AtDesk) -> None:
    assert adult.sent_to("/staff/account/pin", pin="8052").endswith("done=pin")


def test_own_sessions_are_listed_and_can_be_ended(sits_down: SitsDown, people: People) -> None:
    here, there, _ = sits_down(people.adult), sits_down(people.adult), sits_down(people.colleague)
    page = here.sees("/staff/account")
    assert len(page.find("li", data_session="")) == 2
    one = next(button["value"] for button in page.find("button", name="which") if button["value"] != "others")

    here.sent_to("/staff/account/sessions/end", which=one)

    assert there.asks("/staff/account").status_code == 303
    assert len(here.sees("/staff/account").find("li", data_session="")) == 1


def test_the_strip_that_asks_by_itself_does_not_keep_a_session_open(adult: AtDesk, database: Database) -> None:
    before = now() - timedelta(minutes=30)
    with database.writing() as session:
        session.exec(select(StaffSession)).one().last_seen_at = before
        session.commit()

    def last_seen() -> bool:
        with database.reading() as session:
            return session.exec(select(StaffSession.last_seen_at)).one() > before

    adult.asks("/staff/attention")
    assert not last_seen()
    adult.asks("/staff/account")
    assert soon(last_seen)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120", "Edge, Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/604.1", "Safari, iPad"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome, ChromeOS"),
        ("Mozilla/5.0 (Android 14; Mobile) Gecko/120.0 Firefox/120.0", "Firefox, Android"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_in_a_few_words(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
