"""Whole conversations in every language: mostly taps, read to the end on a narrow screen, nothing left in English."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from api.i18n import read_languages
from api.services.demo import PUPILS, STAFF
from api.settings import ROOT
from tests.running.product import Product

from .conftest import DESK, Device
from .drivers.eyes import ClosedEyes, Eyes
from .drivers.person import Person
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

Hand = Callable[..., Person]


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
    for box in staff.page.locator("main form input[required]:not([type=radio])").all():
        box.fill("–")
    if staff.page.locator("input[name=reason]").count():  # the pupil has talked lately
        staff.page.locator("input[value=pupil_asked]").check()
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
    chooses(desks[adult], guide=GUIDE_OF[language])
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


def test_a_step_of_the_ladder_is_asked_about(hand: Hand) -> None:
    pupil = hand("5-7", guide="check_in")
    pupil.taps_until(".ladder", "skip")
    pupil.picks("ladder:4")
    assert pupil.question == "utter_ask_about_step"
    pupil.taps_until(".lines", "skip")
    pupil.agrees()
    assert pupil.state == "finished"
