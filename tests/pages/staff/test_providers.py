"""Microsoft, Google and others: the whole way to a running provider and back."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from pydantic import SecretStr

from api.database import Database
from api.models import StaffMember, now
from api.settings import Settings
from tests.api.identity_provider import IdentityProvider, identity_provider, sent
from tests.api.people import People
from tests.pages.staff.markup import Markup

LEAVE = "/staff/sign-in/with/other"


@pytest.fixture(scope="module")
def outside() -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, outside: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("NO_PROXY", "localhost")
    outside.knows("42", email="adult@school.test", email_verified=True)
    outside.knows("43", email="nobody@school.test", email_verified=True)
    ours = {"oidc_issuer": outside.issuer, "oidc_client_id": "ours", "oidc_client_secret": SecretStr("secret")}
    return settings.model_copy(update={**ours, "oidc_name": "County"})


def goes(client: httpx.Client, outside: IdentityProvider, subject: str = "42") -> str:
    """The way back, as the provider sends the browser there."""
    return outside.signs_in(client.get(LEAVE).headers["location"], subject)


def fault(answer: httpx.Response) -> str:
    return Markup(answer.text).one("p", id="fault")["data-fault"]


def test_the_door_offers_what_is_configured_and_nothing_else(client: httpx.Client) -> None:
    links = Markup(client.get("/staff/sign-in").text).links()

    assert [link for link in links if "/with/" in link] == [LEAVE]
    assert client.get("/staff/sign-in/with/google").status_code == 404
    assert client.get("/staff/sign-in/with/google/back").status_code == 404


def test_coming_back_signs_in_by_a_page_of_our_own(
    client: httpx.Client, outside: IdentityProvider, people: People
) -> None:
    answer = client.get(goes(client, outside))

    assert answer.status_code == 200  # a redirect would not send the strict cookie
    assert Markup(answer.text).one("a", id="onwards")["href"] == "/staff/inbox"
    assert client.get("/staff/account").status_code == 200


def test_the_cookie_of_the_way_is_lax_and_stays_on_the_way(client: httpx.Client) -> None:
    cookie = client.get(LEAVE).headers["set-cookie"].lower()

    assert "samesite=lax" in cookie
    assert "httponly" in cookie
    assert f"path={LEAVE};" in cookie


def test_an_unknown_person_stays_out(client: httpx.Client, outside: IdentityProvider, people: People) -> None:
    answer = client.get(goes(client, outside, "43"))

    assert (answer.status_code, fault(answer)) == (403, "not_on_the_staff")
    assert client.get("/staff/account").status_code == 303


def test_who_has_left_stays_out(
    client: httpx.Client, outside: IdentityProvider, people: People, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(StaffMember, people.adult.id).left_at = now()
        session.commit()

    assert client.get(goes(client, outside)).status_code == 403


def test_a_way_back_that_another_browser_began_opens_nothing(
    device: Callable[[], httpx.Client], outside: IdentityProvider, people: People
) -> None:
    attacker, victim = device(), device()
    back = goes(attacker, outside)

    victim.get(LEAVE)
    for other in (victim, device()):
        assert fault(other.get(back)) == "provider_failed"
        assert other.get("/staff/account").status_code == 303


def test_a_way_back_works_once(client: httpx.Client, outside: IdentityProvider, people: People) -> None:
    leaving = client.get(LEAVE)
    back = outside.signs_in(leaving.headers["location"], "42")
    flow = leaving.cookies["flow"]
    assert client.get(back).status_code == 200
    assert fault(client.get(back)) == "provider_failed"

    client.cookies.set("flow", flow, domain=client.base_url.host, path=LEAVE)
    assert fault(client.get(back)) == "provider_failed"


def test_a_refusal_of_the_provider_is_told(client: httpx.Client, outside: IdentityProvider) -> None:
    state = sent(client.get(LEAVE).headers["location"], "state")
    answer = client.get(f"{LEAVE}/back?error=access_denied&state={state}")

    assert (answer.status_code, fault(answer)) == (502, "provider_failed")
