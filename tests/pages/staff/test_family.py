"""The page of a family, and the letter that invites one."""

from collections.abc import Callable

import pytest

from api.database import Database
from api.models import StaffMember
from tests.api.families import FORM, acts_in, add_carer
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk

SitsDown = Callable[[StaffMember], AtDesk]


def family(people: People) -> str:
    return f"/staff/pupils/{people.pupil.id}/family"


def add(desk: AtDesk, people: People, **about: str) -> None:
    desk.sent_to(f"{family(people)}/add", **{"form_id": FORM, "relation": "aunt", "language": "so", **about})


def test_the_pupils_page_leads_to_the_family_for_those_who_keep_it(sits_down: SitsDown, people: People) -> None:
    for who in ("adult", "lead", "attendance", "office"):
        page = sits_down(getattr(people, who)).sees(f"/staff/pupils/{people.pupil.id}")
        assert page.find("a", href=family(people))


def test_a_carer_who_was_added_is_shown_with_a_number_to_dial(adult: AtDesk, people: People) -> None:
    add(adult, people, phone="07700 900123")

    page = adult.sees(family(people))

    assert page.one("a", href="tel:+447700900123").text == "07700 900123"


def test_a_faulty_form_says_what_is_wrong_and_keeps_what_was_typed(adult: AtDesk, people: People) -> None:
    for fault, spoilt in {"phone": "12", "relation": " ", "email": "x"}.items():
        form = {"form_id": FORM, "relation": "aunt", "language": "so", fault: spoilt}
        answer = adult.posts(f"{family(people)}/add", **form)
        told = f'data-fault="{fault}"' in answer.text
        assert (answer.status_code, told, FORM in answer.text) == (422, True, True)


def test_only_a_lead_is_offered_to_agree(sits_down: SitsDown, adult: AtDesk, people: People) -> None:
    add(adult, people, relation="father", lives_apart="true")
    lead = sits_down(people.lead)

    (decide,) = {form["action"] for form in lead.sees(family(people)).find("form") if "decide" in form["action"]}
    assert not [form for form in adult.sees(family(people)).find("form") if "decide" in form["action"]]

    assert lead.sees(family(people)).find("strong", **{"data-agreed": "waiting"})
    lead.sent_to(decide, agreed="true")
    assert lead.sees(family(people)).find("span", **{"data-agreed": "yes"})


def test_a_link_for_who_lives_apart_is_refused_until_a_lead_agrees(adult: AtDesk, people: People) -> None:
    form = {"relation": "father", "language": "en", "days": "14", "lives_apart": "true"}
    answer = adult.posts(f"/staff/pupils/{people.pupil.id}/invite", **form)

    assert (answer.status_code, 'data-fault="not_agreed"' in answer.text) == (403, True)
    assert adult.sees(family(people)).find("strong", **{"data-agreed": "waiting"})


def test_a_link_cannot_be_sent_by_what_is_not_set_up(adult: AtDesk, people: People) -> None:
    form = {"relation": "aunt", "language": "en", "days": "14", "way": "text"}
    assert adult.posts(f"/staff/pupils/{people.pupil.id}/invite", **form).status_code == 422


def test_a_letter_is_printed_in_the_familys_language_and_names_no_pupil(
    adult: AtDesk, database: Database, people: People
) -> None:
    with database.writing() as session:
        carer = add_carer(session, people, language="ar")
    page = adult.sent_to(f"/staff/pupils/{people.pupil.id}/invite", carer=str(carer.id), days="14")
    shown = adult.sees(page)
    secrets = {
        field["name"]: field["value"] for field in shown.find("input", type="hidden") if field["name"] != "pupil"
    }

    letter = adult.posts(page.removesuffix("/link") + "/letter", **secrets)

    sheet = letter.text.partition("<article")[2].partition("</article>")[0]
    assert letter.status_code == 200
    assert 'dir="rtl"' in sheet
    assert shown.one("p", id="code").text in sheet
    assert "<svg" in sheet
    assert people.pupil.name not in sheet
    with database.reading() as session:
        assert "letter_made" in acts_in(session)


def test_staff_see_whether_a_link_was_opened(
    adult: AtDesk, people: People, invited: str, request: pytest.FixtureRequest
) -> None:
    page = f"/staff/pupils/{people.pupil.id}"
    assert not adult.sees(page).find("span", **{"data-opened": "yes"})

    request.getfixturevalue("at_home")

    assert adult.sees(page).find("span", **{"data-opened": "yes"})
