from collections.abc import Callable

import httpx
import pytest

from api.models import StaffMember
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk

Device = Callable[[], httpx.Client]


def revoke_forms(desk: AtDesk, people: People) -> list[str]:
    page = desk.sees(f"/staff/pupils/{people.pupil.id}")
    return [form["action"] for form in page.find("form") if form["action"].endswith("/revoke")]


def test_a_new_link_opens_the_parents_page(adult: AtDesk, people: People, device: Device) -> None:
    link = adult.sees(adult.invites(people.pupil)).one("input", id="link")["value"]

    assert device().get(link).status_code == 200


def test_a_link_is_shown_only_once(adult: AtDesk, people: People) -> None:
    page = adult.invites(people.pupil)

    assert adult.sees(page).find("input", id="link")
    assert not adult.sees(page).find("input", id="link")


def test_an_ended_link_opens_nothing(adult: AtDesk, people: People, device: Device) -> None:
    link = adult.sees(adult.invites(people.pupil)).one("input", id="link")["value"]
    (revoke,) = revoke_forms(adult, people)

    adult.posts(revoke, pupil=str(people.pupil.id))

    assert device().get(link).status_code == 404
    assert revoke_forms(adult, people) == []


def test_a_new_link_leads_to_the_same_conversation(adult: AtDesk, people: People, device: Device) -> None:
    conversation = adult.invites(people.pupil).split("/")[3]
    (revoke,) = revoke_forms(adult, people)
    adult.posts(revoke, pupil=str(people.pupil.id))

    page = adult.sent_to(f"/staff/conversations/{conversation}/links")

    assert page == f"/staff/conversations/{conversation}/link"
    assert device().get(adult.sees(page).one("input", id="link")["value"]).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "colleague", "attendance"])
def test_nobody_else_can_end_a_link(
    adult: AtDesk, people: People, sits_down: Callable[[StaffMember], AtDesk], who: str
) -> None:
    adult.invites(people.pupil)
    (revoke,) = revoke_forms(adult, people)

    assert sits_down(getattr(people, who)).posts(revoke, pupil="1").status_code == 404
    assert revoke_forms(adult, people) == [revoke]


@pytest.mark.parametrize("days", ["0", "-1", "36500", "soon"])
def test_a_link_lives_for_one_of_the_offered_terms(adult: AtDesk, people: People, days: str) -> None:
    form = {"relation": "uncle", "language": "en", "days": days}

    assert adult.posts(f"/staff/pupils/{people.pupil.id}/invite", **form).status_code == 422
