"""Every state of a conversation as a reader may have set it: in all colours, and twice as large on a narrow screen."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from api.services.talk.display import Display
from tests.journeys.reading_along import SEEN
from tests.pages.speakers.conftest import PHONE, Ask
from tests.pages.speakers.staged_bot import STAGES, StagedBot
from tests.pages.speakers.test_looks import NARROWEST, SIDEWAYS, TOO_SMALL, faults

CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"]}
COLOURS = get_args(Display.model_fields["colours"].annotation)
ROOMY = {"text": "largest", "spacing": "wide", "lines": "wide", "font": "easy"}
ORDER = [*(stage for stage in STAGES if stage != "finished"), "finished"]


def shows(page: Page, **codes: str) -> None:
    page.evaluate("codes => Object.assign(document.documentElement.dataset, codes)", codes)


def unreadable(page: Page) -> list[str]:
    """What has too little contrast, colour by colour."""
    found = []
    for colours in COLOURS:
        shows(page, colours=colours, motion="less")
        seen: dict[str, Any] = Axe().run(page, options=CONTRAST).response
        found += [f"{colours}: {each['nodes'][0]['html']}" for each in seen["violations"]]
    return found


def lost(page: Page) -> list[str]:
    """What does not fit when everything is large."""
    size = page.viewport_size
    page.set_viewport_size(NARROWEST)
    shows(page, **ROOMY)
    seen = page.evaluate(SEEN)
    shows(page, **dict.fromkeys(ROOMY, "usual"))
    page.set_viewport_size(size or PHONE)
    return [*seen["cut"], *(["wider than the screen"] if seen["sideways"] else [])]


def through_all(page: Page, bot: StagedBot) -> Iterator[str]:
    """From state to state by pressing whatever can be pressed first."""
    for stage in ORDER:
        bot.stage = stage
        before = page.locator("#screen").get_attribute("data-after") or ""
        page.locator("#screen button[name=choices]").first.click()
        expect(page.locator("#screen")).not_to_have_attribute("data-after", before)
        yield stage


@pytest.fixture
def parent(context: BrowserContext, linked: Ask) -> Page:
    phone = context.new_page()
    phone.set_viewport_size(PHONE)
    phone.goto(linked())
    phone.click("button[value=ar]")
    phone.click("form[action$='/open'] button")
    phone.wait_for_selector("#question")
    return phone


@pytest.mark.parametrize("age_band", ["5-7"])
def test_a_child_of_six_can_read_every_state(aged: None, page: Page, bot: StagedBot) -> None:
    for stage in through_all(page, bot):
        assert (stage, faults(page), page.evaluate(TOO_SMALL, 48)) == (stage, [], [])
        assert (stage, unreadable(page), lost(page)) == (stage, [], [])


def test_an_older_pupil_can_read_every_state(page: Page, bot: StagedBot) -> None:
    for stage in through_all(page, bot):
        assert (stage, faults(page), page.evaluate(TOO_SMALL, 56), lost(page)) == (stage, [], [], [])


def test_a_parent_can_read_every_state_from_right_to_left(parent: Page, bot: StagedBot) -> None:
    for stage in through_all(parent, bot):
        assert (stage, faults(parent), parent.evaluate(TOO_SMALL, 44)) == (stage, [], [])
        assert (stage, parent.evaluate(SIDEWAYS), lost(parent)) == (stage, False, [])


def test_pages_beside_the_conversation_can_be_read_with_their_lists_open(page: Page) -> None:
    for place in ("talk", "talk/said", "leave", "copy", "answers"):
        page.goto(f"/pupil/{place}")
        page.click(".display summary")

        assert (place, faults(page), unreadable(page), lost(page)) == (place, [], [], [])
