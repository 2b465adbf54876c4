"""Everybody asks for everything: what each finds, of a conversation that stands in each of the ways it can."""

import pytest

from api import access
from api.models import Conversation, StaffMember
from api.services.review import reviewing
from api.services.safeguarding import alerts
from api.services.talk import hand_overs, parent_links, transcript
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE
from tests.api.speaker import Services, Speaker
from tests.api.who_asks import (
    EVERYBODY,
    FOR_THE_ADULT,
    PLAIN,
    TAKEN_BACK,
    THINGS,
    Asked,
    add_alert,
    add_link,
    agree,
    assign,
    found,
    one_asks,
    quoted,
    tell_with_lines_kept_back,
    written_out,
)

pytestmark = pytest.mark.anyio
HOLDERS = {"adult", "lead", "deputy"}
READERS = HOLDERS | {"assigned"}
OF_THE_SCHOOL = READERS | {"attendance"}
FINDERS = {
    "list": OF_THE_SCHOOL | {"office"},
    "pupil": OF_THE_SCHOOL | {"office"},
    "transcript": READERS,
    "summary": OF_THE_SCHOOL,
    "summaries": OF_THE_SCHOOL,
    "conversations": READERS,
    "when something was said": READERS,
    "hand-over": HOLDERS,
    "link": HOLDERS,
    "withdrawal": HOLDERS,
    "alert": set(),
    "alerts": set(),
    "alerts unread": set(),
    "count of alerts": set(),
}
OF_ALERTS = {"alert", "alerts", "alerts unread", "count of alerts"}


@pytest.fixture
async def told(speaker: Speaker, services: Services, people: People) -> Asked:
    await tell_with_lines_kept_back(speaker)
    return Asked(people.pupil.id, speaker.conversation_id, add_link(services, speaker.conversation_id))


@pytest.fixture
def assigned(told: Asked, services: Services, people: People) -> StaffMember:
    return assign(services, people, told.conversation_id)


def finders(services: Services, people: People, assigned: StaffMember, told: Asked) -> dict[str, set[str]]:
    with services.database.reading() as session:
        return {
            thing: {who for who in EVERYBODY if look(session, one_asks(people, assigned, who), told)}
            for thing, look in THINGS.items()
        }


async def test_of_a_conversation_that_the_speaker_agreed_to_show(
    told: Asked, assigned: StaffMember, services: Services, people: People
) -> None:
    agree(services, told.conversation_id)

    assert finders(services, people, assigned, told) == FINDERS


async def test_without_the_speakers_agreement_the_attendance_lead_finds_no_summary(
    told: Asked, assigned: StaffMember, services: Services, people: People
) -> None:
    expected = {**FINDERS, "summary": READERS, "summaries": READERS}

    assert finders(services, people, assigned, told) == expected


async def test_an_alert_is_for_the_leads_and_the_trusted_adult_and_closes_the_summary(
    told: Asked, assigned: StaffMember, services: Services, people: People
) -> None:
    agree(services, told.conversation_id)
    alert = add_alert(services, people, told.conversation_id)
    it = Asked(told.pupil_id, told.conversation_id, told.link_id, alert)

    expected = {**FINDERS, "summary": READERS, "summaries": READERS, **dict.fromkeys(OF_ALERTS, HOLDERS)}
    assert finders(services, people, assigned, it) == expected


@pytest.mark.parametrize("named", ["adult", "lead", "assigned"])
async def test_whom_an_allegation_names_finds_nothing_of_it(
    told: Asked, assigned: StaffMember, services: Services, people: People, named: str
) -> None:
    agree(services, told.conversation_id)
    adult = one_asks(people, assigned, named)
    alert = add_alert(services, people, told.conversation_id, kept_from=adult)
    with services.database.writing() as session:
        session.get_one(Conversation, told.conversation_id).kept_from_id = adult.id
        session.commit()
    it = Asked(told.pupil_id, told.conversation_id, told.link_id, alert)

    found_by = finders(services, people, assigned, it)
    assert {thing for thing, who in found_by.items() if named in who} <= {"list", "pupil"}
    assert found_by["alert"] == HOLDERS - {named}


