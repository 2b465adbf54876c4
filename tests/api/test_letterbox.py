"""Sealed on the device, opened here alone; a box lets its holder post and nothing else."""

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import select

from api import access
from api.access import Opened
from api.database import Database
from api.errors import LinkNotOpen, Malformed, NotFound, NotHandedOver, TooManyAttempts, Withdrawn
from api.models import HandOver, ParentLink
from api.security import seal
from api.services.people import attempts
from api.services.talk import conversations, hand_overs, letterbox, parent_links, withdrawing
from api.services.talk.conversations import Plan
from api.services.talk.letterbox import Box, Slot
from tests.api.people import PIN, People
from tests.api.sealing import sealed_for

SECRET = "of this server"
ADDRESS = "10.0.0.1"
WORDS = "It is loud. 🐉 صاخب"
# made by api/static/speaking/sealing.js in Chromium 156, for BOX and SECRET
BOX = Box("hand_over", 7, "0123456789abcdef", 0)
VECTOR = (
    "BJS+aXMP4fep6WTx+SPFAy1u+rpMrEHuZZeCc7j0EMu0uzWQ/rJIV7iTgBEhkdkzpwaiST6Ri0Y7nPv+U7AfrQ/4BX/wnEzhcWGb5+xUtd47ul"
    "1FZHCJq1iox/uFLppIkjhoLieHzk8xLOVymIUfFEEnUc1phw=="
)


@pytest.fixture
def opened(database: Database, people: People) -> Opened:
    """A tablet in the pupil's hands."""
    with database.writing() as session:
        talk = conversations.start(session, people.adult, people.pupil.id, Plan("pupil", "en"))
        return access.conversation_on_tablet(session, hand_overs.here(session, people.adult, talk.id, ""))


@pytest.fixture
def linked(database: Database, people: People) -> Opened:
    with database.writing() as session:
        talk = conversations.start(session, people.adult, people.pupil.id, Plan("parent", "ar"))
        return access.conversation_by_link(session, parent_links.make(session, people.adult, talk.id))


def read(database: Database, slot: Slot, secret: str = SECRET) -> Opened:
    """Where the box leads."""
    with database.writing() as session:
        return letterbox.conversation_of(session, letterbox.read_box(session, slot.box, secret, ADDRESS))


def box_in(database: Database, slot: Slot) -> Box:
    with database.writing() as session:
        return letterbox.read_box(session, slot.box, SECRET, ADDRESS)


def test_what_a_browser_sealed_is_opened() -> None:
    assert letterbox.open_envelope(BOX, VECTOR, SECRET) == WORDS


def test_what_was_sealed_is_opened(database: Database, opened: Opened) -> None:
    slot = letterbox.slot_for(opened, SECRET)

    assert letterbox.open_envelope(box_in(database, slot), sealed_for(slot, WORDS), SECRET) == WORDS


def test_the_box_says_nothing_to_who_holds_it(opened: Opened) -> None:
    slot = letterbox.slot_for(opened, SECRET)

    assert opened.conversation.id.encode() not in b64decode(slot.box, altchars="-_") + slot.box.encode()


def test_a_key_stays_the_same_for_a_door_and_differs_for_another(opened: Opened, linked: Opened) -> None:
    keys = [letterbox.slot_for(each, SECRET).key for each in (opened, opened, linked)]

    assert keys[0] == keys[1] != keys[2]


def test_a_number_given_again_has_another_key(opened: Opened) -> None:
    erased, box = (replace(letterbox._box_of(opened), conversation=it) for it in ("one", "other"))

    assert _public(erased) != _public(box)


def _public(box: Box) -> ec.EllipticCurvePublicNumbers:
    return letterbox._private_key(box, SECRET).public_key().public_numbers()


@pytest.mark.parametrize("place", [0, 20, 70, -1], ids=["sender", "key", "nonce", "tag"])
def test_a_changed_envelope_is_not_opened(database: Database, opened: Opened, place: int) -> None:
    slot = letterbox.slot_for(opened, SECRET)
    content = bytearray(b64decode(sealed_for(slot, WORDS)))
    content[place] ^= 1
    with pytest.raises(Malformed):
        letterbox.open_envelope(box_in(database, slot), b64encode(content).decode(), SECRET)


@pytest.mark.parametrize("envelope", ["", "no base64!", "AAAA", b64encode(bytes(93)).decode()])
def test_what_is_no_envelope_is_not_opened(envelope: str) -> None:
    with pytest.raises(Malformed):
        letterbox.open_envelope(BOX, envelope, SECRET)


