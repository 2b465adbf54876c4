from collections.abc import Callable

import pytest

from api.models import StaffMember
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk, OnTablet, Started

SitsDown = Callable[[StaffMember], AtDesk]
SECRET_WORDS = "The bus was late."


def states(desk: AtDesk, query: str = "") -> dict[str, str]:
    rows = desk.sees(f"/staff/pupils{query}").find("tr", role="row")
    return {row["data-pupil"]: row["data-state"] for row in rows if "data-pupil" in row.attributes}


def test_a_trusted_adult_lists_their_own_pupils_and_others_those_of_their_school(
    sits_down: SitsDown, people: People
) -> None:
    both = {str(people.pupil.id), str(people.other_pupil.id)}

    assert set(states(sits_down(people.adult))) == {str(people.pupil.id)}
    assert [set(states(sits_down(who))) for who in (people.lead, people.attendance, people.office)] == [both] * 3
    assert states(sits_down(people.stranger)) == {}


def test_another_schools_pupil_does_not_exist(sits_down: SitsDown, people: People) -> None:
    page = f"/staff/pupils/{people.pupil.id}"

    assert sits_down(people.lead).asks(page).status_code == 200
    assert sits_down(people.stranger).asks(page).status_code == 404


@pytest.mark.parametrize("page", ["pupils", "alerts"])
@pytest.mark.parametrize("number", ["0", "9" * 30, "one"])
def test_a_number_that_no_row_can_have_finds_nothing(
    sits_down: SitsDown, people: People, page: str, number: str
) -> None:
    assert sits_down(people.lead).asks(f"/staff/{page}/{number}").status_code == 404


@pytest.mark.parametrize("view", ["", "/summary", "/hand-over"])
@pytest.mark.parametrize("who", ["stranger", "colleague", "attendance"])
def test_words_open_only_for_the_trusted_adult_and_the_lead(
    sits_down: SitsDown, people: People, tablet: OnTablet, started: Started, who: str, view: str
) -> None:
    tablet.says(SECRET_WORDS)
    page = f"/staff/conversations/{started.conversation}{view}"

    assert sits_down(people.lead).asks(page).status_code == 200
    assert sits_down(getattr(people, who)).asks(page).status_code == 404


def test_a_colleagues_pupil_does_not_exist(sits_down: SitsDown, people: People) -> None:
    assert sits_down(people.colleague).asks(f"/staff/pupils/{people.pupil.id}").status_code == 404


@pytest.mark.parametrize("who", ["attendance", "office"])
def test_who_may_not_read_sees_the_pupil_but_no_conversation(
    sits_down: SitsDown, adult: AtDesk, people: People, started: Started, who: str
) -> None:
    page = f"/staff/pupils/{people.pupil.id}"

    assert len(adult.sees(page).find("li", data_conversation=started.conversation)) == 1
    assert not [link for link in sits_down(getattr(people, who)).sees(page).links() if started.conversation in link]


def test_a_pupil_is_found_by_a_part_of_the_name(sits_down: SitsDown, people: People) -> None:
    assert set(states(sits_down(people.lead), "?q=OTHER")) == {str(people.other_pupil.id)}


def test_the_list_can_be_narrowed_to_ones_own_pupils(adult: AtDesk, people: People) -> None:
    assert set(states(adult, "?mine=1")) == {str(people.pupil.id)}


def test_a_pupil_who_said_nothing_yet_is_listed_so(adult: AtDesk, people: People, started: Started) -> None:
    assert states(adult)[str(people.pupil.id)] == "nothing"


def test_a_pupil_who_is_talking_is_listed_so_and_first(adult: AtDesk, people: People, tablet: OnTablet) -> None:
    tablet.says(SECRET_WORDS)

    assert next(iter(states(adult).items())) == (str(people.pupil.id), "talking")
    assert set(states(adult, "?state=talking")) == {str(people.pupil.id)}
