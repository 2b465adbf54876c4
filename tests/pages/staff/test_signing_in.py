import httpx
import pytest

from tests.api.people import PASSWORD, People
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Markup

NOBODY = ("/staff/conversations/x/summary", "/staff/alerts/1", "/staff/pupils/1")
PAGES = ("/staff", "/staff/pupils", "/staff/alerts", *NOBODY)


@pytest.mark.parametrize("page", PAGES)
def test_the_signed_out_are_sent_to_sign_in(client: httpx.Client, page: str) -> None:
    answer = client.get(page)

    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/sign-in")


@pytest.mark.parametrize(
    ("who", "page"), [("adult", "/staff/inbox"), ("attendance", "/staff/today"), ("lead", "/staff/sign-in/code")]
)
def test_signing_in_leads_to_where_the_role_begins(client: httpx.Client, people: People, who: str, page: str) -> None:
    client.post("/staff/sign-in", data={"email": getattr(people, who).email, "password": PASSWORD})

    assert client.get("/staff").headers["location"] == page


@pytest.mark.parametrize("email", ["adult@school.test", "nobody@school.test"])
def test_a_wrong_password_and_an_unknown_person_look_alike(client: httpx.Client, email: str) -> None:
    answer = client.post("/staff/sign-in", data={"email": email, "password": "wrong"})

    page = Markup(answer.text)
    assert answer.status_code == 401
    assert page.one("p", role="alert")["id"] == "fault"
    assert page.one("input", name="email")["value"] == email


def test_too_many_wrong_passwords_have_to_wait(client: httpx.Client, people: People) -> None:
    wrong = {"email": people.adult.email, "password": "wrong"}
    statuses = {client.post("/staff/sign-in", data=wrong).status_code for _ in range(12)}

    assert statuses == {401, 429}


def test_after_signing_out_no_page_opens(adult: AtDesk) -> None:
    assert adult.asks("/staff/pupils").status_code == 200
    adult.posts("/staff/sign-out")

    assert adult.asks("/staff/pupils").status_code == 303


def test_pages_are_not_kept_by_the_browser(adult: AtDesk) -> None:
    assert "no-store" in adult.asks("/staff/pupils").headers["cache-control"]


def test_changing_the_language_comes_back_to_the_same_page(adult: AtDesk) -> None:
    assert adult.sent_to("/staff/language", language="en", back="/staff/pupils?q=mia") == "/staff/pupils?q=mia"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.test/", "//elsewhere.test", "/pupil", ""])
def test_changing_the_language_never_leads_out_of_the_staff_pages(adult: AtDesk, elsewhere: str) -> None:
    assert adult.sent_to("/staff/language", language="en", back=elsewhere) == "/staff/inbox"


def test_an_unknown_language_is_refused(adult: AtDesk) -> None:
    assert adult.posts("/staff/language", language="xx").status_code == 422
