"""A tablet in a pupil's hands and a parent's phone, in every language that a machine can pretend to speak."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pydantic import SecretStr

from api.database import Database
from api.i18n import Language, read_languages
from api.models import AgeBand, Pupil
from api.services.talk import conversations, hand_overs, parent_links
from api.services.talk.conversations import Plan
from api.settings import ROOT, Settings
from tests.api.people import People
from tests.api.scripted_bot import SECRET
from tests.api.serving import Serving
from tests.pages.speakers.pseudo import write_catalogs
from tests.pages.speakers.staged_bot import StagedBot

# a few of each kind: more would only make every start of the product slower
SPOKEN = ("en", "pl", "ar", "ur", "bn")
LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in read_languages(ROOT / "bot/data/interview/languages.yml")
    if language.code in SPOKEN
}
TABLET: ViewportSize = {"width": 820, "height": 1180}
PHONE: ViewportSize = {"width": 360, "height": 740}
BROWSER = {"accept": "text/html", "accept-language": "en"}

Device = Callable[[], httpx.Client]
Ask = Callable[..., str]


@pytest.fixture(scope="session")
def pseudo_translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    write_catalogs(ROOT / "translations", folder, [each for each in LANGUAGES.values() if each.code != "en"])
    return folder


@pytest.fixture
def bot() -> Iterator[StagedBot]:
    bot = StagedBot()
    yield bot
    bot.stop()
    assert bot.complaints == []


@pytest.fixture
def settings(database_url: str, bot: StagedBot, serving: Serving, pseudo_translations: Path) -> Settings:
    return Settings(
        environment="test",
        database_url=database_url,
        bot_url=bot.url,
        bot_secret=SecretStr(SECRET),
        bot_timeout=2,
        public_url=serving.address,
        translations=pseudo_translations,
    )


@pytest.fixture
def handed_over(database: Database, people: People) -> Ask:
    """Gives the number that a pupil types, for a new conversation in `language`."""

    def number(language: str = "en") -> str:
        with database.writing() as session:
            new = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", language))
            return hand_overs.by_code(session, people.adult, new.id)

    return number


@pytest.fixture
def linked(database: Database, people: People) -> Ask:
    """Gives the path of a new link for a parent."""

    def path(language: str = "en", days: int = 14) -> str:
        with database.writing() as session:
            new = conversations.start(session, people.adult, people.pupil.id, Plan("parent", language))
            return f"/parent/{parent_links.make(session, people.adult, new.id, days)}"

    return path


@pytest.fixture
def tablet(device: Device, handed_over: Ask) -> httpx.Client:
    """In the pupil's hands, before the first question."""
    tablet = device()
    assert tablet.post("/pupil/code", data={"code": handed_over()}).headers["location"] == "/pupil/talk"
    return tablet


@pytest.fixture
def talking(tablet: httpx.Client) -> httpx.Client:
    """The first question stands."""
    tablet.post("/pupil/talk/open")
    return tablet


@pytest.fixture
def age_band() -> AgeBand:
    return "5-7"


@pytest.fixture
def aged(database: Database, people: People, age_band: AgeBand) -> None:
    """The pupil is of this age."""
    with database.writing() as session:
        pupil = session.get_one(Pupil, people.pupil.id)
        pupil.age_band = age_band
        session.add(pupil)
        session.commit()


@pytest.fixture
def young(aged: None, talking: httpx.Client) -> httpx.Client:
    """A pupil of six; the first question stands."""
    return talking


@pytest.fixture
def complaints() -> list[str]:
    """What the browser itself found wrong: scripts that broke, files that the policy refused."""
    return []


@pytest.fixture
def context(browser: Browser, address: str, complaints: list[str]) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport=TABLET)
    context.set_default_timeout(6_000)
    context.on("weberror", lambda problem: complaints.append(str(problem.error)))
    context.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext, handed_over: Ask) -> Page:
    """A tablet with the first question on it."""
    page = context.new_page()
    for way, form in (("/pupil/code", {"code": handed_over()}), ("/pupil/talk/open", {})):
        assert page.request.post(way, form=form).ok  # as the pages before would: each takes time to be drawn
    page.goto("/pupil/talk")
    page.wait_for_selector("#question")
    return page
