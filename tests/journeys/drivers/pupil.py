"""A pupil at a tablet."""

from .speaker import Speaker


class Pupil(Speaker):
    def types_the_number(self, code: str) -> None:
        self._goes_to("/pupil/code")
        self.page.locator("input[name=code]").fill(code)
        self.page.locator("form[action='/pupil/code'] button").click()
        self.page.locator("form[action$='/open']").wait_for()

    def gives_the_tablet_back(self, pin: str) -> None:
        """The adult types the PIN."""
        self._goes_to("/pupil/leave")
        self.page.locator("input[name=pin]").fill(pin)
        self.page.locator("form[action='/pupil/leave'] button").click()
        self.page.wait_for_load_state()

    def still_has_the_tablet(self) -> bool:
        self._goes_to("/pupil/talk")
        return self.page.locator("#now").count() > 0

    def finds_staff_pages_at(self, place: str) -> bool:
        """Signed in, that is: the page for signing in is everybody's."""
        self._goes_to(place)
        return self.page.locator("form[action='/staff/sign-out']").count() > 0

    def _goes_to(self, place: str) -> None:
        self.page.goto(self.address + place)
        self._look()
