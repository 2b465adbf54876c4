"""The trusted adult, or another member of staff, at a computer."""

from playwright.sync_api import Locator, Page

from .eyes import Eyes
from .speaker import PATIENCE


class Staff:
    def __init__(self, page: Page, eyes: Eyes, address: str) -> None:
        self.page, self._eyes, self._address = page, eyes, address
        page.set_default_timeout(PATIENCE)

    def signs_in(self, email: str, password: str) -> None:
        self._goes_to("/staff/sign-in")
        self.page.locator("input[name=email]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self._presses("form[action='/staff/sign-in'] button")
        if self.page.locator("form[action='/staff/sign-in/code']").count():  # the demo school fills the code in
            self._presses("form[action='/staff/sign-in/code'] button")

    def opens_pupil(self, number: int = 0) -> str:
        """The address of one pupil of the list."""
        self._goes_to("/staff/pupils")
        link = self.page.locator(".row__name a").nth(number)
        place = link.get_attribute("href") or ""
        self._goes_to(place)
        return place

    def starts_a_conversation(
        self, number: int = 0, *, present: str = "-", place: str = "-", language: str = "", guide: str = ""
    ) -> None:
        self._goes_to(f"{self.opens_pupil(number)}/start")
        for field, chosen in (("language", language), ("guide", guide)):
            if chosen:
                self.page.locator(f"main select[name={field}]").select_option(chosen)
        self.page.locator("input[name=present]").fill(present)
        self.page.locator("input[name=place]").fill(place)
        if self.page.locator("input[name=reason]").count():  # the pupil has talked lately
            self.page.locator("input[value=pupil_asked]").check()
        self._presses("form[action$='/conversations'] button")

    def hands_the_tablet_over(self) -> None:
        self._presses("form[action$='/hand-over/here'] button")

    def shows_a_code(self) -> str:
        self._presses("form[action$='/hand-over/code'] button")
        return self.page.locator(".code-digits").inner_text()

    def makes_a_link(self, number: int = 0, *, relation: str = "-") -> str:
        self._goes_to(f"{self.opens_pupil(number)}/invite")
        known = self.page.get_by_label(relation, exact=True)
        if known.count():  # in the list already
            known.check()
        else:
            self._names_a_carer(relation)
        self._presses("form[action$='/invite'] button")
        return self.page.locator("#link").input_value()

    def _names_a_carer(self, relation: str) -> None:
        if self.page.locator("#carer-new").count():
            self.page.locator("#carer-new").check()
            self.page.locator("details:has([name=relation]) summary").click()
        self.page.locator("input[name=relation]").fill(relation)

    def opens_summary(self, number: int = 0, *, of: str = "pupil") -> None:
        """The newest conversation of the pupil, or of the parents."""
        self.opens_pupil(number)
        whose = {"pupil": "voice-pupil", "parents": "voice-parents"}[of]
        link = self.page.locator(f"section[aria-labelledby={whose}] a[href$='/summary']").first
        self._goes_to(link.get_attribute("href") or "")

    @property
    def lines(self) -> list[str]:
        """What the summary quotes."""
        return self.page.locator(".line .words").all_inner_texts()

    def follows(self, words: str) -> Locator:
        """From a line of the summary to its message."""
        line = self.page.locator(".line").filter(has_text=words).first
        line.locator("a[href*='#turn-']").click()
        return self.page.locator(":target")

    @property
    def alert(self) -> Locator:
        """The link in the strip that cannot be overlooked."""
        return self.page.locator("#attention a[href^='/staff/alerts/']")

    def reads_the_alert(self) -> str:
        self._goes_to(self.alert.first.get_attribute("href") or "")
        return self.page.locator(".alert-words .words").inner_text()

    def acknowledges(self) -> None:
        self._presses("form[action$='/acknowledge'] button")

    def takes_a_step(self, kind: str, note: str = "") -> None:
        """On the page of an alert."""
        form = self.page.locator(f"form:has([name=kind][value={kind}])").first
        if note:
            form.locator("textarea").fill(note)
        self._press(form.locator(f"button[value={kind}], button").first)

    # review

    def adds_a_carer(self, pupil: str, relation: str, language: str, phone: str) -> None:
        """`pupil`: where their page is."""
        self._goes_to(f"{pupil}/family/add")
        self.page.locator("#relation").fill(relation)
        self.page.locator("#language").select_option(language)
        self.page.locator("#phone").fill(phone)
        self._presses("form[action$='/family/add'] button.primary")

    def sends_a_link(self, pupil: str, relation: str, way: str) -> None:
        """To this one of the family, by this way."""
        self._goes_to(f"{pupil}/invite")
        self.page.get_by_label(relation, exact=True).check()
        self.page.locator(f"input[name=way][value={way}]").check()
        self._presses("form[action$='/invite'] button.primary")

    def finds_in_the_inbox(self, words: str = "") -> Locator:
        self._goes_to("/staff/inbox")
        return self.page.locator("[data-conversation]").filter(has_text=words).first

    def notes(self, words: str) -> None:
        self.page.locator("form[action$='/notes'] textarea").fill(words)
        self._presses("form[action$='/notes'] button")

    def promises(self, kind: str, *, about: str) -> None:
        """In answer to a line of the summary that is open."""
        self._goes_to(self._link("a[href$='/promise']"))
        self.page.locator("label.quote").filter(has_text=about).first.click()
        self.page.locator("select[name=kind]").select_option(kind)
        self._presses("form[action$='/promises'] button.primary")

    def keeps_the_promise(self, outcome: str) -> None:
        """The newest that is listed on the page of its conversation."""
        self._goes_to(self._link("[data-promise] a[href^='/staff/promises/']"))
        self.page.locator(f"input[name=outcome][value={outcome}]").check()
        self._presses("form[action^='/staff/promises/'] button.primary")

    def hands_the_tablet_over_again(self) -> None:
        self._goes_to(self._link("a[href$='/hand-over']"))
        self.hands_the_tablet_over()

    def opens_the_map(self, number: int = 0) -> None:
        self._goes_to(f"{self.opens_pupil(number)}/voices")

    def saves(self, file: str, language: str) -> bytes:
        """A file of the conversation whose summary is open."""
        place = self.page.url.removesuffix("/summary") + f"/{file}?language={language}"
        answer = self.page.request.get(place)
        assert answer.ok, (place, answer.status)
        return answer.body()

    def _link(self, selector: str) -> str:
        return self.page.locator(selector).first.get_attribute("href") or ""

    def _goes_to(self, place: str) -> None:
        self.page.goto(f"{self._address}{place}")
        self._eyes.look(self.page)

    def _presses(self, button: str) -> None:
        self._press(self.page.locator(button).first)

    def _press(self, button: Locator) -> None:
        with self.page.expect_navigation():  # a form: to the page at the end of the way
            button.click()
        self._eyes.look(self.page)
