"""The store, the people, the bot and the product that tests of the api and of its pages share."""

import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from api.database import Database
from api.main import create_app
from api.settings import Settings
from tests.api.people import People, meet
from tests.api.scripted_bot import SECRET, ScriptedBot
from tests.api.serving import Serving
from tests.api.stores import PostgresStores, SqliteStores, postgres_binaries
from tests.running.browser import browser
from tests.running.statements import compiled_once

__all__ = ["browser"]

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody: to read whom to trust takes longer than many a test
BROWSER = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture(scope="session", autouse=True)
def statements() -> Iterator[None]:
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def sqlite_stores(tmp_path_factory: pytest.TempPathFactory) -> SqliteStores:
    return SqliteStores(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_stores() -> Iterator[PostgresStores]:
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL on this machine")
    stores = PostgresStores(binaries)
    yield stores
    stores.stop()


@pytest.fixture
def store() -> str:
    """Tests of what must hold on both are parametrised with "sqlite" and "postgresql"; TESTS_STORE=postgresql runs all
    others there, too.
    """
    return os.environ.get("TESTS_STORE", "sqlite")


@pytest.fixture
def database_url(store: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    with request.getfixturevalue(f"{store}_stores").new(tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def people(database: Database) -> People:
    with database.reading() as session:
        return meet(session)


@pytest.fixture
def bot() -> Iterator[ScriptedBot]:
    bot = ScriptedBot()
    yield bot
    bot.stop()
    assert bot.complaints == []


@pytest.fixture
def serving() -> Serving:
    return Serving()


@pytest.fixture
def settings(database_url: str, bot: ScriptedBot, serving: Serving) -> Settings:
    return Settings(
        environment="test",
        database_url=database_url,
        bot_url=bot.url,
        bot_secret=SecretStr(SECRET),
        bot_timeout=2,
        public_url=serving.address,
    )


@pytest.fixture
def address(settings: Settings, serving: Serving) -> Iterator[str]:
    """Where the product is served."""
    serving.start(create_app(settings))
    yield serving.address
    serving.stop()


@pytest.fixture
def device(address: str) -> Iterator[Callable[[], httpx.Client]]:
    """A browser without scripts; each shares no cookie with another."""
    with ExitStack() as open_ones:
        yield lambda: open_ones.enter_context(
            httpx.Client(base_url=address, headers=BROWSER, trust_env=False, timeout=10, verify=NO_TLS)
        )


@pytest.fixture
def client(device: Callable[[], httpx.Client]) -> httpx.Client:
    return device()
