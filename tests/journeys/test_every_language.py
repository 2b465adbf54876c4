"""Whole conversations in every language: mostly taps, read to the end on a narrow screen, nothing left in English."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from api.i18n import read_languages
from api.services.demo import PUPILS, STAFF
from api.settings import ROOT
from tests.running.product import Product

from .conftest import DESK, Device
from .drivers.eyes import ClosedEyes, Eyes
from .drivers.parent import Parent
from .drivers.pupil import Pupil
from .drivers.staff import Staff
from .reading_along import Picking, ReadingAlong

# calm: nothing scrolls slowly, so a press need not wait for it
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "reduced_motion": "reduce"}
SPOKEN = {each.code: each for each in read_languages(ROOT / "bot/data/interview/languages.yml")}
BANDS = {band: (name, STAFF[adult][1]) for name, _, band, _, adult in PUPILS}
BAND_OF = dict(zip(SPOKEN, cycle(BANDS), strict=False))
TIME_OF = dict(zip(SPOKEN, cycle(["mondays", "first_lesson", "sports_days", "after_holidays", ""]), strict=False))
GUIDE_OF = dict(zip(SPOKEN, cycle(["parent", "first_day"]), strict=False))
# "We like to draw together." "The bus is often late in the morning."
WORDS = {
    "en": ("We like to draw together.", "The bus is often late in the morning."),
    "cy": ("Rydyn ni'n hoffi tynnu lluniau gyda'n gilydd.", "Mae'r bws yn aml yn hwyr yn y bore."),
    "pl": ("Lubimy razem rysować.", "Autobus rano często się spóźnia."),
    "ro": ("Ne place să desenăm împreună.", "Autobuzul întârzie des dimineața."),
    "uk": ("Ми любимо разом малювати.", "Вранці автобус часто запізнюється."),
    "ar": ("نحب أن نرسم معا.", "الحافلة تتأخر كثيرا في الصباح."),
    "ur": ("ہمیں مل کر تصویریں بنانا پسند ہے۔", "صبح بس اکثر دیر سے آتی ہے۔"),
    "pa": ("ਸਾਨੂੰ ਇਕੱਠੇ ਤਸਵੀਰਾਂ ਬਣਾਉਣਾ ਪਸੰਦ ਹੈ।", "ਸਵੇਰੇ ਬੱਸ ਅਕਸਰ ਦੇਰ ਨਾਲ ਆਉਂਦੀ ਹੈ।"),
    "bn": ("আমরা একসঙ্গে ছবি আঁকতে ভালোবাসি।", "সকালে বাস প্রায়ই দেরিতে আসে।"),
    "so": ("Waxaan jecelnahay inaan wada sawirno.", "Basku subaxdii badanaa wuu soo daahaa."),
    "pt": ("Gostamos de desenhar juntos.", "O autocarro atrasa-se muitas vezes de manhã."),
    "es": ("Nos gusta dibujar juntos.", "El autobús llega tarde muchas mañanas."),
    "fr": ("Nous aimons dessiner ensemble.", "Le bus est souvent en retard le matin."),
    "tr": ("Birlikte resim yapmayı seviyoruz.", "Otobüs sabahları sık sık geç geliyor."),
}

ANSWERED = """after => document.querySelector("#screen").dataset.after !== after
  && !document.querySelector("#now .waiting")"""
Hand = Callable[..., "Person"]


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
        elif self.sees_faces():
            self.picks_faces("sad", "tired")
        elif wish and self.page.locator(".wishes").count():
            self.page.locator(".wishes textarea").first.fill(wish)
            self.is_ready()
        else:
            self.asks_to(way)

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


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str | None:
    return getattr(request, "param", None)


@pytest.fixture
def eyes(language: str | None) -> Iterator[Eyes]:
    eyes = ReadingAlong(SPOKEN[language]) if language else Picking()
    yield eyes
    assert not eyes.faults


@pytest.fixture(scope="module")
def desks(browser: Browser, product: Product, school: dict[str, Any]) -> Iterator[dict[str, Staff]]:
    """Both trusted adults stay signed in as long as this file runs."""
    adults = [person for person in school["staff_sign_ins"] if person["role"] == "trusted_adult"]
    address, pages = product.places.address, [browser.new_context(viewport=DESK).new_page() for _ in adults]
    desks = {adult["email"]: Staff(page, ClosedEyes(), address) for adult, page in zip(adults, pages, strict=True)}
    for adult in adults:
        desks[adult["email"]].signs_in(adult["email"], adult["password"])
    yield desks
    for page in pages:
        page.context.close()


@pytest.fixture
def hand(desks: dict[str, Staff], device: Device, eyes: Eyes) -> Hand:
    """To a pupil of an age band, before a conversation as the adult chose it."""

    def over(band: str, language: str = "en", **chosen: str) -> Person:
        name, adult = BANDS[band]
        opens(desks[adult], name, "start")
        chooses(desks[adult], language=language, **chosen)
        pupil = Person(device(**NARROW, locale=language).new_page(), eyes)
        pupil.page.goto(f"{desks[adult]._address}/pupil/code")
        pupil.types_the_number(desks[adult].shows_a_code())
        pupil.starts()
        return pupil

    return over


def opens(staff: Staff, name: str, page: str) -> None:
    staff._goes_to("/staff/pupils")
    staff._goes_to(f"{staff.page.locator('.row__name a', has_text=name).get_attribute('href')}/{page}")


def chooses(staff: Staff, **chosen: str) -> None:
    for box in staff.page.locator("main form input[required]").all():
        box.fill("–")
    for name, value in chosen.items():
        staff.page.locator(f"main select[name={name}]").select_option(value)
    staff._presses("main form button.primary")


@pytest.mark.parametrize("language", SPOKEN, indirect=True)
def test_a_pupil_reaches_the_end_by_taps(language: str, hand: Hand) -> None:
    pupil = hand(BAND_OF[language], language, pattern=TIME_OF[language])
    pupil.asks_to("explain")
    pupil.taps_until(".lines", "skip", "dont_know", "skip", wish=WORDS[language][0])
    pupil.keeps_a_line_for_the_adult()
    pupil.agrees()
    assert pupil.state == "finished"


@pytest.mark.parametrize("language", SPOKEN, indirect=True)
def test_a_parent_reaches_the_end_in_two_sentences(
    language: str, desks: dict[str, Staff], eyes: Eyes, device: Device
) -> None:
    name, adult = BANDS["8-11"]
    opens(desks[adult], name, "invite")
    chooses(desks[adult], guide=GUIDE_OF[language], language="en")
    parent = Person(device(**NARROW).new_page(), eyes)
    parent.page.goto(desks[adult].page.locator("#link").input_value())
    parent.chooses(language)
    parent.starts()
    for sentence in WORDS[language]:
        parent.says(sentence)
    parent.taps_until(".lines", "skip")
    assert all(parent.line(sentence).is_visible() for sentence in WORDS[language])
    parent.agrees()
    assert parent.state == "finished"


@pytest.mark.parametrize("language", ["ur"], indirect=True)
def test_staff_read_from_right_to_left(language: str, desks: dict[str, Staff], eyes: Eyes, hand: Hand) -> None:
    pupil = hand("5-7", language, guide="pupil", pattern="mondays")
    pupil.taps_until(".cards", "skip")
    pupil.sorts("hard", "good")
    pupil.stops()
    pupil.keeps_a_line_for_the_adult()
    pupil.agrees()
    name, adult = BANDS["5-7"]
    staff = Staff(desks[adult].page.context.new_page(), ClosedEyes(), pupil.address)
    opens(staff, name, "start")
    staff.page.locator("#page-language").select_option(language)
    staff.page.locator("form.language button").click()
    staff.page.locator(f"html[lang={language}]").wait_for()
    eyes.look(staff.page)
    staff._eyes = eyes
    staff.opens_summary()
    expect(staff.page.locator(".line .pick")).not_to_have_count(0)
    expect(staff.page.locator(".line__only")).to_have_count(1)


def test_a_young_pupil_finishes_without_a_word(hand: Hand) -> None:
    pupil = hand("5-7")
    pupil.taps_until(".cards", "dont_know")
    put_two_pictures_with_the_keyboard(pupil)
    assert pupil.question == "utter_ask_about_between_cards"
    pupil.taps_until(".lines", "skip", "dont_know")
    pupil.agrees()
    assert pupil.state == "finished"


def put_two_pictures_with_the_keyboard(pupil: Person) -> None:
    """Each picture is one stop of the Tab key, and the arrows move between its places."""
    pupil.page.locator(".card-row input").first.focus()
    for key in ("Space", "ArrowRight", "Tab", "Space", "ArrowDown", "ArrowDown"):
        pupil.page.keyboard.press(key)
    chosen = [it.get_attribute("value") or "" for it in pupil.page.locator(".card-row input:checked").all()]
    assert [it.rpartition(".")[2] for it in chosen] == ["between", "good"]
    pupil.is_ready()


def test_a_step_of_the_ladder_is_asked_about(hand: Hand) -> None:
    pupil = hand("5-7", guide="check_in")
    pupil.taps_until(".ladder", "skip")
    pupil.picks("ladder:4")
    assert pupil.question == "utter_ask_about_step"
    pupil.taps_until(".lines", "skip")
    pupil.agrees()
    assert pupil.state == "finished"
