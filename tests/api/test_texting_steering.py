"""Words that steer text messages are obeyed once, and who is not known is told so."""

import pytest

from api.models import Attempt, Carer, Delivery, Turn, now
from api.pages.rendering import build_pages
from api.settings import Settings
from api.texting import Received
from tests.api.people import People
from tests.api.reached import OTHER_PHONE, PHONE, cares
from tests.api.scripted_bot import UNSAFE
from tests.api.speaker import Services, Speaker
from tests.api.texting import Telephone

pytestmark = [pytest.mark.anyio]
both_stores = pytest.mark.parametrize("store", ["sqlite", "postgresql"])
PAGES = build_pages(Settings(environment="test"))


async def test_stop_ends_what_waits_for_all_their_children(
    asked: Speaker, phone: Telephone, people: People, services: Services
) -> None:
    cares(services.database, people, pupil_id=people.other_pupil.id)
    await phone.writes("The noise.")
    assert phone.kinds_to_send() == ["turn", "turn"]

    await phone.writes("stop")
    assert all(each.stopped_at for each in phone.rows(Carer))
    assert phone.kinds_to_send() == ["stopped"]
    assert phone.said() == ["The noise."]


async def test_stop_in_their_language_stops(services: Services, people: People) -> None:
    cares(services.database, people, language="so")
    phone = Telephone(services, PHONE)
    await phone.writes("Jooji")

    assert phone.carer().stopped_at
    assert phone.conversations() == []


async def test_stop_inside_a_sentence_is_told(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("He should stop school for a week")

    assert phone.said() == ["He should stop school for a week"]
    assert phone.carer().stopped_at is None


async def test_start_begins_again_and_an_old_stop_posted_late_changes_nothing(phone: Telephone) -> None:
    stop = Received("SM-stop", PHONE, "STOP", "text")
    phone.keeps(stop)
    phone.keeps(Received("SM-start", PHONE, "START", "text"))
    phone.keeps(stop)

    assert phone.carer().stopped_at is None
    assert phone.kinds_to_send() == ["stopped", "started"]


async def test_yes_starts_again_only_whoever_had_stopped(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("Yes")
    assert phone.said() == ["Yes"]

    await phone.writes("STOP")
    await phone.writes("Yes")
    assert phone.carer().stopped_at is None


async def test_help_is_answered_and_is_no_turn(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("HELP")

    assert phone.kinds_to_send() == ["turn", "help"]
    assert phone.said() == []


async def test_call_brings_a_person(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("Call me")
    await phone.writes("Call me", again=True)

    assert phone.tasks() == ["call_back"]
    assert phone.kinds_to_send() == ["turn", "call_back"]


async def test_a_picture_brings_a_person_and_its_words_are_told(asked: Speaker, phone: Telephone) -> None:
    await phone.writes("Look at this", pictures=1)
    await phone.writes("", pictures=1)

    assert phone.tasks() == ["call_back", "call_back"]
    assert phone.said() == ["Look at this"]
    assert len([each for each in phone.rows(Delivery) if "attachment" in each.about]) == 2


# ---- who is not known


@both_stores
async def test_of_an_unknown_number_nothing_is_kept_and_it_is_told_once_a_day(phone: Telephone) -> None:
    stranger = Telephone(phone.services, OTHER_PHONE)
    first, second = await stranger.writes(f"I am {UNSAFE}."), await stranger.writes("Who is this?")

    assert (first.is_unknown, second.is_unknown) == (True, False)
    assert (stranger.rows(Turn), stranger.rows(Delivery), stranger.tasks()) == ([], [], [])
    assert OTHER_PHONE not in repr([attempt.model_dump() for attempt in stranger.rows(Attempt)])


async def test_whoever_cares_no_longer_is_not_known(services: Services, people: People) -> None:
    cares(services.database, people, left_at=now())
    assert (await Telephone(services, PHONE).writes("Hello.")).is_unknown


async def test_a_sender_without_a_number_is_not_answered(services: Services, people: People) -> None:
    kept = await Telephone(services, "PARCEL").writes("Your parcel is here.")
    assert (kept.opened, kept.is_unknown) == (None, False)


async def test_who_lives_apart_waits_for_the_lead(services: Services, people: People) -> None:
    cares(services.database, people, lives_apart=True)
    phone = Telephone(services, PHONE)
    kept = [await phone.writes("Hello."), await phone.writes("Hello?")]

    assert [each.is_unknown for each in kept] == [True, False]
    assert (phone.conversations(), phone.rows(Turn)) == ([], [])
    assert phone.tasks() == ["agree_carer"]


async def test_who_may_not_be_reached_can_stop_messages_all_the_same(services: Services, people: People) -> None:
    cares(services.database, people, lives_apart=True)
    phone = Telephone(services, PHONE)
    await phone.writes("STOP")

    assert phone.carer().stopped_at
    assert phone.rows(Delivery) == []
