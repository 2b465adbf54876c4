"""A whole conversation is taken back: no word is left, and the record of an alert stays whole."""

import pytest
from sqlmodel import col, select

from api import access
from api.errors import NotFound, NotHandedOver, Unfit, Withdrawn
from api.models import (
    Alert,
    AuditEntry,
    Conversation,
    Expectation,
    LastReading,
    Promise,
    ReviewNote,
    Shown,
    StaffMember,
    Summary,
    TagReview,
    Turn,
    now,
)
from api.services import audit
from api.services.safeguarding import alerts
from api.services.talk import conversations, hand_overs, parent_links, withdrawing
from api.services.talk.conversations import Plan
from tests.api.people import People
from tests.api.scripted_bot import UNSAFE, ScriptedBot
from tests.api.speaker import Services, Speaker
from tests.api.who_asks import assign

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("store", ["sqlite", "postgresql"])]
GONE = (Turn, Shown, Summary, ReviewNote, TagReview, Expectation, LastReading)


def withdraw(services: Services, staff: StaffMember, speaker: Speaker) -> None:
    with services.database.writing(access.as_staff(staff)) as session:
        withdrawing.withdraw(session, staff, speaker.conversation_id, "speaker")


def note(services: Services, people: People, speaker: Speaker) -> None:
    about = {"conversation_id": speaker.conversation_id, "staff_id": people.adult.id}
    with services.database.writing() as session:
        turn = session.exec(select(Turn).where(col(Turn.text) != "")).first()
        assert turn
        line = {"turn_id": turn.id, "start": 0, "end": 1}
        session.add_all(
            (
                ReviewNote(words="A note.", form_id="a", **about),
                TagReview(code="school.lesson", verdict="disputed", form_id="a", **about, **line),
                Expectation(words="I think.", **about),
                LastReading(ordinal=1, **about),
                Promise(
                    pupil_id=people.pupil.id,
                    conversation_id=speaker.conversation_id,
                    audience="pupil",
                    kind="other",
                    owner_id=people.adult.id,
                    made_by_id=people.adult.id,
                    due_on=now().date(),
                    form_id="a",
                    **line,
                ),
            )
        )
        session.commit()


async def test_no_word_is_left_and_no_note_about_one(speaker: Speaker, services: Services, people: People) -> None:
    await speaker.says("The bus.")
    note(services, people, speaker)
    assert all(speaker.rows(kind) for kind in GONE)

    withdraw(services, people.adult, speaker)
    assert {kind: speaker.rows(kind) for kind in GONE} == {kind: [] for kind in GONE}
    (promise,) = speaker.rows(Promise)
    assert (promise.turn_id, promise.start, promise.end) == (None, None, None)


async def test_another_conversation_keeps_its_words(
    speaker: Speaker, parent: Speaker, services: Services, people: People
) -> None:
    await speaker.says("The bus.")
    await parent.says("The bus, too.")

    withdraw(services, people.lead, speaker)
    assert parent.words() == ["The bus, too."]


async def test_an_alert_stays_whole(speaker: Speaker, services: Services, people: People) -> None:
    await speaker.says(f"I am {UNSAFE}.")
    withdraw(services, people.adult, speaker)

    with services.database.reading(access.as_staff(people.lead)) as session:
        (alert,) = alerts.listed(session, people.lead)
    assert (alert.words, alert.pupil_name, alert.turn) == (f"I am {UNSAFE}.", "pupil", None)
    assert len(speaker.rows(Alert)) == 1


