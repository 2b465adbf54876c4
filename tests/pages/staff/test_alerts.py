"""Practice 23: the exact words, the exact question, when, where and who was there, and nobody can overlook it."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from sqlmodel import update

from api.database import Database
from api.models import StaffMember, Turn, now
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.pages.staff.drivers import AtDesk, ByLink, OnTablet, Started
from tests.pages.staff.markup import Markup

Device = Callable[[], httpx.Client]
SitsDown = Callable[[StaffMember], AtDesk]
UNSAFE_WORDS = f"Something {UNSAFE} happened."


def banner(page: Markup) -> list[str]:
    """Links to alerts in the strip on top."""
    return [link for link in page.links() if link.startswith("/staff/alerts/")]


def facts_of(page: Markup) -> list[str]:
    """Where it was said and who was there, as staff read it."""
    return [page.one("dd", data_fact=fact).text for fact in ("place", "present")]


@pytest.fixture
def alert(adult: AtDesk, tablet: OnTablet) -> str:
    """The address of the alert that the pupil's words raised."""
    tablet.says("The noise.")
    tablet.says(UNSAFE_WORDS)
    return banner(adult.sees("/staff/pupils"))[0]


def test_the_banner_stands_on_every_staff_page(adult: AtDesk, people: People, started: Started, alert: str) -> None:
    pupil, conversation = f"/staff/pupils/{people.pupil.id}", f"/staff/conversations/{started.conversation}"
    pages = ("/staff/pupils", pupil, f"{pupil}/start", f"{pupil}/invite", conversation, f"{conversation}/summary")
    more = (started.hand_over, f"{started.hand_over}/code", f"{conversation}/link", "/staff/alerts", alert)

    for page in (*pages, *more):
        seen = adult.sees(page)
        assert alert in banner(seen), page
        assert seen.find("div", id="attention", role="alert"), page


def test_without_an_alert_there_is_no_banner(adult: AtDesk, tablet: OnTablet) -> None:
    tablet.says("The noise.")

    assert banner(adult.sees("/staff/pupils")) == []


@pytest.mark.parametrize(
    ("who", "lists"), [("colleague", True), ("attendance", False), ("office", False), ("stranger", True)]
)
def test_nobody_else_sees_the_alert(sits_down: SitsDown, people: People, alert: str, who: str, lists: bool) -> None:
    desk = sits_down(getattr(people, who))

    assert banner(desk.sees("/staff/pupils")) == []
    listed = desk.asks("/staff/alerts")
    assert (listed.status_code, alert in listed.text) == (200 if lists else 404, False)
    assert desk.asks(alert).status_code == 404
    assert desk.posts(f"{alert}/acknowledge").status_code == 404


def test_the_safeguarding_lead_sees_every_alert_of_the_school(sits_down: SitsDown, people: People, alert: str) -> None:
    lead = sits_down(people.lead)

    assert banner(lead.sees("/staff/pupils")) == [alert]
    assert lead.sees(alert).one("blockquote").text == UNSAFE_WORDS


def test_an_alert_shows_the_exact_words_and_the_exact_question(adult: AtDesk, alert: str) -> None:
    page = adult.sees(alert)
    exact = page.one("section", aria_labelledby="exact").text

    assert page.one("blockquote").text == UNSAFE_WORDS
    assert "Tell me about 2." in exact
    assert all(fact in exact for fact in ("library", "an aunt"))


def test_an_alert_shows_everything_that_was_asked_before(adult: AtDesk, alert: str) -> None:
    asked = adult.sees(alert).one("ol").text

    assert asked.index("Tell me about 1.") < asked.index("Tell me about 2.")
    assert "Tell me about 3." not in asked


def test_an_alert_interprets_nothing(adult: AtDesk, alert: str) -> None:
    assert "physical" not in adult.asks(alert).text.casefold()


def test_acknowledging_takes_away_the_banner_of_the_reader_only(
    adult: AtDesk, sits_down: SitsDown, people: People, alert: str
) -> None:
    assert adult.sent_to(f"{alert}/acknowledge") == alert

    assert banner(adult.sees("/staff/pupils")) == []
    assert banner(sits_down(people.lead).sees("/staff/pupils")) == [alert]


def test_an_alert_names_who_has_read_it(adult: AtDesk, sits_down: SitsDown, people: People, alert: str) -> None:
    for desk in (adult, sits_down(people.lead)):
        desk.posts(f"{alert}/acknowledge")

    page = adult.sees(alert)
    assert people.adult.name in page.one("li", data_role="trusted_adult").text
    assert people.lead.name in page.one("li", data_role="safeguarding_lead").text


