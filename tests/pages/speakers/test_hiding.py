"""Somebody comes near: one press, or Escape twice, and nothing of the page is left to see, to hear or to reach."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.pages.speakers.conftest import Ask

DRAFT = "half a sentence"


@pytest.fixture
def writing(page: Page) -> Page:
    page.wait_for_selector("#unsent[data-ready]", state="attached")
    page.fill("#text", DRAFT)
    return page


def covered(page: Page) -> None:
    expect(page.locator("#cover")).to_be_visible()
    expect(page.locator("main, header, footer, #text").filter(visible=True)).to_have_count(0)
    assert "Pupil" not in page.title()
    assert page.locator("body").aria_snapshot() == '- button "Go back"'


def test_a_press_hides_everything_and_another_brings_it_back(writing: Page) -> None:
    title = writing.title()
    writing.evaluate("document.addEventListener('quick-hide', () => { window.told = true })")
    writing.click("[data-hide]")
    covered(writing)
    assert writing.evaluate("window.told")
    writing.keyboard.press("Enter")

    assert (writing.title(), writing.input_value("#text")) == (title, DRAFT)
    expect(writing.locator("#text")).to_be_focused()


def test_escape_twice_hides_and_once_does_not(writing: Page) -> None:
    writing.focus("#text")
    writing.keyboard.press("Escape")
    expect(writing.locator("#cover")).to_be_hidden()
    writing.keyboard.press("Escape")
    covered(writing)
    for _ in range(3):
        writing.keyboard.press("Escape")
    covered(writing)


def test_nothing_can_be_reached_behind_the_picture(writing: Page) -> None:
    writing.click("[data-hide]")
    for _ in range(4):
        writing.keyboard.press("Tab")
        assert writing.evaluate("document.activeElement.matches('body, #cover button')")


@pytest.mark.parametrize("door", ["pupil", "parent"])
def test_without_a_script_the_button_leads_to_a_quiet_page(talking: httpx.Client, linked: Ask, door: str) -> None:
    home = "/pupil" if door == "pupil" else linked()
    talking.post(f"{home}/language", data={"language": "en"})
    way = re.findall(r'href="([^"]+)" data-hide', talking.get(f"{home}/talk").text)
    quiet = talking.get(*way)

    assert f'href="{home}/talk"' in quiet.text
    assert "Pupil" not in quiet.text
    assert "question" not in quiet.text


def test_a_stranger_is_shown_no_quiet_page(client: httpx.Client) -> None:
    assert client.get("/pupil/hide").headers["location"] == "/pupil/code"
    assert client.get("/parent/wrong/hide").status_code == 404
