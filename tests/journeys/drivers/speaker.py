"""What a pupil and a parent have in common: a question on the screen, and ways to answer it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.running.lines import Cut

from .eyes import Eyes

PATIENCE = 15_000  # ms; the machine may be busy with other things


class Speaker:
    def __init__(self, page: Page, eyes: Eyes) -> None:
        self.page, self._eyes = page, eyes
        page.set_default_timeout(PATIENCE)

    # what they do

    def starts(self) -> None:
        """After what was promised earlier, where that stands first."""
        self._eyes.look(self.page)
        if self.page.locator("form[action$='/answers']").count():
            self.page.locator("form[action$='/answers'] button").click()
            self.page.wait_for_load_state()
        self.page.locator("form[action$='/open'] button").click()
        self.page.locator("#now").wait_for()
        self.is_answered()

    def says(self, words: str) -> None:
        self.types(words)
        self._answered_after(self.page.locator("#words [data-send]"))

    def types(self, words: str) -> None:
        self.page.locator("#words textarea").fill(words)

    def sends(self) -> None:
        """Without waiting for what comes of it."""
        self.page.locator("#words [data-send]").click()

    def picks(self, code: str) -> None:
        self._answered_after(self._choice(code).first)

    def picks_faces(self, *feelings: str) -> None:
        for feeling in feelings:
            self.page.locator(f"input[name=choices][value='feeling:{feeling}']").check()
        self._answered_after(self.page.locator("form.choices--many button"))

    def presses(self, code: str) -> None:
        """Without waiting for what comes of it."""
        self._choice(code).first.click()

    def takes_a_step(self, words: str) -> list[str]:
        """What the screen asks for: a topic, faces, or else these words. What was said of it, not waiting for more."""
        offered = next((code for code in ("topic:any", "control:resume") if self.is_offered(code)), None)
        if offered:
            self.presses(offered)
        elif self.sees_faces():
            self.page.locator("input[name=choices][value='feeling:sad']").check()
            self.page.locator("form.choices--many button").click()
        else:
            self.types(words)
            self.sends()
            return [words]
        return []

    def asks_to(self, control: str) -> None:
        self.picks(f"control:{control}")

    def talks_until(self, reached: Callable[[], bool], answers: Sequence[str], turns: int = 60) -> None:
        """Says one after the other, again and again; takes whatever topic is offered and never an early end."""
        for answer in islice(cycle(answers), turns):
            if reached():
                return
            self._takes_one_turn(answer)
        raise AssertionError(f"not there after {turns} turns, but at {self.question}, {self.state}")

    def reaches_the_read_back(self) -> bool:
        return self.state == "reading_back"

    def sees_faces(self) -> bool:
        return self.page.locator("form.choices--many input[value^='feeling:']").count() > 0

    def stops(self) -> None:
        self.asks_to("pause")
        self.picks("control:finish")

    def _takes_one_turn(self, answer: str) -> None:
        offered = next((code for code in ("topic:any", "control:resume") if self.is_offered(code)), None)
        if offered:
            self.picks(offered)
        elif self.sees_faces():
            self.picks_faces("sad")
        else:
            self.says(answer)

    def reloads(self) -> None:
        self.page.reload()
        self.is_answered()

    def comes_back_to(self, address: str) -> None:
        self.page.goto(address)
        self._look()

    # what happens to them

    @contextmanager
    def cut_line(self, how: Cut) -> Iterator[None]:
        """With it, what is sent does not arrive, or nobody hears that it did; afterwards the line is back."""
        self._script_runs()
        with how(self.page):
            yield
            self.sees_words_kept()
        self.page.evaluate("dispatchEvent(new Event('online'))")
        expect(self.page.locator("#unsent-words > li")).to_have_count(0, timeout=PATIENCE)
        self.is_answered()

    # the read-back

    def line(self, words: str) -> Locator:
        return self.page.locator(".lines > .line").filter(has_text=words).first

    def leaves_out(self, words: str) -> None:
        self._answered_after(self.line(words).locator("button[value='readback:leave_out']"))

    def changes(self, words: str, into: str) -> None:
        line = self.line(words)
        line.locator("details.change summary").click()
        line.locator("details.change textarea").fill(into)
        self._answered_after(line.locator("details.change button"))

    def agrees(self) -> None:
        self.picks("readback:done")

    # what they see

    @property
    def question(self) -> str:
        """The response id of the question that stands."""
        return self.page.locator("#question").get_attribute("data-response") or ""

    @property
    def heard(self) -> list[str]:
        """The response ids on the screen, in order."""
        return [it.get_attribute("data-response") or "" for it in self.page.locator("#now [data-response]").all()]

    @property
    def state(self) -> str:
        return self.page.locator("#now").get_attribute("data-state") or ""

    def is_offered(self, code: str) -> bool:
        return self.page.locator("#answer").locator(f"button[name=choices][value='{code}']").count() > 0

    @property
    def kinds(self) -> set[str]:
        """Of everything on the screen: notice, question, ..."""
        return {it.get_attribute("data-kind") or "" for it in self.page.locator("#now [data-response]").all()}

    def sees_words_kept(self) -> None:
        """Not received yet, says the page."""
        expect(self.page.locator("#unsent-words > li").first).to_be_visible()

    def sees_that_everything_arrived(self) -> None:
        expect(self.page.locator("#unsent-state .good")).to_be_visible()

    def _script_runs(self) -> None:
        expect(self.page.locator("#unsent[data-ready]")).to_be_attached()

    def moves_on(self) -> None:
        """The next screen has come, with an empty box for words."""
        expect(self.page.locator("#words textarea")).to_have_value("", timeout=4 * PATIENCE)
        self.is_answered()

    def waits_for_an_answer(self) -> None:
        expect(self.page.locator("#now .waiting")).to_be_visible(timeout=PATIENCE)

    def is_answered(self) -> None:
        expect(self.page.locator("#now .waiting")).to_have_count(0, timeout=4 * PATIENCE)
        self._look()

    @property
    def said_so_far(self) -> list[str]:
        """Every message kept, as the person can read it; comes back to the question afterwards."""
        self.page.locator("a[href$='/talk/said']").click()
        self.page.locator(".thread").wait_for()
        self._look()
        words = self.page.locator(".thread .mine__words").all_inner_texts()
        self.page.go_back()
        self.page.locator("#now").wait_for()
        return words

    @property
    def address(self) -> str:
        """Of the whole product."""
        parts = urlsplit(self.page.url)
        return f"{parts.scheme}://{parts.netloc}"

    def photographs(self, file: Path) -> None:
        self.page.mouse.move(0, 0)  # nothing is hovered over
        self.page.screenshot(path=file)

    # how a page tells that a turn is over

    def _choice(self, code: str) -> Locator:
        return self.page.locator(f"button[name=choices][value='{code}']")

    def _answered_after(self, press: Locator) -> None:
        screen = self.page.locator("#screen")
        before = screen.get_attribute("data-after") or ""
        press.click()
        expect(screen).not_to_have_attribute("data-after", before, timeout=PATIENCE)
        self.is_answered()

    def _look(self) -> None:
        self._eyes.look(self.page)
