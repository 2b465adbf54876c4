"""Somebody who presses no more than a few keys: a keyboard, or a switch that stands for them."""

from playwright.sync_api import Locator

from .person import ANSWERED, Person

MANY = 120  # stops of the Tab key on the longest page
HERE = "each => each === document.activeElement"
# what keyboard users see of where they are: a line around it, in or around what holds it
OUTLINED = """() => {
  const holder = document.activeElement.closest("label") || document.activeElement;
  return [document.activeElement, holder].some(each => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
}"""


class Keyboard(Person):
    def presses(self, key: str, *, on: Locator) -> None:
        self._goes_to_it(on)
        self.page.keyboard.press(key)

    def chooses(self, language: str) -> None:
        self.presses("Enter", on=self.page.locator(f"button[name=language][value={language}]").first)
        self.page.locator("form[action$='/open']").wait_for()

    def starts(self) -> None:
        self.presses("Enter", on=self.page.locator("form[action$='/open'] button"))
        self.page.locator("#now").wait_for()
        self.is_answered()

    def types(self, words: str) -> None:
        box = self.page.locator("#words textarea")
        if not box.is_visible():
            self.presses("Enter", on=self.page.locator("details.write summary"))
        self._goes_to_it(box)
        self.page.keyboard.insert_text(words)

    def picks_two(self) -> None:
        for number in (0, 1):
            self.presses("Space", on=self.page.locator("form.choices--many .face__box").nth(number))
        self.is_ready()

    def sorts(self, *places: str) -> None:
        """Each picture is one stop of the Tab key, and the arrows move between its places."""
        for number, place in enumerate(places):
            row = self.page.locator(".card-row").nth(number)
            self.presses("Space", on=row.locator("input").first)
            while row.locator(".place:has(:checked)").get_attribute("class") != f"place place--{place}":
                self.page.keyboard.press("ArrowDown")
        self.is_ready()

    def _answered_after(self, press: Locator) -> None:
        before = self.page.locator("#screen").get_attribute("data-after")
        self.presses("Enter", on=press)
        self.page.wait_for_function(ANSWERED, arg=before)
        assert self.stands_at_the_question, "the focus is lost"

    @property
    def stands_at_the_question(self) -> bool:
        return bool(self.page.evaluate("() => Boolean(document.activeElement.closest('#now, #answer'))"))

    def _goes_to_it(self, wanted: Locator) -> None:
        for _ in range(MANY):
            if wanted.evaluate(HERE):
                assert self.page.evaluate(OUTLINED), f"nobody sees where the focus is: {wanted}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not to be reached by the Tab key: {wanted}")
