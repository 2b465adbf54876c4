"""Somebody may not be safe: stored with the message, seen at once, by the right adults only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from api import access
from api.errors import NotFound
from api.models import Pupil, StaffMember, now
from api.services.safeguarding import alerts, allegations, handling
from api.services.talk import conversations
from tests.api.alerted import letters
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.api.speaker import Services, Speaker

pytestmark = pytest.mark.anyio


@pytest.fixture
async def raised(speaker: Speaker, services: Services) -> Speaker:
    await speaker.opens()
    standing = speaker.page().standing
    assert standing
    await speaker.says(f"I am {UNSAFE}.", asked=standing.id)
    return speaker


def seen_by(services: Services, staff: StaffMember) -> list[alerts.AlertView]:
    with services.database.reading() as session:
        return alerts.listed(session, staff)


def acknowledge(services: Services, staff: StaffMember) -> None:
    (alert,) = seen_by(services, staff)
    with services.database.writing() as session:
        handling.acknowledge(session, staff, alert.id)


def attention_of(services: Services, staff: StaffMember) -> alerts.Attention:
    with services.database.reading() as session:
        return alerts.attention(session, staff)


async def test_an_alert_holds_the_exact_words_question_time_place_and_people(
    raised: Speaker, services: Services, people: People
) -> None:
    (alert,) = seen_by(services, people.lead)

    assert (alert.words, alert.place, alert.present) == (f"I am {UNSAFE}.", "library", "adult")
    standing = raised.page().exchanges[0].shown[-1]
    assert alert.question
    assert (alert.question.text, alert.question.choices) == (standing.text, standing.choices)
    assert [asked.text for asked in alert.asked_before] == [standing.text]
    assert alert.codes == ["physical_abuse"]
    assert now() - alert.at < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("who", "sees"), [("lead", 1), ("adult", 1), ("colleague", 0), ("attendance", 0), ("stranger", 0)]
)
async def test_only_the_trusted_adult_and_the_lead_see_an_alert(
    raised: Speaker, services: Services, people: People, who: str, sees: int
) -> None:
    staff = getattr(people, who)

    assert len(seen_by(services, staff)) == sees
    assert attention_of(services, staff).new_alerts == sees


async def test_staff_who_do_not_see_an_alert_cannot_acknowledge_it(
    raised: Speaker, services: Services, people: People
) -> None:
    (alert,) = seen_by(services, people.lead)

    with services.database.writing() as session, pytest.raises(NotFound):
        handling.acknowledge(session, people.colleague, alert.id)


async def test_an_acknowledgement_clears_the_banner_of_its_reader_only(
    raised: Speaker, services: Services, people: People
) -> None:
    acknowledge(services, people.adult)
    assert [attention_of(services, staff).new_alerts for staff in (people.adult, people.lead)] == [0, 1]

    acknowledge(services, people.lead)
    assert attention_of(services, people.lead).new_alerts == 0


async def test_a_lead_who_reads_first_leaves_the_trusted_adults_banner(
    raised: Speaker, services: Services, people: People
) -> None:
    acknowledge(services, people.lead)

    assert attention_of(services, people.adult).new_alerts == 1


async def test_only_a_safeguarding_lead_settles_an_alert(raised: Speaker, services: Services, people: People) -> None:
    acknowledge(services, people.adult)
    (alert,) = seen_by(services, people.adult)
    assert (alert.state, alert.unread) == ("new", False)

    acknowledge(services, people.lead)
    assert [each.state for each in seen_by(services, people.adult)] == ["acknowledged"]


async def test_everybody_who_read_an_alert_is_named_the_first_first(
    raised: Speaker, services: Services, people: People
) -> None:
    for staff in (people.lead, people.adult):
        acknowledge(services, staff)

    (alert,) = seen_by(services, people.lead)
    assert [(each.name, each.role) for each in alert.read_by] == [
        ("lead", "safeguarding_lead"),
        ("adult", "trusted_adult"),
    ]
    assert now() - alert.read_by[0].at < timedelta(seconds=5)


async def test_an_alert_stays_settled_when_the_lead_changes_posts(
    raised: Speaker, services: Services, people: People
) -> None:
    acknowledge(services, people.lead)
    with services.database.writing() as session:
        session.get_one(StaffMember, people.lead.id).role = "administrator"
        session.commit()

    assert [each.state for each in seen_by(services, people.adult)] == ["acknowledged"]


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
async def test_acknowledging_twice_counts_once(raised: Speaker, services: Services, people: People) -> None:
    with ThreadPoolExecutor() as clicks:
        list(clicks.map(acknowledge, [services] * 4, [people.lead] * 4))
    (first,) = seen_by(services, people.lead)
    acknowledge(services, people.lead)

    assert len(first.read_by) == 1
    assert seen_by(services, people.lead) == [first]


async def test_the_conversation_stays_alerted_and_asks_nothing(raised: Speaker) -> None:
    await raised.says("Thank you.")

    page = raised.page()
    assert page.state == "alerted"
    assert [shown.kind for shown in page.exchanges[-1].shown] == ["notice"]


async def test_words_that_nobody_screened_are_named_to_staff(
    speaker: Speaker, bot: ScriptedBot, services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.kill()
    said = await speaker.says("The noise.")
    assert attention_of(services, people.lead).waiting == []
    monkeypatch.setattr(alerts, "SCREENED_WITHIN", timedelta())

    (waiting,) = attention_of(services, people.lead).waiting
    assert (waiting.turn, waiting.count) == (said.turn, 1)
    assert attention_of(services, people.colleague).waiting == []


async def test_a_wish_for_a_person_stands_until_somebody_came(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.chooses("control:person")
    assert [wish.conversation for wish in attention_of(services, people.adult).wishes] == [speaker.conversation_id]

    with services.database.writing() as session:
        conversations.person_came(session, people.adult, speaker.conversation_id)
    assert attention_of(services, people.adult).wishes == []


async def test_a_wish_for_a_person_can_be_repeated(speaker: Speaker, services: Services, people: People) -> None:
    await speaker.chooses("control:person")
    with services.database.writing() as session:
        conversations.person_came(session, people.adult, speaker.conversation_id)
    await speaker.says("The noise.")
    assert attention_of(services, people.adult).wishes == []

    await speaker.chooses("control:person")
    assert len(attention_of(services, people.adult).wishes) == 1


async def test_an_alert_that_names_the_trusted_adult_goes_to_the_lead_alone(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.opens()
    await speaker.says(f"The adult is why I am {UNSAFE}.")

    assert len(seen_by(services, people.lead)) == 1
    assert seen_by(services, people.adult) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [(f"I am {UNSAFE}.", ["adult", "deputy", "lead"]), (f"The adult is why I am {UNSAFE}.", ["deputy", "lead"])],
)
async def test_an_alert_is_posted_with_the_words_and_never_to_whom_they_name(
    speaker: Speaker, services: Services, people: People, words: str, told: list[str]
) -> None:
    await speaker.opens()
    await speaker.says(words)

    assert letters(services.database, people) == [("alert", who) for who in told]


@pytest.mark.parametrize("said", [("It is the adult.", f"I am {UNSAFE}."), (f"I am {UNSAFE}.", "It is the adult.")])
async def test_a_name_just_before_or_after_the_unsafe_words_counts_too(
    speaker: Speaker, services: Services, people: People, said: tuple[str, str]
) -> None:
    await speaker.opens()
    for words in said:
        await speaker.says(words)

    assert (len(seen_by(services, people.lead)), seen_by(services, people.adult)) == (1, [])


async def test_a_colleague_who_is_named_is_kept_out_also_once_the_pupil_is_theirs(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.opens()
    await speaker.says(f"The colleague is why I am {UNSAFE}.")
    with services.database.writing() as session:
        session.get_one(Pupil, people.pupil.id).trusted_adult_id = people.colleague.id
        session.commit()

    assert (len(seen_by(services, people.lead)), seen_by(services, people.colleague)) == (1, [])


async def test_who_is_named_cannot_read_the_conversation_any_more(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.opens()
    await speaker.says(f"The adult is why I am {UNSAFE}.")

    with services.database.reading() as session, pytest.raises(NotFound):
        access.conversation_for_staff(session, people.adult, speaker.conversation_id)


async def test_a_speaker_is_not_told_that_the_one_they_named_reads_it(speaker: Speaker, people: People) -> None:
    await speaker.opens()
    await speaker.says(f"The adult is why I am {UNSAFE}.")
    shown = speaker.page().exchanges[-1].shown[-1].text

    assert people.adult.name not in shown
    assert people.lead.name in shown


@pytest.mark.parametrize(
    ("words", "named"),
    [("MR OKAFOR said", True), ("pan Okafora", True), ("Ökäfor", True), ("it is the same", False), ("sam did", True)],
)
def test_a_name_is_found_whatever_its_accents_and_ending(words: str, named: bool) -> None:
    assert allegations.is_named("Sam Okafor", words) is named
