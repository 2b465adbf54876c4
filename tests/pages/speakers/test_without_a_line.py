"""The line is cut at every step: nothing is lost or doubled, all comes in order, and nobody is misled."""

from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from api.database import Database
from api.services.talk import withdrawing
from tests.api.people import PIN, People
from tests.api.soon import soon
from tests.pages.speakers.conftest import Ask
from tests.pages.speakers.staged_bot import StagedBot
from tests.running.lines import CUTS, cut_on_the_way, cut_on_the_way_back, gone

ONE, TWO, THREE = "Dragons are best.", "Maths is loud.", "Lunch is long."
KEPT = """() => new Promise(done => {
  const asked = indexedDB.open('letterbox', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('envelopes', {keyPath: 'number', autoIncrement: true});
  asked.onsuccess = () => {
    const all = asked.result.transaction('envelopes').objectStore('envelopes').getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
})"""
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const asked of await (await caches.open(name)).keys()) found.push(new URL(asked.url).pathname);
  }
  return found;
}"""
WORKER = "navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 300)))"
# opens after a second, as on a tablet that has much else to do
SLOW_STORE = """
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...asked) {
  const late = {};
  setTimeout(() => {
    const real = open.apply(this, asked);
    for (const name of ["onupgradeneeded", "onsuccess", "onerror"])
      real[name] = () => { late.result = real.result; late[name](); };
  }, 1000);
  return late;
};
"""


@pytest.fixture
def page(page: Page) -> Page:
    """With its script."""
    ready(page)
    return page


def ready(page: Page) -> None:
    expect(page.locator("#unsent[data-ready]")).to_be_attached()


def say(page: Page, words: str) -> None:
    page.fill("#text", words)
    page.click("[data-send]")


def kept_here(page: Page, count: int) -> None:
    """Shown as kept and not received."""
    expect(page.locator("#unsent-words > li")).to_have_count(count)


def everything_arrived(page: Page) -> None:
    kept_here(page, 0)
    expect(page.locator("#unsent-state .good")).to_be_visible()


def said(bot: StagedBot, place: int = 0) -> list[str]:
    """Words and choices of a conversation, as the bot heard them."""
    turns = list(bot.talks.values())[place].turns[1:]
    return [turn["text"] or ",".join(turn["choices"]) for turn in turns]


STEPS: tuple[tuple[str, str, str], ...] = (
    # stage that its answer brings, what is pressed, what the bot hears
    ("faces", "", "It was loud"),
    ("topics", "faces", "feeling:sad,feeling:tired"),
    ("asking", "topic:people", "topic:people"),
    ("paused", "control:skip", "control:skip"),
    ("reading_back", "control:resume", "control:resume"),
    ("asking", "readback:done", "readback:done"),
)


def act(page: Page, press: str) -> None:
    if press == "faces":
        for feeling in ("sad", "tired"):
            page.check(f"[value='feeling:{feeling}']")
        page.click(".choices--many button")
    elif press:
        page.click(f"button[value='{press}']")
    else:
        say(page, "It was loud")


def test_a_line_cut_at_every_step_loses_and_doubles_nothing(page: Page, bot: StagedBot) -> None:
    """Each step by each cut, in one long conversation."""
    for cut, (stage, press, _) in product(CUTS, STEPS):
        bot.stage = stage
        with cut(page):
            act(page, press)
            kept_here(page, 1)
        page.evaluate("dispatchEvent(new Event('online'))")
        everything_arrived(page)

    assert said(bot) == [heard for _, _, heard in STEPS] * len(CUTS)
    assert page.evaluate(KEPT) == []


def test_words_said_without_a_line_go_out_in_order(page: Page, bot: StagedBot) -> None:
    with gone(page):
        for count, words in enumerate((ONE, TWO, THREE), 1):
            say(page, words)
            kept_here(page, count)
        for count, button in enumerate(("control:skip", "control:person"), 4):
            page.click(f"button[value='{button}']")
            kept_here(page, count)
        page.fill("#text", "half a sen")
        expect(page.locator("#unsent-state .wait")).to_be_visible()
    everything_arrived(page)

    assert soon(lambda: said(bot) == [ONE, TWO, THREE, "control:skip", "control:person"])
    assert page.input_value("#text") == "half a sen"


def test_a_reload_without_a_line_loses_nothing(page: Page, bot: StagedBot) -> None:
    page.evaluate(WORKER)
    page.context.set_offline(True)
    for count, words in enumerate((ONE, TWO), 1):
        say(page, words)
        kept_here(page, count)
    page.reload()
    expect(page.locator("#offline #waits")).to_be_visible()
    assert ONE not in page.content()
    page.context.set_offline(False)
    expect(page.locator("#question[data-response=utter_ask_3]")).to_be_visible()

    assert soon(lambda: said(bot) == [ONE, TWO])


def test_what_is_pressed_before_the_device_has_looked_for_leftovers_counts(page: Page) -> None:
    page.add_init_script(SLOW_STORE)
    page.reload()
    say(page, ONE)

    expect(page.locator("#question[data-response=utter_ask_2]")).to_be_visible()


def test_a_page_that_died_after_it_sent_counts_once(page: Page, bot: StagedBot) -> None:
    with cut_on_the_way_back(page):
        say(page, ONE)
        kept_here(page, 1)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/pupil")
    expect(again.locator("#question[data-response=utter_ask_2]")).to_be_visible()
    expect(again.locator("#unsent-state .good")).to_be_visible()

    assert soon(lambda: said(bot) == [ONE])
    assert again.evaluate(KEPT) == []


@pytest.mark.parametrize("status", [429, 500])
def test_what_was_left_behind_and_cannot_be_taken_now_holds_up_nobody(page: Page, bot: StagedBot, status: int) -> None:
    page.route("**/letterbox", lambda route: route.fulfill(status=status, json={"error": "-"}))
    with cut_on_the_way(page):
        say(page, ONE)
        kept_here(page, 1)
        page.reload()
    ready(page)
    say(page, TWO)
    expect(page.locator("#question[data-response=utter_ask_2]")).to_be_visible()
    assert (said(bot), len(page.evaluate(KEPT))) == ([TWO], 1)

    page.unroute("**/letterbox")
    page.reload()
    assert soon(lambda: said(bot) == [TWO, ONE])


def give_back(page: Page) -> None:
    page.goto("/pupil/leave")
    page.fill("#pin", PIN)
    page.click("form[action='/pupil/leave'] button")
    page.wait_for_url("**/staff/sign-in")


def test_the_next_pupil_finds_nothing_and_carries_the_sealed_words_on(
    page: Page, bot: StagedBot, handed_over: Ask
) -> None:
    page.route("**/letterbox", lambda route: route.abort())
    with cut_on_the_way(page):
        say(page, "my secret")
        kept_here(page, 1)
        page.goto("/pupil/leave")
        expect(page.locator("#device [data-left=here]")).to_be_visible()
        give_back(page)
    (envelope,) = page.evaluate(KEPT)
    assert set(envelope) == {"number", "box", "envelope", "at"}
    assert "secret" not in str(envelope)
    page.unroute("**/letterbox")
    page.goto("/pupil/code")
    expect(page.locator("#device [data-left=arrived]")).to_be_visible()

    assert soon(lambda: said(bot) == ["my secret"])
    assert page.evaluate(KEPT) == []


def test_after_the_tablet_is_given_back_nothing_of_the_pupil_is_on_it(page: Page, bot: StagedBot) -> None:
    page.evaluate(WORKER)
    say(page, "my secret")
    expect(page.locator("#question[data-response=utter_ask_2]")).to_be_visible()
    assert "my secret" in page.content()
    give_back(page)

    assert page.evaluate(KEPT) == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    kept = page.evaluate(CACHED)
    assert {path.split("/")[1] for path in kept} == {"static", "offline"}
    assert [cookie["name"] for cookie in page.context.cookies()] == []
    for _ in range(3):
        page.go_back()
        assert "my secret" not in page.content()


def test_the_page_without_a_line_speaks_the_pupils_language_until_the_tablet_is_given_back(
    page: Page, context: BrowserContext
) -> None:
    page.evaluate(WORKER)
    page.click(".languages summary")
    page.click("button[name=language][value=ar]")
    expect(page.locator("html[dir=rtl]")).to_be_attached()
    page.evaluate(WORKER)
    with gone(page):
        page.goto("/pupil/talk")
        assert page.get_attribute("html", "lang") == "ar"
    page.wait_for_selector("#question")
    give_back(page)
    with gone(page):
        page.goto("/pupil/talk")
        assert page.get_attribute("html", "lang") == "en"


def test_another_language_is_not_asked_for_while_the_line_is_gone(page: Page) -> None:
    page.fill("#text", "half a sentence")
    with gone(page):
        page.click(".languages summary")
        page.click("button[name=language][value=ar]")
        expect(page.locator("#sending")).not_to_be_empty()

    assert page.input_value("#text") == "half a sentence"


def test_a_browser_that_cannot_seal_says_that_the_page_must_stay_open(
    context: BrowserContext, handed_over: Ask, bot: StagedBot
) -> None:
    context.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page = context.new_page()
    page.goto("/pupil/code")
    page.fill("#code", handed_over())
    page.click("form[action='/pupil/code'] button")
    page.click("form[action$='/open'] button")
    ready(page)
    with gone(page):
        say(page, ONE)
        kept_here(page, 1)
        assert page.evaluate(KEPT) == []
        expect(page.locator("#unsent-state [data-unsealed]")).to_be_visible()
    everything_arrived(page)

    assert soon(lambda: said(bot) == [ONE])


@pytest.mark.parametrize(
    "fault",
    [
        "IDBFactory.prototype.open = () => ({})",  # never answers
        "IDBObjectStore.prototype.add = () => { throw new DOMException('', 'QuotaExceededError') }",
        "IDBObjectStore.prototype.delete = () => { throw new DOMException('', 'UnknownError') }",
    ],
)
def test_a_device_whose_store_fails_holds_up_no_words(page: Page, bot: StagedBot, fault: str) -> None:
    page.evaluate(f"() => {{ {fault}; }}")
    say(page, ONE)
    expect(page.locator("#question[data-response=utter_ask_2]")).to_be_visible()
    assert said(bot) == [ONE]


def test_what_was_said_on_a_tablet_that_was_replaced_still_arrives(
    page: Page, bot: StagedBot, handed_over: Ask, context: BrowserContext
) -> None:
    with gone(page):
        say(page, ONE)
        kept_here(page, 1)
        context.clear_cookies()  # what the tablet holds opens nothing any more
    page.wait_for_url("**/pupil/code")

    assert soon(lambda: said(bot) == [ONE])


def test_words_for_a_conversation_that_was_taken_back_are_dropped_and_it_is_said(
    page: Page, bot: StagedBot, database: Database, people: People
) -> None:
    with gone(page):
        say(page, ONE)
        kept_here(page, 1)
        with database.writing() as session:
            withdrawing.withdraw(session, people.adult, next(iter(bot.talks)), "speaker")
    page.wait_for_url("**/pupil/code")
    expect(page.locator("#device [data-left=refused]")).to_be_visible()

    assert (said(bot), page.evaluate(KEPT)) == ([], [])
