"""Whole conversations in every language: answered by taps, read to the end on a narrow screen, nothing in English left."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from api.i18n import Language, read_languages
from api.services.demo import PUPILS, STAFF
from api.settings import ROOT
from tests.running.product import Product

from .conftest import DESK, Device
from .drivers.eyes import ClosedEyes, Eyes
from .drivers.staff import Staff
from .reading_along import BriskParent, BriskPupil, Picking, ReadingAlong

# calm: nothing scrolls slowly, so a press need not wait for it
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "reduced_motion": "reduce"}
SPOKEN = {each.code: each for each in read_languages(ROOT / "bot/data/interview/languages.yml")}
BANDS = {band: (name, STAFF[adult][1]) for name, _, band, _, adult in PUPILS}
BAND_OF = dict(zip(SPOKEN, cycle(BANDS), strict=False))
PARENTS_GUIDE_OF = dict(zip(SPOKEN, cycle(["parent", "first_day"]), strict=False))
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

Desk = Callable[[str], Staff]
Hand = Callable[..., BriskPupil]


@pytest.fixture(scope="module")
def desk(browser: Browser, product: Product, school: dict[str, Any]) -> Iterator[Desk]:
    """Of an adult by e-mail address, who stays signed in as long as this file runs."""
    passwords = {person["email"]: person["password"] for person in school["staff_sign_ins"]}
    desks: dict[str, Staff] = {}

    def of(email: str) -> Staff:
        if email not in desks:
            page = browser.new_context(viewport=DESK).new_page()
            desks[email] = Staff(page, ClosedEyes(), product.places.address)
            desks[email].signs_in(email, passwords[email])
        return desks[email]

    yield of
    for staff in desks.values():
        staff.page.context.close()


@pytest.fixture
def language(request: pytest.FixtureRequest) -> Language:
    return SPOKEN[request.param]


@pytest.fixture
def eyes(language: Language) -> Iterator[Eyes]:
    eyes = ReadingAlong(language)
    yield eyes
    assert not eyes.faults


@pytest.fixture
def hand(desk: Desk, device: Device, product: Product) -> Hand:
    """To a pupil of an age band, before a conversation as the adult chose it."""

    def over(band: str, eyes: Eyes, language: str = "en", **chosen: str) -> BriskPupil:
        name, adult = BANDS[band]
        staff = desk(adult)
        opens(staff, name, "start")
        chooses(staff, language=language, **chosen)
        pupil = BriskPupil(device(**NARROW).new_page(), eyes)
        pupil.page.goto(f"{product.places.address}/pupil/code?language={language}")
        pupil.page.locator("input[name=code]").fill(staff.shows_a_code())
        pupil.page.locator("form[action='/pupil/code'] button").click()
        pupil.page.locator("form[action$='/open']").wait_for()
        return pupil

    return over


def opens(staff: Staff, name: str, page: str) -> None:
    staff._goes_to("/staff/pupils")
    place = staff.page.locator(".row__name a", has_text=name).get_attribute("href")
    staff._goes_to(f"{place}/{page}")


def chooses(staff: Staff, **chosen: str) -> None:
    for name in ("present", "place", "relation"):
        for box in staff.page.locator(f"main input[name={name}]").all():
            box.fill("–")
    for name, value in chosen.items():
        staff.page.locator(f"main select[name={name}]").select_option(value)
    staff._presses("main form button.primary")


def taps(pupil: BriskPupil, ways: Iterator[str], wish: str = "") -> None:
    """One screen further, by what it offers; every way that it does not offer is tried again later."""
    offered = [code for code in ("control:pictures", "topic:any", "control:resume") if pupil.is_offered(code)]
    if offered:
        pupil.picks(offered[0])
    elif pupil.page.locator(".cards").count():
        sorts(pupil, "hard", "good", "between")
    elif pupil.sees_faces():
        pupil.picks_faces("sad", "tired")
    elif wish and pupil.page.locator(".wishes").count():
        pupil.page.locator(".wishes textarea").first.fill(wish)
        pupil._answered_after(pupil.page.locator("form.choices button.primary"))
    else:
        pupil.asks_to(next(ways))


def sorts(pupil: BriskPupil, *places: str) -> None:
    """The first cards, one into each place; the others stay where they are."""
    for number, place in enumerate(places):
        pupil.page.locator(".card-row").nth(number).locator(f".place--{place}").click()
    pupil._answered_after(pupil.page.locator("form.choices button.primary"))


def taps_until_the_read_back(pupil: BriskPupil, wish: str = "") -> None:
    ways = cycle(["skip", "dont_know", "skip"])
    for _ in range(50):
        if pupil.reaches_the_read_back():
            return
        taps(pupil, ways, wish)
    raise AssertionError(f"not there, but at {pupil.question}, {pupil.state}")


@pytest.mark.parametrize("language", SPOKEN, indirect=True)
def test_a_pupil_reaches_the_end_by_taps(language: Language, eyes: Eyes, hand: Hand, times: dict[str, str]) -> None:
    pupil = hand(BAND_OF[language.code], eyes, language.code, pattern=times[language.code])
    pupil.starts()
    pupil.asks_to("explain")
    taps_until_the_read_back(pupil, WORDS[language.code][0])
    pupil.page.locator("button[value='readback:adult_only']").last.click()
    expect(pupil.page.locator(".line__only")).to_have_count(1)
    pupil.agrees()
    assert pupil.state == "finished"


@pytest.mark.parametrize("language", SPOKEN, indirect=True)
def test_a_parent_reaches_the_end_in_two_sentences(language: Language, desk: Desk, eyes: Eyes, device: Device) -> None:
    name, adult = BANDS["8-11"]
    opens(desk(adult), name, "invite")
    chooses(desk(adult), guide=PARENTS_GUIDE_OF[language.code], language="en")
    parent = BriskParent(device(**NARROW).new_page(), eyes)
    parent.page.goto(desk(adult).page.locator("#link").input_value())
    parent.chooses(language.code)
    parent.starts()
    for sentence in WORDS[language.code]:
        parent.says(sentence)
    skips_until_the_read_back(parent)
    for sentence in WORDS[language.code]:
        assert parent.line(sentence).is_visible()
    parent.agrees()
    assert parent.state == "finished"


def skips_until_the_read_back(parent: BriskParent) -> None:
    for _ in range(20):
        if parent.reaches_the_read_back():
            return
        parent.picks("control:resume" if parent.is_offered("control:resume") else "control:skip")
    raise AssertionError(f"not there, but at {parent.question}, {parent.state}")


@pytest.fixture(scope="module")
def times(desk: Desk) -> dict[str, str]:
    """To look at with the pupil: another one in each language, and none in some."""
    name, adult = BANDS["8-11"]
    opens(desk(adult), name, "start")
    offered = [it.get_attribute("value") or "" for it in desk(adult).page.locator("#pattern option").all()]
    return dict(zip(SPOKEN, cycle(offered[1:] + offered[:1]), strict=False))


@pytest.mark.parametrize("language", ["ur"], indirect=True)
def test_staff_read_a_conversation_from_right_to_left(
    language: Language, desk: Desk, eyes: Eyes, hand: Hand, device: Device
) -> None:
    pupil = hand("5-7", eyes, language.code, guide="pupil", pattern="mondays")
    name, adult = BANDS["5-7"]
    staff = Staff(desk(adult).page.context.new_page(), ClosedEyes(), pupil.address)
    opens(staff, name, "start")
    staff.page.locator("#page-language").select_option(language.code)
    staff.page.locator("form.language button").click()
    staff.page.locator(f"html[lang={language.code}]").wait_for()
    eyes.look(staff.page)
    pupil.starts()
    while not pupil.page.locator(".cards").count():
        taps(pupil, cycle(["skip"]))
    sorts(pupil, "hard", "good")
    pupil.stops()
    pupil.page.locator("button[value='readback:adult_only']").first.click()
    expect(pupil.page.locator(".line__only")).to_have_count(1)
    pupil.agrees()
    staff._eyes = eyes
    staff.opens_pupil()
    staff.opens_summary()
    expect(staff.page.locator(".line .pick")).not_to_have_count(0)
    expect(staff.page.locator(".line__only")).to_have_count(1)


@pytest.fixture
def axe() -> Iterator[Eyes]:
    eyes = Picking()
    yield eyes
    assert not eyes.faults


def test_a_young_pupil_finishes_without_a_word(hand: Hand, axe: Eyes) -> None:
    pupil = hand("5-7", axe)
    pupil.starts()
    while not pupil.page.locator(".cards").count():
        taps(pupil, cycle(["dont_know"]))
    sorts_with_the_keyboard(pupil)
    assert pupil.question == "utter_ask_about_between_cards"
    taps_until_the_read_back(pupil)
    pupil.agrees()
    assert pupil.state == "finished"


def sorts_with_the_keyboard(pupil: BriskPupil) -> None:
    """Each picture is one stop of the Tab key, and the arrows move between its places."""
    pupil.page.locator(".card-row input").first.focus()
    for keys in (["Space", "ArrowRight"], ["Space", "ArrowDown", "ArrowDown"]):
        for key in keys:
            pupil.page.keyboard.press(key)
        pupil.page.keyboard.press("Tab")
    chosen = [it.get_attribute("value") or "" for it in pupil.page.locator(".card-row input:checked").all()]
    assert [it.rpartition(".")[2] for it in chosen] == ["between", "good"]
    pupil._answered_after(pupil.page.locator("form.choices button.primary"))


def test_a_step_of_the_ladder_is_asked_about(hand: Hand, axe: Eyes) -> None:
    pupil = hand("5-7", axe, guide="check_in")
    pupil.starts()
    while not pupil.page.locator(".ladder").count():
        pupil.asks_to("skip")
    pupil.picks("ladder:4")
    assert pupil.question == "utter_ask_about_step"
    taps_until_the_read_back(pupil)
    pupil.agrees()
    assert pupil.state == "finished"
