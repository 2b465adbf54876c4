"""The same forms with the script: no page load, one announcement, no lost word."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.pages.speakers.conftest import PHONE, Ask
from tests.pages.speakers.staged_bot import StagedBot

ANNOUNCED = """() => {
  window.announced = [];
  new MutationObserver(() => {
    const text = document.getElementById('announcer').textContent.trim();
    if (text) window.announced.push(text.replace(/\\s+/g, ' '));
  }).observe(document.getElementById('announcer'), {childList: true, subtree: true});
}"""


def say(page: Page, words: str) -> None:
    page.fill("#text", words)
    page.click("[data-send]")


def stands(page: Page, response: str) -> None:
    expect(page.locator(f"#question[data-response={response}]")).to_be_visible()


def test_the_next_question_comes_without_a_new_page(page: Page) -> None:
    page.evaluate("window.same = true")
    say(page, "It was loud")
    stands(page, "utter_ask_2")

    assert page.evaluate("window.same")
    assert page.input_value("#text") == ""


def test_only_the_new_message_is_announced(page: Page) -> None:
    say(page, "first")
    expect(page.locator("#announcer")).to_contain_text("2")
    page.evaluate(ANNOUNCED)
    say(page, "second")
    stands(page, "utter_ask_3")
    expect(page.locator("#announcer")).to_contain_text("3")

    assert [text for text in page.evaluate("window.announced") if "first" in text or "about 2" in text] == []


def test_who_writes_goes_on_writing(page: Page) -> None:
    page.focus("#text")
    page.keyboard.type("It was loud")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stands(page, "utter_ask_2")

    assert page.evaluate("document.activeElement.id") in {"now", "text"}


def test_half_written_words_stay_when_a_button_is_pressed(page: Page, bot: StagedBot) -> None:
    page.fill("#text", "half a sentence")
    page.click("[value='control:explain']")
    stands(page, "utter_ask_2")

    assert page.input_value("#text") == "half a sentence"
    assert (bot.heard[-1]["kind"], bot.heard[-1]["text"]) == ("choose", "")


def test_half_written_words_stay_when_the_language_changes(page: Page) -> None:
    page.fill("#text", "half a sentence")
    page.click(".languages summary")
    page.click("button[name=language][value=ar]")
    expect(page.locator("html[dir=rtl]")).to_be_attached()

    assert page.input_value("#text") == "half a sentence"


def test_pressing_twice_sends_once(page: Page, bot: StagedBot) -> None:
    bot.hold.clear()
    page.fill("#text", "It was loud")
    page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('[data-send]').click()")
    bot.arrived.wait(5)
    bot.hold.set()
    stands(page, "utter_ask_2")

    assert [turn["text"] for turn in bot.talks.popitem()[1].turns] == ["", "It was loud"]


def test_words_written_while_others_are_on_their_way_stay(page: Page, bot: StagedBot) -> None:
    bot.hold.clear()
    say(page, "It was loud")
    page.press("#text", "End")
    page.keyboard.type(" and hot")
    bot.hold.set()
    stands(page, "utter_ask_2")

    assert page.input_value("#text") == " and hot"


def test_an_answer_that_comes_late_comes_by_itself(page: Page, bot: StagedBot) -> None:
    bot.kill()
    say(page, "It was loud")
    expect(page.locator(".waiting")).to_be_visible()
    bot.start()

    stands(page, "utter_ask_2")


def test_nothing_said_is_told_beside_the_box(page: Page) -> None:
    page.click("[data-send]")

    expect(page.locator("#error")).to_be_visible()
    expect(page.locator("#text[aria-invalid=true]")).to_be_visible()


def test_faces_are_picked_with_the_keyboard(page: Page, bot: StagedBot) -> None:
    bot.stage = "faces"
    say(page, "loud")
    expect(page.locator(".face")).to_have_count(14)
    for code in ("sad", "tired"):
        page.focus(f"[value='feeling:{code}']")
        page.keyboard.press("Space")
    page.click(".choices--many button")
    stands(page, "utter_ask_3")

    assert bot.heard[-1]["choices"] == ["feeling:sad", "feeling:tired"]


def test_the_device_keeps_no_words(page: Page) -> None:
    say(page, "It was loud")
    stands(page, "utter_ask_2")
    page.fill("#text", "half a sentence")

    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_two_tabs_do_not_lose_or_double_a_word(page: Page, bot: StagedBot) -> None:
    other = page.context.new_page()
    other.goto("/pupil/talk")
    say(page, "in the first")
    say(other, "in the second")
    stands(other, "utter_ask_3")

    assert [turn["text"] for turn in bot.talks.popitem()[1].turns] == ["", "in the first", "in the second"]


def test_a_parent_comes_back_after_a_reload(context: BrowserContext, linked: Ask) -> None:
    phone = context.new_page()
    phone.set_viewport_size(PHONE)
    phone.goto(linked())
    phone.click("button[value=ar]")
    phone.click("form[action$='/open'] button")
    say(phone, "مرحبا")
    stands(phone, "utter_ask_2")
    phone.reload()

    stands(phone, "utter_ask_2")
