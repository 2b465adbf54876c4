from collections.abc import Callable

import httpx
import pytest

from api.database import Database
from api.models import School, StaffMember
from api.settings import DEVELOPMENT_SECRET
from tests.api.people import PASSWORD, People
from tests.api.phone import Phone, give_phone
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Markup

CODE, SET_UP = "/staff/sign-in/code", "/staff/sign-in/second-factor"
Device = Callable[[], httpx.Client]


@pytest.fixture
def phone(database: Database, people: People) -> Phone:
    with database.writing() as session:
        return give_phone(session, people.lead, DEVELOPMENT_SECRET)


@pytest.fixture
def half_way(client: httpx.Client, people: People) -> AtDesk:
    """A safeguarding lead, after the right password."""
    client.post("/staff/sign-in", data={"email": people.lead.email, "password": PASSWORD})
    return AtDesk(client)


@pytest.mark.parametrize("page", ["/staff", "/staff/pupils", "/staff/alerts", "/staff/attention", "/staff/account"])
def test_the_password_alone_opens_nothing_but_the_code_page(half_way: AtDesk, phone: Phone, page: str) -> None:
    assert half_way.asks(page).headers["location"] == CODE


def test_the_code_opens_the_rest(half_way: AtDesk, phone: Phone) -> None:
    assert half_way.sees(CODE).one("input", id="code")["value"] == ""
    assert half_way.sent_to(CODE, code=phone.code()) == "/staff"
    assert half_way.asks("/staff").headers["location"] == "/staff/inbox"


def test_a_wrong_code_is_told_and_asked_again(half_way: AtDesk, phone: Phone) -> None:
    answer = half_way.posts(CODE, code="000000")

    assert answer.status_code == 401
    assert Markup(answer.text).one("p", id="fault")["data-fault"] == "wrong_second_factor"
    assert half_way.asks("/staff/pupils").headers["location"] == CODE


def test_who_has_no_second_factor_yet_is_led_to_setting_one_up(half_way: AtDesk) -> None:
    assert half_way.asks(CODE).headers["location"] == SET_UP
    form = half_way.sees(SET_UP)
    key = form.one("p", id="key").text.replace(" ", "")
    assert form.one("div", role="img")["aria-label"]

    page = half_way.sent_to(SET_UP, sealed=form.one("input", name="sealed")["value"], code=Phone(key, []).code())

    shown = half_way.sees(page)
    assert len(shown.find("li", data_recovery_code="")) == 10
    assert half_way.sees(page).find("li", data_recovery_code="") == []


def test_a_mistyped_code_keeps_the_picture_that_was_scanned(half_way: AtDesk) -> None:
    form = half_way.sees(SET_UP)
    answer = half_way.posts(SET_UP, sealed=form.one("input", name="sealed")["value"], code="000000")

    assert answer.status_code == 401
    assert Markup(answer.text).one("p", id="key").text == form.one("p", id="key").text


def test_who_has_one_is_not_offered_another_before_the_code(half_way: AtDesk, phone: Phone) -> None:
    assert half_way.asks(SET_UP).headers["location"] == CODE
    assert half_way.posts(SET_UP, sealed="x", code="000000").status_code == 404


def test_without_the_password_there_is_no_code_page(client: httpx.Client) -> None:
    for page in (CODE, SET_UP):
        assert client.get(page).headers["location"] == "/staff/sign-in"
        assert client.post(page, data={"code": "000000"}).headers["location"] == "/staff/sign-in"


def test_the_demo_school_fills_the_code_in(database: Database, half_way: AtDesk, phone: Phone, people: People) -> None:
    with database.writing() as session:
        session.get_one(School, people.lead.school_id).is_demo = True
        session.commit()
    page = half_way.sees(CODE)

    assert page.one("p", id="demo")
    assert half_way.sent_to(CODE, code=page.one("input", id="code")["value"]) == "/staff"


def test_others_choose_it_in_their_account(sits_down: Callable[[StaffMember], AtDesk], people: People) -> None:
    adult = sits_down(people.adult)
    form = adult.sees("/staff/account/second-factor")
    code = Phone(form.one("p", id="key").text.replace(" ", ""), []).code()
    sealed = form.one("input", name="sealed")["value"]
    assert adult.sent_to("/staff/account/second-factor", sealed=sealed, code=code) == "/staff/account/recovery-codes"
    assert adult.sees("/staff/account").one("span", data_codes_left="10")

    assert adult.sent_to("/staff/account/second-factor/off", password=PASSWORD)
    assert adult.sees("/staff/account").find("span", data_codes_left="10") == []


def test_a_lead_cannot_switch_it_off(sits_down: Callable[[StaffMember], AtDesk], people: People, phone: Phone) -> None:
    lead = sits_down(people.lead)

    assert lead.posts("/staff/account/second-factor/off", password=PASSWORD).status_code == 404
    off = "/staff/account/second-factor/off"
    assert lead.sees("/staff/account").find("form", action=off) == []
