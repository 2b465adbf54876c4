from collections.abc import Callable

import httpx
import pytest

from api.database import Database
from api.models import StaffMember
from api.pages.doors import STAFF_COOKIE, STAFF_PATH
from api.services.people import signing_in
from api.services.talk import parent_links
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk, ByLink, OnTablet, Started

Device = Callable[[], httpx.Client]


@pytest.fixture
def sits_down(device: Device, database: Database) -> Callable[[StaffMember], AtDesk]:
    """Anybody of the staff, signed in at a computer of their own; hashing a password each time would take long."""

    def sit_down(who: StaffMember) -> AtDesk:
        client = device()
        with database.writing() as session:
            token = signing_in.start_session(session, who)
        client.cookies.set(STAFF_COOKIE, token, domain=client.base_url.host, path=STAFF_PATH)
        return AtDesk(client)

    return sit_down


@pytest.fixture
def adult(sits_down: Callable[[StaffMember], AtDesk], people: People) -> AtDesk:
    return sits_down(people.adult)


@pytest.fixture
def started(adult: AtDesk, people: People) -> Started:
    return adult.starts(people.pupil)


@pytest.fixture
def tablet(device: Device, adult: AtDesk, started: Started) -> OnTablet:
    return OnTablet(device(), adult.shows_code(started))


@pytest.fixture
def invited(adult: AtDesk, people: People) -> str:
    """The conversation that a parent or carer got a link to."""
    return adult.invites(people.pupil).split("/")[3]


@pytest.fixture
def at_home(device: Device, database: Database, people: People, invited: str) -> ByLink:
    with database.writing() as session:
        link = parent_links.make(session, people.adult, invited)
    return ByLink(device(), f"/parent/{link}")
