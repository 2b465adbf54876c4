from collections.abc import Callable

import httpx
import pytest
from sqlmodel import col, select, update

from api.database import Database
from api.models import Conversation, StaffMember
from tests.api.people import People
from tests.pages.staff.drivers import AtDesk, ByLink, OnTablet, Started

SitsDown = Callable[[StaffMember], AtDesk]


def test_a_started_conversation_keeps_where_and_who_was_there(adult: AtDesk, started: Started) -> None:
    facts = [fact.text for fact in adult.sees(f"/staff/conversations/{started.conversation}").find("dd")]

    assert {"library", "an aunt"} <= set(facts)


@pytest.mark.parametrize("who", ["stranger", "colleague", "attendance"])
def test_only_who_may_read_may_start(sits_down: SitsDown, people: People, who: str) -> None:
    desk = sits_down(getattr(people, who))
    form = {"language": "en", "place": "library", "present": "nobody"}

    assert desk.asks(f"/staff/pupils/{people.pupil.id}/start").status_code in (403, 404)
    assert desk.posts(f"/staff/pupils/{people.pupil.id}/conversations", **form).status_code in (403, 404)


@pytest.mark.parametrize("language", ["xx", "", "<b>"])
def test_a_conversation_is_started_in_an_offered_language_only(adult: AtDesk, people: People, language: str) -> None:
    form = {"language": language, "place": "library", "present": "nobody"}

    assert adult.posts(f"/staff/pupils/{people.pupil.id}/conversations", **form).status_code == 422


def test_the_transcript_shows_the_exact_question_before_each_answer(
    adult: AtDesk, started: Started, tablet: OnTablet
) -> None:
    turn = tablet.says("The noise.")

    step = adult.sees(f"/staff/conversations/{started.conversation}").one("li", id=f"turn-{turn}")

    assert "Tell me about 1." in step.text
    assert step.text.index("Tell me about 1.") < step.text.index("The noise.")


def test_words_carry_the_language_they_were_written_in(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    tablet.says("The noise.")

    words = adult.sees(f"/staff/conversations/{started.conversation}").one("blockquote")

    assert (words["lang"], words["dir"]) == ("en", "ltr")


def test_markup_in_words_is_shown_and_never_obeyed(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    tablet.says("<script>alert(1)</script>")

    for view in ("", "/summary"):
        page = adult.sees(f"/staff/conversations/{started.conversation}{view}")
        assert page.one("blockquote").text == "<script>alert(1)</script>"
        assert {script["src"].split("?")[0] for script in page.find("script")} == {"/static/staff.js"}


def test_what_was_asked_of_the_conversation_is_shown(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    turn = tablet.picks("control:skip")

    page = adult.sees(f"/staff/conversations/{started.conversation}")

    assert page.find("li", id=f"turn-{turn}")
    assert page.find("p", class_="mark")


def test_marking_as_read_ends_the_waiting(adult: AtDesk, people: People, started: Started, tablet: OnTablet) -> None:
    tablet.says("The noise.")
    summary = f"/staff/conversations/{started.conversation}/summary"
    read = f"/staff/conversations/{started.conversation}/read"
    assert adult.sees(summary).find("form", action=read)

    assert adult.sent_to(read) == summary
    assert not adult.sees(summary).find("form", action=read)


@pytest.mark.parametrize("audience", ["pupil", "parent"])
def test_who_has_not_read_yet_is_told_what_the_speaker_was_promised(
    adult: AtDesk, started: Started, tablet: OnTablet, invited: str, at_home: ByLink, audience: str
) -> None:
    conversation, speaker = {"pupil": (started.conversation, tablet), "parent": (invited, at_home)}[audience]
    speaker.says("The noise.")

    promised = adult.sees(f"/staff/conversations/{conversation}/summary").one("p", data_promised=audience)
    assert promised.text.strip()


def test_a_heading_without_a_relation_ends_in_words(adult: AtDesk, invited: str, database: Database) -> None:
    heading = f"/staff/conversations/{invited}"
    assert "uncle" in adult.sees(heading).one("h1").text

    with database.writing() as session:
        session.exec(update(Conversation).values(relation=""))
        session.commit()

    assert adult.sees(heading).one("h1").text.strip()[-1].isalpha()


def test_words_that_come_after_reading_can_be_marked_again(adult: AtDesk, started: Started, tablet: OnTablet) -> None:
    tablet.says("The noise.")
    read = f"/staff/conversations/{started.conversation}/read"
    adult.posts(read)
    tablet.says("And the toilets.")

    assert adult.sees(f"/staff/conversations/{started.conversation}/summary").find("form", action=read)


def test_pupil_and_parent_stand_in_lists_of_their_own(adult: AtDesk, people: People, started: Started) -> None:
    link = adult.invites(people.pupil)

    page = adult.sees(f"/staff/pupils/{people.pupil.id}")

    lists = {
        section["aria-labelledby"]: section.text
        for section in page.find("section")
        if "aria-labelledby" in section.attributes
    }
    assert "uncle" in lists["voice-parents"]
    assert "uncle" not in lists["voice-pupil"]
    assert link.split("/")[3] in " ".join(page.links())


def test_a_parents_page_holds_no_word_of_the_pupil(
    adult: AtDesk, people: People, tablet: OnTablet, device: Callable[[], httpx.Client]
) -> None:
    tablet.says("The noise.")
    conversation = adult.invites(people.pupil).split("/")[3]

    for view in ("", "/summary"):
        assert "The noise." not in adult.asks(f"/staff/conversations/{conversation}{view}").text


def started_with(adult: AtDesk, people: People, **choice: str) -> int:
    fields = {"language": "en", "place": "library", "present": "an aunt", **choice}
    return adult.posts(f"/staff/pupils/{people.pupil.id}/conversations", **fields).status_code


def test_the_adult_chooses_the_conversation_and_a_time_to_look_at(
    adult: AtDesk, people: People, database: Database
) -> None:
    assert started_with(adult, people, guide="check_in", pattern="fridays") == 303
    with database.reading() as session:
        newest = session.exec(select(Conversation).order_by(col(Conversation.created_at).desc())).first()
    assert newest is not None
    assert (newest.guide, newest.pattern) == ("check_in", "fridays")


@pytest.mark.parametrize("choice", [{"guide": "parent"}, {"guide": "nobody"}, {"pattern": "full_moons"}])
def test_a_conversation_that_does_not_exist_is_not_started(
    adult: AtDesk, people: People, choice: dict[str, str]
) -> None:
    assert started_with(adult, people, **choice) == 422


def test_a_parent_is_not_invited_to_a_pupils_conversation(adult: AtDesk, people: People) -> None:
    fields = {"relation": "uncle", "language": "en", "days": "14", "guide": "check_in"}
    assert adult.posts(f"/staff/pupils/{people.pupil.id}/invite", **fields).status_code == 422
