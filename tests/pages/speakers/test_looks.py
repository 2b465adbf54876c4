"""Pages before a conversation, and long letters: no fault for axe, nothing cut off. States: test_every_display.py."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.pages.speakers.conftest import PHONE, TABLET, Ask
from tests.pages.speakers.test_ways_in import with_word

__all__ = ["with_word"]

NARROWEST: ViewportSize = {"width": 320, "height": 640}
BEFORE = ("/pupil/code", "/pupil/nowhere", "/parent/wrong", "/nowhere", "/parent", "/offline")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PRESSED = "button, .button, summary, label.face, select, input:not([type=hidden]):not(.face__box)"
TOO_SMALL = f"""smallest => [...document.querySelectorAll('{PRESSED}')]
  .filter(each => each.checkVisibility())
  .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect().height])
  .filter(([_, height]) => height > 1 && height < smallest)"""


def faults(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


def seen_at_every_size(page: Page) -> tuple[list[str], bool]:
    """What is wrong on a tablet or a phone, and whether the narrowest screen has to be pushed sideways."""
    found = []
    for size in (TABLET, NARROWEST):
        page.set_viewport_size(size)
        found += faults(page)
    return found, page.evaluate(SIDEWAYS)


@pytest.fixture
def parent(context: BrowserContext, linked: Ask, language: str) -> Page:
    phone = context.new_page()
    phone.set_viewport_size(PHONE)
    phone.goto(linked())
    phone.click(f"button[value={language}]")
    phone.click("form[action$='/open'] button")
    phone.wait_for_selector("#question")
    return phone


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_before_a_conversation_has_no_fault(
    context: BrowserContext, linked: Ask, with_word: str, language: str
) -> None:
    page, link = context.new_page(), linked(language)
    for place in (*BEFORE, f"{with_word}/word", link):
        page.goto(f"{place}?language={language}")
        assert (place, *seen_at_every_size(page)) == (place, [], False)
    page.click(f"button[value={language}]")
    page.wait_for_selector("form[action$='/open']")
    assert seen_at_every_size(page) == ([], False)


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