def test_only_a_leads_reading_changes_the_state_in_the_list(
    adult: AtDesk, sits_down: SitsDown, people: People, alert: str
) -> None:
    for desk, state in ((adult, "new"), (sits_down(people.lead), "acknowledged")):
        desk.posts(f"{alert}/acknowledge")
        assert adult.sees("/staff/alerts").one("tr", data_alert="1")["data-state"] == state


def test_who_has_read_an_alert_is_not_asked_again(adult: AtDesk, alert: str) -> None:
    acknowledge = f"{alert}/acknowledge"
    assert adult.sees(alert).find("form", action=acknowledge)

    assert [adult.sent_to(acknowledge), adult.sent_to(acknowledge)] == [alert, alert]
    assert not adult.sees(alert).find("form", action=acknowledge)


def test_the_newest_unread_alert_stands_first(adult: AtDesk, tablet: OnTablet, alert: str) -> None:
    for _ in range(2):
        tablet.says(UNSAFE_WORDS)
    adult.posts("/staff/alerts/3/acknowledge")

    rows = [row["data-alert"] for row in adult.sees("/staff/alerts").find("tr") if "data-alert" in row.attributes]
    assert rows == ["2", "1", "3"]


def test_the_list_shows_pupil_speaker_time_and_state(adult: AtDesk, people: People, alert: str) -> None:
    page = adult.sees("/staff/alerts")

    assert people.pupil.name in page.one("tr", data_alert="1").text
    assert [bool(cell.text.strip()) for cell in page.find("td")] == [True] * 3
    assert page.find("time")


def test_the_strip_gives_the_tab_a_title_while_an_alert_is_unread(adult: AtDesk, alert: str) -> None:
    assert "1" in adult.sees("/staff/attention").elements[0]["data-title"]

    adult.posts(f"{alert}/acknowledge")

    assert "data-title" not in adult.sees("/staff/attention").elements[0].attributes


def test_the_strip_tells_the_pupils_alert_from_a_carers(adult: AtDesk, at_home: ByLink, alert: str) -> None:
    at_home.says(UNSAFE_WORDS)

    shown = adult.sees("/staff/attention").find("span")
    assert [span["data-audience"] for span in shown if "data-audience" in span.attributes] == ["parent", "pupil"]


def test_however_many_alerts_a_conversation_has_it_stopped_once(
    adult: AtDesk, started: Started, tablet: OnTablet, alert: str
) -> None:
    tablet.says(UNSAFE_WORDS)

    page = adult.sees(f"/staff/conversations/{started.conversation}")
    assert len(page.find("p", class_="wrong")) == 1
    in_strip_and_notice = [page.links().count(each) for each in (alert, "/staff/alerts/2")]
    assert in_strip_and_notice == [2, 2]


def test_a_parents_alert_says_from_where_it_came(adult: AtDesk, people: People, invited: str, at_home: ByLink) -> None:
    at_home.says(UNSAFE_WORDS)
    pupils_own = adult.starts(people.pupil, place=" ", present=" ").conversation

    told = [facts_of(adult.sees(page)) for page in ("/staff/alerts/1", f"/staff/conversations/{invited}")]
    assert told[0] == told[1]
    assert all(told[0])
    assert not set(told[0]) & set(facts_of(adult.sees(f"/staff/conversations/{pupils_own}")))


def test_an_open_page_hears_of_an_alert(adult: AtDesk, tablet: OnTablet) -> None:
    version = adult.sees("/staff/attention").elements[0]["data-version"]
    assert adult.asks(f"/staff/attention?known={version}").status_code == 204

    tablet.says(UNSAFE_WORDS)

    assert banner(adult.sees(f"/staff/attention?known={version}"))


def test_the_signed_out_hear_nothing(adult: AtDesk, alert: str) -> None:
    adult.posts("/staff/sign-out")

    assert adult.asks("/staff/attention").status_code == 303


def test_words_that_nobody_screened_are_announced(
    adult: AtDesk, started: Started, tablet: OnTablet, bot: ScriptedBot, database: Database
) -> None:
    bot.kill()
    turn = tablet.says("The noise.")
    with database.writing() as session:
        session.exec(update(Turn).values(received_at=now() - timedelta(minutes=1)))
        session.commit()

    links = adult.sees("/staff/pupils").links()

    assert f"/staff/conversations/{started.conversation}#turn-{turn}" in links
    assert adult.sees(f"/staff/conversations/{started.conversation}").find("strong", class_="mark--waiting")


def test_a_wish_for_a_person_stands_until_somebody_came(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    tablet.picks("control:person")
    conversation = f"/staff/conversations/{started.conversation}"
    assert conversation in adult.sees("/staff/alerts").links()

    adult.posts(f"{conversation}/person-came")

    assert conversation not in adult.sees("/staff/alerts").links()
