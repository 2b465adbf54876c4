"""The device reads to whoever asks for it: with its own voices only, one language at a time."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.running.speech import SPEAKS

QUESTION = ["Hello.", "Tell me about 1."]
SAID = "window.spoken.map(each => each.text.trim())"


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    context.add_init_script(path=SPEAKS)
    return context


def said(page: Page, *, at_least: int = 1) -> list[dict[str, Any]]:
    page.wait_for_function(f"() => window.spoken.length >= {at_least} && !document.querySelector('.being-read')")
    found: list[dict[str, Any]] = page.evaluate("window.spoken")
    return found


def chooses(page: Page, name: str, code: str) -> None:
    page.click(".display summary")
    with page.expect_response("**/display"):
        page.click(f"label:has([name={name}][value={code}])")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("paints", [True, False], ids=["painted", "in a mark"])
def test_the_devices_own_voice_reads_and_each_word_is_marked(page: Page, paints: bool) -> None:
    if not paints:
        page.add_init_script("delete window.Highlight")
        page.reload()
    before = page.inner_html("#question")
    page.click("[data-read=now]")
    heard = [(each["text"].strip(), each["voice"]) for each in said(page, at_least=2)]

    assert heard == [(text, "own English") for text in QUESTION]
    assert page.evaluate("window.marked") == " ".join(QUESTION).split()
    assert page.inner_html("#question") == before


def test_everything_is_read_with_the_words_on_the_buttons(page: Page) -> None:
    page.click("[data-read=all]")
    said(page, at_least=8)
    heard = set(page.evaluate(SAID))

    buttons = [text.strip() for text in page.locator(".control").all_inner_texts()]
    assert {*QUESTION, *buttons} <= heard


def test_each_piece_is_read_in_its_own_language(page: Page) -> None:
    page.evaluate("""document.getElementById('question').insertAdjacentHTML('afterend',
      '<p>one <span lang="ar">كتاب</span> two <span lang="pl">dom</span></p>')""")
    page.click("[data-read=now]")
    pieces = said(page, at_least=5)[2:]

    assert [(each["text"].strip(), each["voice"]) for each in pieces] == [
        ("one", "own English"),
        ("كتاب", "own Arabic"),
        ("two", "own English"),
    ]


def test_without_a_voice_of_its_own_the_device_says_so(page: Page) -> None:
    page.click(".languages summary")
    page.click("button[name=language][value=pl]")
    expect(page.locator("[data-aloud-none]")).to_be_visible()

    assert page.locator("[data-read]:visible").count() == 0


def test_nothing_is_read_by_itself_until_somebody_wishes_it(page: Page) -> None:
    page.click("[value='control:explain']")
    expect(page.locator("#question[data-response=utter_ask_2]")).to_be_visible()
    assert page.evaluate("window.spoken") == []

    chooses(page, "aloud", "each")
    page.click("[value='control:explain']")
    expect(page.locator("#question[data-response=utter_ask_3]")).to_be_visible()
    assert "Tell me about 3." in [each["text"].strip() for each in said(page, at_least=3)]


def test_reading_stops_at_once(page: Page) -> None:
    page.evaluate("window.holdsItsBreath = true")
    for count, stop in enumerate(("button", "quick-hide"), 1):
        page.click("[data-read=now]")
        expect(page.locator(".being-read")).to_have_count(1)
        page.wait_for_function(f"() => ({SAID}).length === {count}")  # no expression: the page allows no eval
        if stop == "button":
            page.click("[data-read=stop]")
        else:
            page.evaluate("document.dispatchEvent(new CustomEvent('quick-hide'))")
        expect(page.locator(".being-read, [data-read=stop]:visible")).to_have_count(0)

    assert page.evaluate(SAID) == [QUESTION[0], QUESTION[0]]


def test_words_in_the_box_stay_when_the_screen_is_changed(page: Page) -> None:
    page.fill("#text", "half a sentence")
    chooses(page, "colours", "dark")

    assert page.input_value("#text") == "half a sentence"
    page.reload()
    expect(page.locator("html[data-colours=dark]")).to_be_attached()
