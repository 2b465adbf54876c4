"""What pages are given to show: transcript, summary, read-back."""

from pathlib import Path

import pytest

from api import access
from api.agent import Line
from api.models import StaffMember
from api.services.catalog import Taxonomy
from api.services.review import summaries
from api.services.review.summaries import SummaryView
from api.services.talk import questions, readback, transcript
from api.services.talk.transcript import Page
from api.services.talk.withholding import without
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.api.speaker import Services, Speaker

pytestmark = pytest.mark.anyio
KINDS = {"school.lesson": "factors", "people.friends": "factors", "sad": "feelings"}
TAXONOMY = Taxonomy(("school", "people"), KINDS, {})


def page_for(services: Services, staff: StaffMember, speaker: Speaker) -> Page:
    with services.database.reading() as session:
        return transcript.page(session, access.conversation_for_staff(session, staff, speaker.conversation_id))


def summary_for(services: Services, staff: StaffMember, speaker: Speaker) -> SummaryView:
    with services.database.reading() as session:
        opened = access.conversation_for_staff(session, staff, speaker.conversation_id)
        view = summaries.view(session, opened, TAXONOMY)
    assert view
    return view


def quotes(view: SummaryView) -> list[str]:
    return [item.quote for section in view.sections for group in section.groups for item in group.items]


def lines_of(services: Services, speaker: Speaker) -> list[readback.Line]:
    with services.database.reading() as session:
        return readback.lines(session, speaker.opened)


async def test_every_line_of_a_summary_is_the_speakers_own_words(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.says("🙂 The noise.")
    await speaker.says("The corridors.")

    assert quotes(summary_for(services, people.adult, speaker)) == speaker.words()


async def test_a_line_of_a_summary_leads_to_its_message_and_question(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.opens()
    standing = speaker.page().standing
    assert standing
    said = await speaker.says("The noise.", asked=standing.id)

    (section,) = summary_for(services, people.adult, speaker).sections
    (group,) = section.groups
    assert (section.code, group.domain) == ("worries", "school")
    assert (group.items[0].turn, group.items[0].asked) == (said.turn, standing)


async def test_before_anything_was_answered_there_is_no_summary(speaker: Speaker, services: Services) -> None:
    with services.database.reading() as session:
        assert summaries.view(session, speaker.opened, TAXONOMY) is None


async def test_what_the_speaker_left_out_staff_do_not_see(speaker: Speaker, services: Services, people: People) -> None:
    said = await speaker.says("The noise.")
    await speaker.says("The corridors.")
    await speaker.leaves_out(said, "The noise.")

    page, summary = page_for(services, people.adult, speaker), summary_for(services, people.adult, speaker)
    assert (quotes(summary), summary.left_out) == (["The corridors."], 1)
    assert "The noise." not in str(page)
    assert [exchange.withheld for exchange in page.exchanges] == [True, False, False]


async def test_the_speaker_still_sees_what_they_left_out(speaker: Speaker, services: Services) -> None:
    said = await speaker.says("The noise.")
    await speaker.leaves_out(said, "The noise.")

    assert speaker.words() == ["The noise."]
    assert [(line.quote, line.left_out) for line in lines_of(services, speaker)] == [("The noise.", True)]


async def test_leaving_out_does_not_hide_what_raised_an_alert(
    speaker: Speaker, services: Services, people: People
) -> None:
    said = await speaker.says(f"I am {UNSAFE}.")
    await speaker.leaves_out(said, f"I am {UNSAFE}.")

    assert page_for(services, people.lead, speaker).exchanges[0].text == f"I am {UNSAFE}."


async def test_the_read_back_has_the_lines_in_the_order_in_which_they_were_said(
    speaker: Speaker, services: Services
) -> None:
    for text in ("One.", "Two.", "Three."):
        await speaker.says(text)

    assert [line.quote for line in lines_of(services, speaker)] == ["One.", "Two.", "Three."]


async def test_a_poll_brings_only_what_is_new(speaker: Speaker) -> None:
    await speaker.says("One.")
    after = speaker.page().after
    await speaker.says("Two.")

    assert [exchange.text for exchange in speaker.page(after).exchanges] == ["Two."]
    assert speaker.page(speaker.page().after).exchanges == []


async def test_a_poll_brings_a_waiting_turn_again_until_it_is_answered(
    speaker: Speaker, bot: ScriptedBot, services: Services
) -> None:
    await speaker.says("One.")
    bot.kill()
    await speaker.says("Two.")
    after = speaker.page().after
    bot.start()
    await services.replayer.go_round()

    assert [(exchange.text, exchange.state) for exchange in speaker.page(after).exchanges] == [("Two.", "answered")]


async def test_what_was_picked_is_shown_as_it_was_read(speaker: Speaker) -> None:
    await speaker.opens()
    standing = speaker.page().standing
    assert standing
    await speaker.chooses("feeling:sad", asked=standing.id)

    assert speaker.page().exchanges[-1].picked == [questions.Picked("feeling:sad", "Sad", "en")]


async def test_a_control_is_named_for_staff(speaker: Speaker) -> None:
    await speaker.chooses("control:skip")

    assert speaker.page().exchanges[-1].control == "skip"


@pytest.mark.parametrize(
    ("stretches", "left"),
    [
        ([], "0123456789"),
        ([(2, 4)], "01…456789"),
        ([(0, 3), (2, 5)], "…56789"),
        ([(8, 10), (0, 1)], "…1234567…"),
        ([(0, 0)], "0123456789"),
    ],
)
def test_stretches_are_taken_out_once(stretches: list[tuple[int, int]], left: str) -> None:
    assert without("0123456789", stretches) == left


def test_domains_come_from_the_first_factor() -> None:
    assert TAXONOMY.domain(["sad", "people.friends", "school.lesson"]) == "people"
    assert TAXONOMY.domain(["sad"]) is None
    assert (
        TAXONOMY.domain_rank(["sad"])
        > TAXONOMY.domain_rank(["people.friends"])
        > TAXONOMY.domain_rank(["school.lesson"])
    )


def test_the_projects_own_taxonomy_can_be_read() -> None:
    taxonomy = Taxonomy.read(Path("bot/data/interview/taxonomy.yml"))

    assert taxonomy.domain(["people.bullying"]) in taxonomy.domains


async def test_a_changed_line_keeps_its_place(speaker: Speaker, services: Services) -> None:
    said = await speaker.says("The noise.")
    await speaker.says("The corridors.")
    again = await speaker.says("The noises.", target=Line(turn=said.turn, start=0, end=10))
    await speaker.says("The bell.", target=Line(turn=again.turn, start=0, end=11))

    heard = [line.quote for line in lines_of(services, speaker)]
    assert heard == ["The noise.", "The noises.", "The bell.", "The corridors."]
