"""Whole conversations without a typed word, read aloud by the device, and without a mouse."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from api.services.demo.school import PUPILS, STAFF
from tests.running.product import Product
from tests.running.speech import SPEAKS

from .conftest import PHONE, TABLET, Device, SignIn
from .drivers.eyes import ClosedEyes
from .drivers.keyboard import Keyboard
from .drivers.person import Person
from .drivers.staff import Staff

SIX, ADULT = next((name, STAFF[adult][1]) for name, _, band, _, adult in PUPILS if band == "5-7")
READ = "before => window.spoken.length > before && !document.querySelector('.being-read')"
# "We like to draw together." "The bus is often late in the morning."
WORDS = ("نحب أن نرسم معا.", "الحافلة تتأخر كثيرا في الصباح.")

ISOLATES = re.compile("[\u2066-\u2069]")

Code = Callable[[], str]


class Child(Person):
    """Does not read: has every screen read aloud before tapping, and never meets a box to write in."""

    def _answered_after(self, press: Locator) -> None:
        self.has_it_read()
        assert self.page.locator("#text:visible").count() == 0
        super()._answered_after(press)

    def has_it_read(self) -> None:
        before = self.page.evaluate("window.spoken.length")
        self.page.locator("[data-read=now]:visible").click()
        self.page.wait_for_function(READ, arg=before)
        heard = " ".join(each["text"] for each in self.spoken[before:])
        question = ISOLATES.sub(" ", self.page.locator("#now h1").inner_text())
        assert set(question.split()) <= set(heard.split())

    @property
    def spoken(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("window.spoken")
        return found


@pytest.fixture(scope="module")
def desk(browser: Any, product: Product, school: dict[str, Any]) -> Any:
    """The trusted adult of the child of six, signed in as long as this file runs."""
    context = browser.new_context()
    staff = Staff(context.new_page(), ClosedEyes(), product.places.address)
    person: SignIn = next(person for person in school["staff_sign_ins"] if person["email"] == ADULT)
    staff.signs_in(person["email"], person["password"])
    yield staff
    context.close()


@pytest.fixture
def number(desk: Staff) -> Code:
    """For a new conversation with the child."""

    def code() -> str:
        desk._goes_to("/staff/pupils")
        names = desk.page.locator(".row__name a").all_inner_texts()
        desk.starts_a_conversation(next(number for number, name in enumerate(names) if SIX in name))
        return desk.shows_a_code()

    return code


@pytest.fixture
def tablet(device: Device, product: Product) -> Page:
    context = device(viewport=TABLET, base_url=product.places.address, reduced_motion="reduce")
    context.add_init_script(path=SPEAKS)
    page: Page = context.new_page()
    page.goto("/pupil/code")
    return page


def test_a_child_of_six_finishes_by_taps_and_what_is_read_to_them(tablet: Page, number: Code) -> None:
    child = Child(tablet, ClosedEyes())
    child.types_the_number(number())
    child.starts()
    child.taps_until(".lines", "dont_know", "skip")
    child.agrees()

    assert child.state == "finished"
    assert {each["voice"] for each in child.spoken} == {"own English"}
    assert [word for word in child.page.evaluate("window.marked") if not word] == []


def test_a_child_finishes_with_the_keyboard_alone(tablet: Page, number: Code) -> None:
    tablet.fill("#code", number())
    tablet.keyboard.press("Enter")
    tablet.wait_for_url("**/pupil/talk")
    child = Keyboard(tablet, ClosedEyes())
    child.starts()
    child.presses("Enter", on=tablet.locator(".display summary"))
    child.presses("ArrowRight", on=tablet.locator("[name=colours]:checked"))
    child.page.keyboard.press("Escape")
    child.taps_until(".lines", "skip", "dont_know")
    child.agrees()

    assert child.state == "finished"
    assert tablet.get_attribute("html", "data-colours") == "blue"


def test_a_parent_finishes_with_the_keyboard_alone_from_right_to_left(desk: Staff, device: Device) -> None:
    parent = Keyboard(device(viewport=PHONE, reduced_motion="reduce").new_page(), ClosedEyes())
    parent.opens(desk.makes_a_link())
    parent.chooses("ar")
    parent.starts()
    for sentence in WORDS:
        parent.says(sentence)
    parent.taps_until(".lines", "skip")
    parent.agrees()

    assert (parent.state, parent.direction) == ("finished", "rtl")
