"""A tablet changes hands: by a code or directly, and back by the adult's PIN."""

from datetime import timedelta

import pytest

from api import access
from api.errors import NotFound, NotHandedOver, NotSignedIn, TooManyAttempts, WrongCode, WrongPin
from api.services.people import attempts, signing_in
from api.services.talk import hand_overs
from tests.api.people import PIN, People
from tests.api.speaker import Services, Speaker

pytestmark = pytest.mark.anyio
ADDRESS = "10.0.0.1"


async def test_a_code_works_once(speaker: Speaker, services: Services, people: People) -> None:
    with services.database.writing() as session:
        code = hand_overs.by_code(session, people.adult, speaker.conversation_id)
        token = hand_overs.with_code(session, f" {code[:3]} {code[3:]} ", ADDRESS)

        assert access.conversation_on_tablet(session, token).conversation.id == speaker.conversation_id
        with pytest.raises(WrongCode):
            hand_overs.with_code(session, code, ADDRESS)


async def test_a_new_code_ends_the_old_one(speaker: Speaker, services: Services, people: People) -> None:
    with services.database.writing() as session:
        old = hand_overs.by_code(session, people.adult, speaker.conversation_id)
        hand_overs.by_code(session, people.adult, speaker.conversation_id)
        with pytest.raises(WrongCode):
            hand_overs.with_code(session, old, ADDRESS)


async def test_a_code_expires(
    speaker: Speaker, services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_overs, "CODE_LASTS", timedelta())
    with services.database.writing() as session:
        code = hand_overs.by_code(session, people.adult, speaker.conversation_id)
        with pytest.raises(WrongCode):
            hand_overs.with_code(session, code, ADDRESS)


async def test_a_forgotten_tablet_closes(
    speaker: Speaker, services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_overs, "TABLET_LASTS", timedelta())
    with services.database.writing() as session:
        token = hand_overs.here(session, people.adult, speaker.conversation_id, "")
        with pytest.raises(NotHandedOver):
            access.conversation_on_tablet(session, token)


async def test_a_tablet_for_a_parent_is_not_handed_over(parent: Speaker, services: Services, people: People) -> None:
    with services.database.writing() as session, pytest.raises(NotFound):
        hand_overs.by_code(session, people.adult, parent.conversation_id)


async def test_handing_this_device_over_ends_the_staff_session(
    speaker: Speaker, services: Services, people: People
) -> None:
    with services.database.writing() as session:
        staff_token = signing_in.start_session(session, people.adult)
        hand_overs.here(session, people.adult, speaker.conversation_id, staff_token)
        with pytest.raises(NotSignedIn):
            access.staff_by_token(session, staff_token)


async def test_a_wrong_pin_keeps_the_tablet_where_it_is(speaker: Speaker, services: Services, people: People) -> None:
    with services.database.writing() as session:
        token = hand_overs.here(session, people.adult, speaker.conversation_id, "")
        with pytest.raises(WrongPin):
            hand_overs.leave(session, access.conversation_on_tablet(session, token), "0000", ADDRESS)

        assert access.conversation_on_tablet(session, token)


async def test_guessing_codes_becomes_slow(services: Services) -> None:
    with services.database.writing() as session:
        for _ in range(attempts.FREE_FOR_AN_ADDRESS + 1):
            with pytest.raises(WrongCode):
                hand_overs.with_code(session, "none", ADDRESS)

        with pytest.raises(TooManyAttempts) as refused:
            hand_overs.with_code(session, "none", ADDRESS)
        assert refused.value.seconds >= 1


async def test_guessing_codes_from_many_addresses_becomes_slow_too(services: Services) -> None:
    with services.database.writing() as session:
        for guess in range(attempts.FREE_FOR_EVERYBODY + 1):
            with pytest.raises(WrongCode):
                hand_overs.with_code(session, "none", f"10.0.0.{guess}")

        with pytest.raises(TooManyAttempts):
            hand_overs.with_code(session, "none", "10.0.1.1")


async def test_a_right_code_counts_as_nobodys_guess(speaker: Speaker, services: Services, people: People) -> None:
    with services.database.writing() as session:
        for guess in range(attempts.FREE_FOR_EVERYBODY):
            with pytest.raises(WrongCode):
                hand_overs.with_code(session, "none", f"10.0.0.{guess}")
        for _ in range(2):
            code = hand_overs.by_code(session, people.adult, speaker.conversation_id)
            assert hand_overs.with_code(session, code, ADDRESS)


async def test_one_child_who_guesses_the_pin_does_not_hold_up_other_tablets(
    speaker: Speaker, services: Services, people: People
) -> None:
    with services.database.writing() as session:
        token = hand_overs.here(session, people.adult, speaker.conversation_id, "")
        for _ in range(attempts.FREE + 1):
            with pytest.raises(WrongPin):
                hand_overs.leave(session, access.conversation_on_tablet(session, token), "0000", ADDRESS)
        other = hand_overs.here(session, people.adult, speaker.conversation_id, "")

        hand_overs.leave(session, access.conversation_on_tablet(session, other), PIN, ADDRESS)