async def test_its_pages_say_that_it_was_taken_back_to_those_who_could_read_it(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.says("The bus.")
    withdraw(services, people.adult, speaker)

    with services.database.reading() as session:
        for look in (access.summary_for_staff, access.conversation_for_staff, access.conversation_held_by):
            for staff, told in ((people.adult, Withdrawn), (people.lead, Withdrawn), (people.colleague, NotFound)):
                with pytest.raises(told):
                    look(session, staff, speaker.conversation_id)


async def test_open_doors_close(speaker: Speaker, parent: Speaker, services: Services, people: People) -> None:
    with services.database.writing() as session:
        code = hand_overs.by_code(session, people.adult, speaker.conversation_id)
        tablet = hand_overs.with_code(session, code, "")
        link = parent_links.make(session, people.adult, parent.conversation_id)
    withdraw(services, people.adult, speaker)
    withdraw(services, people.adult, parent)

    with services.database.reading() as session:
        with pytest.raises(NotHandedOver):
            access.conversation_on_tablet(session, tablet)
        with pytest.raises(Withdrawn):
            access.conversation_by_link(session, link)


async def test_it_takes_no_more_turns(speaker: Speaker, services: Services, people: People, bot: ScriptedBot) -> None:
    await speaker.says("The bus.")
    withdraw(services, people.adult, speaker)
    heard = len(bot.heard)

    with pytest.raises(Withdrawn):
        await speaker.says("And more.")
    await services.replayer.go_round()
    assert (speaker.rows(Turn), len(bot.heard)) == ([], heard)


async def test_a_reply_that_comes_too_late_brings_nothing_back(
    speaker: Speaker, services: Services, people: People, bot: ScriptedBot
) -> None:
    bot.kill()
    await speaker.opens()
    withdraw(services, people.adult, speaker)
    bot.start()
    await services.replayer.go_round()

    assert [speaker.rows(kind) for kind in (Turn, Shown, Summary)] == [[], [], []]


async def test_words_that_wait_for_the_screen_are_not_erased(
    speaker: Speaker, services: Services, people: People, bot: ScriptedBot
) -> None:
    """They may be the ones that somebody should know."""
    bot.kill()
    await speaker.says(f"I am {UNSAFE}.")
    with pytest.raises(Unfit):
        withdraw(services, people.adult, speaker)
    bot.start()
    await services.replayer.go_round()

    assert len(speaker.rows(Alert)) == 1
    withdraw(services, people.adult, speaker)


async def test_what_another_adult_wrote_beside_the_words_goes_too(
    speaker: Speaker, services: Services, people: People
) -> None:
    await speaker.says("The bus.")
    with services.database.writing() as session:
        about = {"conversation_id": speaker.conversation_id, "staff_id": people.lead.id}
        session.add(Expectation(words="I think.", **about))
        session.commit()
    withdraw(services, people.adult, speaker)

    assert speaker.rows(Expectation) == []


async def test_what_was_taken_back_is_not_taken_up_again(speaker: Speaker, services: Services, people: People) -> None:
    await speaker.says("The bus.")
    withdraw(services, people.adult, speaker)

    with services.database.writing() as session:
        following = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", "en"))
    assert (following.conversations_before, following.told_before) == (0, [])


@pytest.mark.parametrize("who", ["colleague", "assigned", "attendance", "office", "stranger"])
async def test_who_does_not_hold_it_cannot_take_it_back(
    speaker: Speaker, services: Services, people: People, who: str
) -> None:
    await speaker.says("The bus.")
    reviewer = assign(services, people, speaker.conversation_id)

    with pytest.raises(NotFound):
        withdraw(services, reviewer if who == "assigned" else getattr(people, who), speaker)
    assert speaker.words() == ["The bus."]


async def test_it_is_in_the_audit_trail_once(speaker: Speaker, services: Services, people: People) -> None:
    await speaker.says("The bus.")
    for _ in range(2):
        withdraw(services, people.adult, speaker)

    entries = [each for each in speaker.rows(AuditEntry) if each.act == "conversation_withdrawn"]
    assert [(each.staff_id, each.about_id) for each in entries] == [(people.adult.id, speaker.conversation_id)]
    assert audit.hash_of(entries[0]) == entries[0].hash
    assert speaker.rows(Conversation)[0].withdrawn_at
