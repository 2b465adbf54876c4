from collections.abc import Callable

import httpx
import pytest

from api.models import StaffMember
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk
from tests.pages.staff.markup import Element, Markup

Device = Callable[[], httpx.Client]
SitsDown = Callable[[StaffMember], AtDesk]
EMAIL, CHOSEN = "new.person@school.test", "kettle orbit mustard"
HEAD = "name,year,language,trusted_adult_email\n"


@pytest.fixture
def office(sits_down: SitsDown, people: People) -> AtDesk:
    return sits_down(people.office)


def invites(office: AtDesk, role: str = "trusted_adult") -> str:
    """Where the new link is shown."""
    form = office.sees("/staff/people/invite").one("input", name="form_id")["value"]
    return office.sent_to("/staff/people/invite", form_id=form, name="New Person", email=EMAIL, role=role)


def link_on(office: AtDesk, page: str) -> str:
    return httpx.URL(office.sees(page).one("input", id="link")["value"]).path


def uploads(office: AtDesk, table: str) -> httpx.Response:
    return office.client.post("/staff/people/pupils/import", files={"table": ("pupils.csv", table.encode())})


def fault_of(answer: httpx.Response) -> str:
    assert answer.status_code == 422
    return Markup(answer.text).one("p", id="fault")["data-fault"]


def test_the_room_is_the_administrators_alone(sits_down: SitsDown, people: People) -> None:
    pages = ("", "/invite", "/pupils", "/pupils/add", "/pupils/import", "/calendar")
    others = [sits_down(who) for who in (people.adult, people.attendance, people.lead)]

    assert {other.asks(f"/staff/people{page}").status_code for other in others for page in pages} == {404}


def test_each_page_opens_for_the_administrator(office: AtDesk, people: People) -> None:
    for page in ("/pupils", "/pupils/import", "/calendar", f"/staff/{people.adult.id}", f"/pupils/{people.pupil.id}"):
        assert office.sees(f"/staff/people{page}").find("h1")


def test_another_schools_people_and_pupils_do_not_exist(office: AtDesk, sits_down: SitsDown, people: People) -> None:
    assert not office.sees("/staff/people").find("tr", data_staff=str(people.stranger.id))
    assert office.asks(f"/staff/people/staff/{people.stranger.id}").status_code == 404
    assert office.posts(f"/staff/people/staff/{people.stranger.id}/leave").status_code == 404


def test_an_invited_person_chooses_a_password_and_signs_in(office: AtDesk, device: Device) -> None:
    newcomer, link = device(), link_on(office, invites(office))
    assert newcomer.get(link).status_code == 200

    chosen = {"password": CHOSEN, "again": CHOSEN, "pin": "7413", "language": "en"}
    for _ in range(2):
        assert newcomer.post(link, data=chosen).status_code == 303

    answer = newcomer.post("/staff/sign-in", data={"email": EMAIL, "password": CHOSEN})
    assert answer.status_code == 303
    assert device().get(link).status_code == 404


def test_the_newcomer_is_told_what_is_wrong(office: AtDesk, device: Device) -> None:
    link, chosen = link_on(office, invites(office)), {"password": CHOSEN, "again": CHOSEN, "pin": "7413"}

    assert fault_of(device().post(link, data=chosen | {"again": "differs"})) == "password_differs"
    assert fault_of(device().post(link, data=chosen | {"pin": "1234"})) == "pin_known"


def test_an_invitation_is_shown_once_and_can_be_taken_back(office: AtDesk, device: Device) -> None:
    page = invites(office)
    link = link_on(office, page)
    assert not office.sees(page).find("input", id="link")

    office.posts(f"{page}/revoke")

    assert device().get(link).status_code == 404
    assert not office.sees("/staff/people").find("li", data_invitation=page.split("/")[-1])


def test_who_left_is_listed_as_such(office: AtDesk, people: People) -> None:
    page = f"/staff/people/staff/{people.adult.id}"
    assert fault_of(office.posts(f"{page}/leave")) == "successor_needed"

    office.sent_to(f"{page}/leave", successor=str(people.colleague.id))

    listed = office.sees("/staff/people")
    assert listed.find("li", data_left=str(people.adult.id))
    assert not listed.find("tr", data_staff=str(people.adult.id))


def test_a_role_is_changed(office: AtDesk, people: People) -> None:
    page = f"/staff/people/staff/{people.attendance.id}"
    office.sent_to(f"{page}/role", role="trusted_adult", successor="")

    row = office.sees("/staff/people").one("tr", data_staff=str(people.attendance.id))
    assert row["data-role"] == "trusted_adult"


def test_a_pupil_is_added_changed_and_erased(office: AtDesk, people: People) -> None:
    form = office.sees("/staff/people/pupils/add").one("input", name="form_id")["value"]
    given = {"name": "Ada Sample", "year": "4", "language": "en", "adult": str(people.adult.id)}
    for _ in range(2):
        office.sent_to("/staff/people/pupils/add", form_id=form, **given)
    (added,) = (row["data-pupil"] for row in rows(office) if "Ada Sample" in row.text)

    office.sent_to(f"/staff/people/pupils/{added}", **given | {"name": "Ada Other"})
    assert fault_of(office.posts(f"/staff/people/pupils/{added}/erase", typed="Ada Sample")) == "typed_name"
    office.sent_to(f"/staff/people/pupils/{added}/erase", typed="Ada Other")

    assert added not in {row["data-pupil"] for row in rows(office)}


def test_a_table_is_looked_at_before_it_is_stored(office: AtDesk) -> None:
    answer = uploads(office, HEAD + 'Ada "A" <b>Sample,4,English,adult@school.test\nBad,4,en,nobody@school.test\n')
    preview = Markup(answer.text)

    assert [line["data-fault"] for line in preview.find("li") if "data-line" in line.attributes] == ["adult"]
    assert len(rows(office)) == 2
    table = preview.one("input", name="table")["value"]
    for _ in range(2):
        office.sent_to("/staff/people/pupils/import/confirm", table=table)
    assert len(rows(office)) == 3


def test_a_file_that_is_no_table_is_refused(office: AtDesk) -> None:
    assert fault_of(uploads(office, "name\nAda\n")) == "file_columns"
    assert fault_of(office.posts("/staff/people/pupils/import")) == "file_columns"


def test_closures_are_added_and_removed(office: AtDesk) -> None:
    page, days = "/staff/people/calendar", {"first_day": "2026-10-26", "last_day": "2026-10-30"}
    assert fault_of(office.posts(f"{page}/closures", name="Half term", **days | {"last_day": "2026-10-01"}))

    office.sent_to(f"{page}/closures", name="Half term", **days)
    (remove,) = (form["action"] for form in office.sees(page).find("form") if form["action"].endswith("/remove"))
    office.sent_to(remove)

    assert not [form for form in office.sees(page).find("form") if form["action"].endswith("/remove")]


def rows(office: AtDesk) -> list[Element]:
    return [row for row in office.sees("/staff/people/pupils").find("tr") if "data-pupil" in row.attributes]
