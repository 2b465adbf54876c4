"""From an absence that nobody explains to a person who rings: a text message, an e-mail, the second carer's text."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, update

from api.database import Database
from api.main import create_app
from api.models import Absence, School, now
from api.pages.doors import STAFF_COOKIE, STAFF_PATH
from api.services.people import signing_in
from api.settings import Settings
from tests.api import absent
from tests.api.mail_server import MailServer
from tests.api.people import People
from tests.api.serving import Serving
from tests.api.soon import soon
from tests.running.text_provider import TextProviderServer

from .conftest import DESK, Device
from .drivers.eyes import Eyes

MOTHER, FATHER, MAIL = "+447700900123", "+447700900456", "mother@home.test"


@pytest.fixture
def texts() -> Iterator[TextProviderServer]:
    texts = TextProviderServer()
    texts.start()
    yield texts
    texts.stop()


@pytest.fixture
def family(database: Database, people: People) -> None:
    """A mother with two ways, then a father with one, of a school that may ask at any hour."""
    with database.writing() as session:
        absent.carer(session, people, "mother", language="en", phone=MOTHER, email=MAIL)
        absent.carer(session, people, "father", language="en", phone=FATHER, email="")
        session.exec(update(School).values(quiet_from=0, quiet_until=0))
        session.commit()


@pytest.fixture
def desk(
    settings: Settings,
    serving: Serving,
    post: MailServer,
    texts: TextProviderServer,
    database: Database,
    people: People,
    device: Device,
) -> Iterator[Page]:
    """The attendance lead's, at a school that can send both."""
    mail = {"mail_host": "127.0.0.1", "mail_port": post.port, "mail_security": "none"}
    ways = {**mail, **texts.settings, "whatsapp_number": ""}
    serving.start(create_app(Settings(**{**settings.model_dump(), **ways})))
    context = device(viewport=DESK)
    with database.writing() as session:
        token = signing_in.start_session(session, people.attendance)
    context.add_cookies([{"name": STAFF_COOKIE, "value": token, "domain": "127.0.0.1", "path": STAFF_PATH}])
    page = context.new_page()
    page.goto(f"{serving.address}/staff/today")
    yield page
    context.close()
    serving.stop()


def time_passes(database: Database) -> None:
    """As long as a carer has to answer."""
    with database.writing() as session:
        session.exec(update(Absence).where(col(Absence.next_at).is_not(None)).values(next_at=now()))
        session.commit()


def letters_to_mother(post: MailServer) -> int:
    return len([letter for letter in post.letters if letter["To"] == MAIL])


@pytest.mark.usefixtures("family")
def test_an_absence_goes_through_three_channels_to_a_person(
    desk: Page,
    people: People,
    database: Database,
    post: MailServer,
    texts: TextProviderServer,
    eyes: Eyes,
) -> None:
    desk.locator("main a[href='/staff/today/start']").click()
    eyes.look(desk)
    desk.locator(f"label[for=pupil-{people.pupil.id}]").click()
    closed = desk.locator("#although_closed")
    if closed.count():  # these tests run on any day
        closed.check()
    desk.locator("form[action='/staff/today/start'][method=post] button").click()
    row = desk.locator("tr[data-absence]")
    expect(row).to_have_attribute("data-standing", "asking")

    for arrived in (
        lambda: texts.to(MOTHER),
        lambda: letters_to_mother(post),
        lambda: texts.to(FATHER),
    ):
        assert soon(arrived, 20)
        assert not any(people.pupil.name in text for text in texts.to(MOTHER) + texts.to(FATHER))
        time_passes(database)

    expect(row).to_have_attribute("data-standing", "person", timeout=15_000)  # the list renews itself
    desk.reload()
    expect(desk.locator("[data-kind=ring_family]")).to_have_count(1)
    eyes.look(desk)
    row.locator("a").click()
    channels = desk.locator("li[data-step=asked]")
    assert [each.get_attribute("data-channel") for each in channels.all()] == ["text", "email", "text"]
    eyes.look(desk)
