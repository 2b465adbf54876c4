"""The map of all voices, what changed, and the themes, as pages."""

from collections.abc import Callable

import pytest

from api.database import Database
from api.models import StaffMember
from api.security import new_id
from tests.api.people import People
from tests.api.told import Said, Telling
from tests.pages.staff.drivers import AtDesk

NOISE, MONEY = "school.sensory", "life.money"
SitsDown = Callable[[StaffMember], AtDesk]


@pytest.fixture
def told(database: Database, people: People) -> str:
    """The address of the pupil."""
    with database.writing() as session:
        Telling(session, people.pupil, days_ago=9).tells(Said("It was loud.", [NOISE, "sad"]))
        wish = Said("A quiet room.", ["wish"], "wishes")
        Telling(session, people.pupil, days_ago=1).tells(Said("It is loud.", [NOISE]), wish)
        Telling(session, people.pupil, "parent", "mother").tells(Said("Bread <b>", [MONEY], adult_only=True))
    return f"/staff/pupils/{people.pupil.id}"


def test_a_cell_leads_to_a_line_of_the_summary(adult: AtDesk, told: str) -> None:
    places = [link for link in adult.sees(f"{told}/voices").links() if "#line-" in link]
    assert places

    for place in places:
        page, line = place.split("#")
        assert len(adult.sees(page).find("li", id=line)) == 1


def test_the_map_says_where_only_one_speaks(adult: AtDesk, told: str) -> None:
    page = adult.sees(f"{told}/voices")

    assert page.one("tr", data_factor=NOISE)["data-agreement"] == "one"
    assert page.one("div", data_beside="wishes", data_voice="pupil").text.count("A quiet room.") == 1


def test_the_attendance_lead_finds_nothing_on_the_map_that_was_kept_for_the_adult(
    sits_down: SitsDown, people: People, told: str
) -> None:
    assert sits_down(people.adult).sees(f"{told}/voices").find("tr", data_factor=MONEY)

    theirs = sits_down(people.attendance).sees(f"{told}/voices")

    assert theirs.find("tr", data_factor=NOISE)
    assert theirs.find("tr", data_factor=MONEY) == []
    assert [form for form in theirs.find("form") if "own-view" in form["action"]] == []


@pytest.mark.parametrize("page", ["voices", "voices/changes"])
@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_for_who_may_not_read_there_is_no_map(
    sits_down: SitsDown, people: People, told: str, who: str, page: str
) -> None:
    assert sits_down(getattr(people, who)).asks(f"{told}/{page}").status_code == 404


def test_the_adults_own_view_has_a_column_of_its_own(adult: AtDesk, told: str) -> None:
    form = {"form_id": new_id(), "codes": NOISE, "words": "As I see it"}

    assert adult.sent_to(f"{told}/voices/own-view", **form) == adult.sent_to(f"{told}/voices/own-view", **form)

    page = adult.sees(f"{told}/voices")
    assert [cell["data-adults"] for cell in page.find("td", class_="map__adults")] == ["1", "0"]
    assert page.one("tr", data_factor=NOISE)["data-agreement"] == "some"


def test_the_chart_and_the_table_have_the_same_numbers(adult: AtDesk, told: str) -> None:
    page = adult.sees(f"{told}/voices/changes")

    chart = [text.text for text in page.find("text") if "class" not in text.attributes]
    assert chart == ["0", "1", "1", "0", "0", "1"]
    assert page.one("svg", role="img")["aria-label"]
    assert [row["data-code"] for row in page.find("tr") if "data-code" in row.attributes] == ["sad", NOISE]
    assert page.one("div", data_change="gone").text.count("sad") == 1


@pytest.mark.parametrize("who", ["adult", "colleague"])
def test_themes_are_for_those_who_lead_the_school(sits_down: SitsDown, people: People, who: str) -> None:
    desk = sits_down(getattr(people, who))

    assert [desk.asks(page).status_code for page in ("/staff/themes", "/staff/themes.csv")] == [404, 404]


def test_the_themes_of_few_pupils_show_no_number(sits_down: SitsDown, people: People, told: str) -> None:
    page = sits_down(people.attendance).sees("/staff/themes")

    heard = page.find("td")
    assert NOISE not in {row.attributes.get("data-counted") for row in page.find("tr")}
    assert {cell["data-count"] for cell in heard} == {"2", ""}


def test_a_term_that_is_not_on_offer_does_not_exist(sits_down: SitsDown, people: People) -> None:
    desk = sits_down(people.lead)

    assert desk.asks("/staff/themes?term=1999-autumn").status_code == 404
    assert desk.asks("/staff/themes?voice=everybody").status_code in (400, 404, 422)


def test_the_table_is_saved_as_a_file(sits_down: SitsDown, people: People) -> None:
    answer = sits_down(people.lead).asks("/staff/themes.csv?voice=parent")

    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.count(",parent,") == 12
