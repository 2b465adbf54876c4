"""Whoever answers mostly by taps: a pupil and a parent alike."""

from playwright.sync_api import Locator, expect

from .parent import Parent
from .pupil import Pupil

ANSWERED = """after => document.querySelector("#screen").dataset.after !== after
  && !document.querySelector("#now .waiting")"""


class Person(Pupil, Parent):
    """Sees an answer in the frame in which it comes: some four hundred are waited for here."""

    def _answered_after(self, press: Locator) -> None:
        before = self.page.locator("#screen").get_attribute("data-after")
        press.click()
        self.page.wait_for_function(ANSWERED, arg=before)
        self._look()

    def taps_until(self, screen: str, *ways: str, wish: str = "") -> None:
        """Takes what each screen offers, else one way after the other."""
        for way in (way for _ in range(20) for way in ways):
            if self.page.locator(screen).count():
                return
            self._taps(way, wish)
        raise AssertionError(f"not there, but at {self.question}, {self.state}")

    def _taps(self, way: str, wish: str) -> None:
        offered = [it for it in ("control:pictures", "topic:any", "control:resume") if self.is_offered(it)]
        if offered:
            self.picks(offered[0])
        elif self.page.locator(".cards").count():
            self.sorts("hard", "good", "between")
        elif self.page.locator("form.choices--many").count():
            self.picks_two()
        elif wish and self.page.locator(".wishes").count():
            self.page.locator(".wishes textarea").first.fill(wish)
            self.is_ready()
        else:
            self.asks_to(way)

    def picks_two(self) -> None:
        """Of faces, or of whatever else several can be picked of."""
        for number in (0, 1):
            self.page.locator("form.choices--many .face__box").nth(number).check()
        self.is_ready()

    def sorts(self, *places: str) -> None:
        """The first pictures, one into each place; the others stay where they are."""
        for number, place in enumerate(places):
            self.page.locator(".card-row").nth(number).locator(f".place--{place}").click()
        self.is_ready()

    def is_ready(self) -> None:
        self._answered_after(self.page.locator("form.choices button.primary"))

    def keeps_a_line_for_the_adult(self) -> None:
        self.page.locator("button[value='readback:adult_only']").last.click()
        expect(self.page.locator(".line__only")).to_have_count(1)
