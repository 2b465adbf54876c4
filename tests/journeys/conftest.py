"""One browser and one running product for all journeys; a device of its own for each person."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.api.mail_server import MailServer
from tests.running.product import Places, Product
from tests.running.text_provider import TextProviderServer

from .drivers.eyes import Eyes
from .drivers.parent import Parent
from .drivers.pupil import Pupil
from .drivers.staff import Staff

TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}

Device = Callable[..., BrowserContext]
SignIn = dict[str, str]


@pytest.fixture(scope="session")
def post() -> Iterator[MailServer]:
    """The school's mail server, and every letter that arrived at it."""
    post = MailServer()
    post.start()
    yield post
    post.stop()


@pytest.fixture(scope="session")
def telephones() -> Iterator[TextProviderServer]:
    """Who carries the school's text messages, and every one that was sent."""
    telephones = TextProviderServer()
    telephones.start()
    yield telephones
    telephones.stop()


@pytest.fixture(scope="session")
def product(
    browser: Browser, post: MailServer, telephones: TextProviderServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """After the browser: without one nothing needs to start."""
    to_the_post = {"HOST": "127.0.0.1", "PORT": str(post.port), "SECURITY": "none"}
    mail = {f"PUPIL_VOICE_MAIL_{name}": value for name, value in to_the_post.items()}
    texts = {f"PUPIL_VOICE_{name.upper()}": value for name, value in telephones.settings.items()}
    product = Product(Places(8181, 5122, tmp_path_factory.mktemp("product")), **mail, **texts)
    yield product
    product.stop()


@pytest.fixture(scope="session")
def school(product: Product) -> dict[str, Any]:
    return product.demo()


@pytest.fixture(scope="session")
def adult(school: dict[str, Any]) -> SignIn:
    """The trusted adult's e-mail address, password and PIN."""
    return next(person for person in school["staff_sign_ins"] if person["role"] == "trusted_adult")


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """Kinds of screen that some journey has looked at."""
    return set()


@pytest.fixture
def eyes(seen: set[str]) -> Iterator[Eyes]:
    """Every journey ends with what axe found on its way."""
    eyes = Eyes(seen)
    yield eyes
    assert not eyes.faults


@pytest.fixture
def device(browser: Browser) -> Iterator[Device]:
    """Shares no cookie with another."""
    contexts: list[BrowserContext] = []

    def new(**options: Any) -> BrowserContext:
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def staff(device: Device, eyes: Eyes, product: Product, adult: SignIn) -> Staff:
    """The trusted adult at a desk, signed in."""
    staff = Staff(device(viewport=DESK).new_page(), eyes, product.places.address)
    staff.signs_in(adult["email"], adult["password"])
    return staff


@pytest.fixture
def lead(device: Device, eyes: Eyes, product: Product, school: dict[str, Any]) -> Staff:
    """The safeguarding lead at a desk, signed in with both factors."""
    lead = Staff(device(viewport=DESK).new_page(), eyes, product.places.address)
    who = next(person for person in school["staff_sign_ins"] if person["role"] == "safeguarding_lead")
    lead.signs_in(who["email"], who["password"])
    return lead


@pytest.fixture
def pupil(device: Device, eyes: Eyes, product: Product, adult: SignIn) -> Pupil:
    """In front of a tablet that the trusted adult has just handed over."""
    tablet = device(viewport=TABLET).new_page()
    hand_over(Staff(tablet, eyes, product.places.address), adult)
    return Pupil(tablet, eyes)


@pytest.fixture
def parent(device: Device, eyes: Eyes, staff: Staff) -> Parent:
    """With a phone and a fresh link."""
    parent = Parent(device(viewport=PHONE, has_touch=True, is_mobile=True).new_page(), eyes)
    parent.opens(staff.makes_a_link())
    return parent


def hand_over(staff: Staff, adult: SignIn) -> None:
    staff.signs_in(adult["email"], adult["password"])
    staff.starts_a_conversation()
    staff.hands_the_tablet_over()