def test_an_envelope_for_another_box_is_not_opened(database: Database, opened: Opened, linked: Opened) -> None:
    ours, theirs = letterbox.slot_for(opened, SECRET), letterbox.slot_for(linked, SECRET)
    with pytest.raises(Malformed):
        letterbox.open_envelope(box_in(database, theirs), sealed_for(ours, WORDS), SECRET)


def test_words_arrive_after_the_tablet_was_given_back(database: Database, opened: Opened) -> None:
    slot = letterbox.slot_for(opened, SECRET)
    with database.writing() as session:
        hand_overs.leave(session, opened, PIN, ADDRESS)

    assert read(database, slot).conversation.id == opened.conversation.id


@pytest.mark.parametrize("door", [HandOver, ParentLink])
def test_words_arrive_after_the_door_has_expired(
    database: Database, opened: Opened, linked: Opened, door: type[HandOver | ParentLink]
) -> None:
    speaker = opened if door is HandOver else linked
    slot = letterbox.slot_for(speaker, SECRET)
    with database.writing() as session:
        for each in session.exec(select(door)):
            each.expires_at -= timedelta(days=20)
            session.add(each)
        session.commit()

    assert read(database, slot).conversation.id == speaker.conversation.id


def test_a_link_that_the_school_closed_takes_nothing(database: Database, linked: Opened, people: People) -> None:
    slot = letterbox.slot_for(linked, SECRET)
    with database.writing() as session:
        assert linked.link
        parent_links.revoke(session, people.adult, linked.link.id)
    with pytest.raises(LinkNotOpen):
        read(database, slot)


@pytest.mark.parametrize("door", ["opened", "linked"])
def test_a_conversation_that_was_taken_back_takes_nothing(
    database: Database, people: People, door: str, request: pytest.FixtureRequest
) -> None:
    speaker: Opened = request.getfixturevalue(door)
    slot = letterbox.slot_for(speaker, SECRET)
    with database.writing() as session:
        withdrawing.withdraw(session, people.adult, speaker.conversation.id, "speaker")
    with pytest.raises(Withdrawn):
        read(database, slot)


def test_a_box_lasts_a_month(database: Database, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letterbox, "LASTS", timedelta(seconds=-2))
    with pytest.raises(LinkNotOpen):
        read(database, letterbox.slot_for(opened, SECRET))


@pytest.mark.parametrize("forged", ["", "x" * 300, seal('{"id": 1}', SECRET), seal("a staff member's secret", SECRET)])
def test_a_forged_box_is_not_there(database: Database, forged: str) -> None:
    with pytest.raises(NotFound):
        read(database, Slot("", forged))


def test_a_box_of_another_server_is_not_there(database: Database, opened: Opened) -> None:
    with pytest.raises(NotFound):
        read(database, letterbox.slot_for(opened, "of another server"))


def test_a_box_whose_door_is_of_another_conversation_is_not_there(database: Database, opened: Opened) -> None:
    with database.writing() as session, pytest.raises(NotFound):
        letterbox.conversation_of(session, replace(letterbox._box_of(opened), id=opened.hand_over.id + 1))


def test_forging_boxes_becomes_slow(database: Database) -> None:
    for _ in range(attempts.FREE_FOR_AN_ADDRESS + 1):
        with pytest.raises(NotFound):
            read(database, Slot("", "forged"))
    with pytest.raises(TooManyAttempts):
        read(database, Slot("", "forged"))


def test_one_who_forges_keeps_no_neighbour_out(database: Database, opened: Opened) -> None:
    for _ in range(attempts.FREE_FOR_AN_ADDRESS + 1):
        with pytest.raises(NotFound):
            read(database, Slot("", "forged"))

    assert read(database, letterbox.slot_for(opened, SECRET)).conversation.id == opened.conversation.id


def test_one_box_cannot_post_without_end(database: Database, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letterbox, "POSTS_AT_ONCE", 2)
    slot = letterbox.slot_for(opened, SECRET)
    for _ in range(3):
        read(database, slot)
    with pytest.raises(TooManyAttempts):
        read(database, slot)


def test_staff_are_given_no_box(database: Database, opened: Opened, people: People) -> None:
    with database.reading() as session:
        held = access.conversation_held_by(session, people.adult, opened.conversation.id)
    with pytest.raises(NotHandedOver):
        letterbox.slot_for(held, SECRET)
