"""Every page and state: no serious fault for axe, nothing cut off at 360 px, and big enough to press."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.pages.speakers.conftest import PHONE, TABLET, Ask
from tests.pages.speakers.staged_bot import STAGES, StagedBot

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PRESSED = "button, .button, summary, label.face, select, input:not([type=hidden]):not(.face__box)"
TOO_SMALL = f"""smallest => [...document.querySelectorAll('{PRESSED}')]
  .filter(each => each.checkVisibility())
  .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect().height])
  .filter(([_, height]) => height > 1 && height < smallest)"""


def faults(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


def reach(page: Page, bot: StagedBot, stage: str) -> None:
    bot.stage = stage
    page.fill("#text", "UNSAFE" if stage == "alerted" else "It was loud at lunch")
    page.click("[data-send]")
    expect(page.locator("#now")).to_have_attribute("data-state", STATE.get(stage, "asking"))
    expect(page.locator("[data-response=utter_ask_1]")).to_have_count(0)


STATE = {"paused": "paused", "reading_back": "reading_back", "finished": "finished", "alerted": "alerted"}


@pytest.fixture
def parent(context: BrowserContext, linked: Ask, language: str) -> Page:
    phone = context.new_page()
    phone.set_viewport_size(PHONE)
    phone.goto(linked())
    phone.click(f"button[value={language}]")
    phone.click("form[action$='/open'] button")
    phone.wait_for_selector("#question")
    return phone


@pytest.mark.parametrize("stage", STAGES)
def test_a_pupils_screen_has_no_fault(page: Page, bot: StagedBot, stage: str) -> None:
    reach(page, bot, stage)

    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) is False
    assert page.evaluate(TOO_SMALL, 56) == []


@pytest.mark.parametrize("language", ["ar"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_parents_screen_has_no_fault(parent: Page, bot: StagedBot, stage: str) -> None:
    reach(parent, bot, stage)

    assert faults(parent) == []
    assert parent.evaluate(SIDEWAYS) is False
    assert parent.evaluate(TOO_SMALL, 44) == []


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("place", ["/pupil/code", "/pupil/nowhere", "/parent/wrong", "/nowhere"])
def test_a_page_outside_a_conversation_has_no_fault(context: BrowserContext, place: str, size: ViewportSize) -> None:
    page = context.new_page()
    page.set_viewport_size(size)
    page.goto(place)

    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) is False


@pytest.mark.parametrize("place", ["/pupil/leave", "/pupil/talk/said"])
def test_a_page_beside_the_conversation_has_no_fault(page: Page, place: str) -> None:
    page.goto(place)

    assert faults(page) == []


@pytest.mark.parametrize("language", ["ur", "bn", "pl"])
def test_long_letters_fit_on_a_phone(parent: Page) -> None:
    parent.click(".languages summary")

    assert parent.evaluate(SIDEWAYS) is False
    assert faults(parent) == []


@pytest.mark.parametrize("language", ["ar"])
def test_right_to_left_begins_at_the_right(parent: Page) -> None:
    send = parent.locator("[data-send]").bounding_box()
    label = parent.locator("label[for=text]").bounding_box()

    assert send is not None
    assert label is not None
    assert send["x"] < PHONE["width"] / 2
    assert label["x"] + label["width"] > PHONE["width"] / 2
