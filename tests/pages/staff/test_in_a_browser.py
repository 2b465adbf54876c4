"""What only a real browser can tell: accessibility, what happens live, what fits on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.api.people import People
from tests.api.scripted_bot import UNSAFE
from tests.pages.staff.drivers import AtDesk, OnTablet, Started

WITHIN_A_SECOND = 1500  # ms; the half is for the browser itself on a busy machine
WITHIN_FIVE_SECONDS = 6000  # ms
PHONE, COMPUTER = (360, 740), (1280, 900)


@pytest.fixture
def screen(browser: Browser, adult: AtDesk, address: str) -> Iterator[Page]:
    """A browser in which the trusted adult is signed in already."""
    context = browser.new_context(base_url=address)
    context.add_cookies([{"name": "staff", "value": adult.client.cookies["staff"], "url": f"{address}/staff"}])
    yield context.new_page()
    context.close()


@pytest.fixture
def pages(adult: AtDesk, people: People, started: Started, tablet: OnTablet) -> list[str]:
    """Every kind of staff page, with something on it: words, a wish for a person, an alert, a parent's link."""
    tablet.says("The noise.")
    tablet.picks("feeling:sad")
    tablet.picks("control:person")
    tablet.says(f"{UNSAFE} " + "a-very-long-word-" * 20)
    link = adult.invites(people.pupil)
    pupil, conversation = f"/staff/pupils/{people.pupil.id}", f"/staff/conversations/{started.conversation}"
    reading = ["/staff/inbox", f"{conversation}/expect", conversation, f"{conversation}/summary"]
    reading += ["/staff/alerts", "/staff/alerts/1"]
    return ["/staff/pupils", pupil, f"{pupil}/start", f"{pupil}/invite", started.hand_over, link, *reading]


def faults(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [f"{fault['id']} {fault['nodes'][0]['target']}" for fault in found["violations"]]


@pytest.mark.parametrize("size", [PHONE, COMPUTER], ids=["phone", "computer"])
def test_axe_finds_no_fault_and_every_page_fits(screen: Page, pages: list[str], size: tuple[int, int]) -> None:
    screen.set_viewport_size({"width": size[0], "height": size[1]})

    for page in pages:
        screen.goto(page)
        assert faults(screen) == [], page
        assert screen.evaluate("document.documentElement.scrollWidth") <= size[0], page


def test_axe_finds_no_fault_on_the_sign_in_page(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/staff/sign-in")

    assert faults(page) == []


def test_an_alert_reaches_an_open_page_within_a_second(screen: Page, tablet: OnTablet) -> None:
    screen.goto("/staff/pupils")
    alert = screen.locator("#attention a[href^='/staff/alerts/']")
    expect(alert).to_have_count(0)

    tablet.says(UNSAFE)

    expect(alert).to_have_count(1, timeout=WITHIN_A_SECOND)


def test_an_alert_reaches_a_tab_that_nobody_looks_at(screen: Page, tablet: OnTablet) -> None:
    screen.add_init_script("Object.defineProperty(document, 'hidden', { get: () => true })")
    screen.goto("/staff/pupils")
    title = screen.title()

    tablet.says(UNSAFE)

    marked = screen.locator("#attention [data-title]")
    expect(marked).to_have_count(1, timeout=WITHIN_FIVE_SECONDS)
    expect(screen).to_have_title(f"{marked.get_attribute('data-title')} – {title}")


def test_the_title_is_restored_when_the_alert_was_read(screen: Page, adult: AtDesk, tablet: OnTablet) -> None:
    screen.goto("/staff/pupils")
    title = screen.title()
    tablet.says(UNSAFE)
    expect(screen).not_to_have_title(title)

    adult.posts("/staff/alerts/1/acknowledge")

    expect(screen).to_have_title(title)


def test_a_page_says_that_it_is_no_longer_live_until_it_is_again(screen: Page) -> None:
    screen.goto("/staff/pupils")
    title, note = screen.title(), screen.locator("#not-live")
    expect(note).to_be_hidden()

    screen.route("**/staff/attention?*", lambda route: route.abort())
    expect(note).to_be_visible(timeout=WITHIN_FIVE_SECONDS)
    expect(screen).to_have_title(f"{note.get_attribute('data-title')} – {title}")

    screen.unroute("**/staff/attention?*")
    expect(note).to_be_hidden()
    expect(screen).to_have_title(title)


def test_an_open_page_that_is_signed_out_elsewhere_shows_no_words(screen: Page, adult: AtDesk) -> None:
    screen.goto("/staff/pupils")
    adult.posts("/staff/sign-out")

    screen.wait_for_url("**/staff/sign-in", timeout=5000)


def test_a_tablet_is_handed_over_although_the_page_asks_meanwhile(screen: Page, adult: AtDesk, people: People) -> None:
    """The answer comes late, and the staff session has ended already when the open page asks for alerts."""

    def late(route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        with screen.expect_response(lambda other: "/attention" in other.url and other.status == 303):
            pass
        route.fulfill(response=answer)

    screen.goto(adult.starts(people.pupil).hand_over)
    screen.route("**/hand-over/here", late)
    screen.click("form[action$='/hand-over/here'] button")
    screen.wait_for_url("**/pupil/talk", timeout=5000)


def test_pages_speak_to_nobody_but_the_school(screen: Page, pages: list[str], address: str) -> None:
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))

    for page in pages:
        screen.goto(page)

    assert asked
    assert all(url.startswith(address) for url in asked)


def test_the_inbox_renews_itself_and_the_keyboard_stays_where_it_was(
    screen: Page, started: Started, tablet: OnTablet
) -> None:
    tablet.says("The noise.")
    screen.goto("/staff/inbox")
    line = screen.locator(f"[data-conversation='{started.conversation}']")
    expect(line).to_have_attribute("data-new", "1")
    line.locator(".row__name a").focus()

    tablet.says("The bell.")

    expect(line).to_have_attribute("data-new", "2", timeout=WITHIN_FIVE_SECONDS)
    expect(line.locator(".row__name a")).to_be_focused()
