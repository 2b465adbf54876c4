"""A parent or carer at a phone."""

from .speaker import Speaker


class Parent(Speaker):
    def opens(self, link: str) -> None:
        self.page.goto(link)
        self._eyes.look(self.page)

    def chooses(self, language: str) -> None:
        self.page.locator(f"button[name=language][value={language}]").first.click()
        self.page.locator("form[action$='/open']").wait_for()

    def changes_the_language(self, language: str) -> None:
        self.page.locator("details.languages summary").click()
        self.page.locator(f"form[data-language] button[value={language}]").click()
        self.page.locator(f"html[lang={language}]").wait_for()
        self._look()

    @property
    def direction(self) -> str | None:
        return self.page.locator("html").get_attribute("dir")

    @property
    def overflows(self) -> bool:
        """Whether the page must be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