@pytest.mark.parametrize("named", ["adult", "lead", "Reviewer"])
async def test_whoever_would_read_an_alert_that_names_them_does_not(
    told: Asked, assigned: StaffMember, services: Services, people: People, speaker: Speaker, named: str
) -> None:
    who = assigned if named == "Reviewer" else getattr(people, named)
    await speaker.says(f"It was {named}. {UNSAFE}.")

    with services.database.reading() as session:
        assert not found(lambda: access.conversation_for_staff(session, who, told.conversation_id))
        assert access.count_alerts_for(session, who) == 0
        assert alerts.listed(session, people.deputy) != []


async def test_only_the_trusted_adult_and_the_lead_read_what_was_kept_for_the_adult(
    told: Asked, assigned: StaffMember, services: Services, people: People
) -> None:
    agree(services, told.conversation_id)
    with services.database.reading() as session:
        for who in OF_THE_SCHOOL:
            summary = quoted(
                session, access.summary_for_staff(session, one_asks(people, assigned, who), told.conversation_id)
            )
            assert (PLAIN in summary, FOR_THE_ADULT in summary) == (True, who in HOLDERS), who
            assert TAKEN_BACK not in summary


async def test_a_transcript_hides_the_lines_that_its_reader_is_not_to_see(
    told: Asked, assigned: StaffMember, services: Services, people: People
) -> None:
    with services.database.reading() as session:
        for who in READERS:
            staff = one_asks(people, assigned, who)
            page = written_out(session, access.conversation_for_staff(session, staff, told.conversation_id))
            assert (PLAIN in page, FOR_THE_ADULT in page) == (True, who in HOLDERS), who
            assert TAKEN_BACK not in page


async def test_the_first_wording_of_a_line_that_was_left_out_is_hidden_too(
    speaker: Speaker, services: Services, people: People
) -> None:
    first = await speaker.says("Said at first.")
    again = await speaker.says("Said again.", target=speaker.line(first, "Said at first."))
    await speaker.leaves_out(again, "Said again.")

    with services.database.reading() as session:
        page = written_out(session, access.conversation_for_staff(session, people.adult, speaker.conversation_id))
    assert "Said again." not in page
    assert "Said at first." not in page


async def test_a_feeling_that_was_taken_back_is_not_in_the_transcript(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.opens()
    picked = await speaker.chooses("feeling:sad")
    await speaker.leaves_out(picked, "")

    with services.database.reading() as session:
        opened = access.conversation_for_staff(session, people.adult, speaker.conversation_id)
        assert "feeling:sad" in str(access.turns_in(session, opened))
        picked = [choice.code for each in transcript.page(session, opened).exchanges for choice in each.picked]
    assert "feeling:sad" not in picked


async def test_an_alert_does_not_open_the_adults_lines_to_a_colleague(
    speaker: Speaker, services: Services, people: People
) -> None:
    words = f"I am {UNSAFE}."
    said = await speaker.says(words)
    await speaker.chooses("readback:adult_only", target=speaker.line(said, words))
    reviewer = assign(services, people, speaker.conversation_id)

    with services.database.reading() as session:
        seen = {
            staff.name: words
            in written_out(session, access.conversation_for_staff(session, staff, speaker.conversation_id))
            for staff in (people.lead, reviewer)
        }
    assert seen == {"lead": True, "Reviewer": False}


async def test_a_reviewer_reads_and_hands_nothing_over(
    told: Asked, assigned: StaffMember, services: Services, people: People
) -> None:
    with services.database.writing() as session:
        reviewing.mark_read(session, assigned, told.conversation_id)
        assert not found(lambda: hand_overs.by_code(session, assigned, told.conversation_id))
        assert not found(lambda: parent_links.make(session, assigned, told.conversation_id))
        assert not found(lambda: parent_links.revoke(session, assigned, told.link_id or 0))


async def test_an_administrator_whom_a_list_still_names_reads_no_words(
    told: Asked, assigned: StaffMember, services: Services, people: People
) -> None:
    agree(services, told.conversation_id)
    with services.database.writing() as session:
        session.get_one(StaffMember, people.adult.id).role = "administrator"
        session.get_one(StaffMember, assigned.id).role = "administrator"
        session.commit()
        for who in (people.adult, assigned):
            staff = session.get_one(StaffMember, who.id)
            assert {thing for thing, look in THINGS.items() if look(session, staff, told)} == {"list", "pupil"}
