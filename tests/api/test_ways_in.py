"""Links to a parent's conversation, the short codes of letters, and the word that was agreed with the school."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, select

from api import access
from api.access import Opened
from api.database import Database
from api.errors import LinkNotOpen, NotFound, NotToBeReached, TooManyAttempts, WrongCode, WrongWord
from api.models import Carer, Conversation, ParentLink, now
from api.security import hash_token
from api.services.reaching import agreed_words, carers
from api.services.talk import conversations, parent_links, short_codes
from api.services.talk.conversations import Plan
from api.services.talk.parent_links import Made
from tests.api.families import SECRET, add_carer
from tests.api.people import People

QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash("pebble")
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"  # addresses of devices


def made_for(session: Session, people: People, carer: Carer | None = None) -> Made:
    plan = Plan("parent", "so", carer_id=carer.id if carer else None)
    conversation = conversations.start(session, people.adult, people.pupil.id, plan)
    return parent_links.make_with_code(session, people.adult, conversation.id)


def opens(session: Session, token: str) -> bool:
    try:
        access.conversation_by_link(session, token)
    except LinkNotOpen:
        return False
    return True


def guess_until_slowed(guess: Callable[[], object]) -> None:
    for _ in range(40):
        try:
            guess()
        except TooManyAttempts:
            return
        except (WrongCode, WrongWord):
            continue
    pytest.fail("guesses are free")


def typed(session: Session, code: str, address: str = HERE) -> str:
    return parent_links.by_code(session, code, "so", address)


# ---- codes


def test_neither_address_nor_code_is_kept(database: Database, people: People) -> None:
    with database.writing() as session:
        made = made_for(session, people)
        kept = str(session.get_one(ParentLink, made.link.id).model_dump())
        assert hash_token(made.code) in kept
        assert made.code not in kept
        assert made.token not in kept


def test_codes_hold_no_vowels_and_no_look_alikes() -> None:
    code = "".join(short_codes.new() for _ in range(200))
    assert not set(code) & set("AEIOULSZBQY")
    assert short_codes.grouped("12345678") == "1234-5678"


@pytest.mark.parametrize(
    "typed", [" 01cd-52v8 ", "O1CD 52V8", "olcd.s2u8", "\u06600\u0661cd\u0665\u0662vB"[1:], "oIcdSzub"]
)
def test_how_a_code_is_typed_does_not_matter(typed: str) -> None:
    assert short_codes.read(typed) == "01CD52V8"


def test_a_typed_code_makes_a_link_of_its_own_to_the_same_conversation(database: Database, people: People) -> None:
    with database.writing() as session:
        made = made_for(session, people)
        token = typed(session, short_codes.grouped(made.code).lower())
        opened = access.conversation_by_link(session, token)
    assert token != made.token
    assert opened.conversation.id == made.link.conversation_id
    assert opened.link
    assert (opened.link.made_by_code_of, opened.link.expires_at) == (made.link.id, made.link.expires_at)


def test_the_conversation_goes_on_in_the_language_that_was_chosen_with_the_code(
    database: Database, people: People
) -> None:
    with database.writing() as session:
        parent_links.by_code(session, made_for(session, people).code, "ar", HERE)
        assert session.exec(select(Conversation.language)).all() == ["ar"]


def test_a_link_that_is_ended_takes_its_code_and_every_device_with_it(database: Database, people: People) -> None:
    with database.writing() as session:
        made = made_for(session, people)
        token = typed(session, made.code)
        assert opens(session, token)
        parent_links.revoke(session, people.adult, made.link.id)
        assert not opens(session, made.token)
        assert not opens(session, token)
        with pytest.raises(WrongCode):
            typed(session, made.code)


def test_an_expired_code_opens_nothing(database: Database, people: People) -> None:
    with database.writing() as session:
        made = made_for(session, people)
        session.get_one(ParentLink, made.link.id).expires_at = now() - timedelta(minutes=1)
        session.commit()
        with pytest.raises(WrongCode):
            typed(session, made.code)


def test_guessing_codes_is_slowed_down_for_one_device_before_it_is_for_all(database: Database, people: People) -> None:
    with database.writing() as session:
        made = made_for(session, people)
        guess_until_slowed(partial(typed, session, "00000000"))
        with pytest.raises(TooManyAttempts):
            typed(session, made.code)
        assert typed(session, made.code, ELSEWHERE)


def test_a_letter_is_printed_only_by_who_holds_its_secrets(database: Database, people: People) -> None:
    with database.writing() as session:
        made = made_for(session, people)
        opened = access.conversation_held_by(session, people.adult, made.link.conversation_id)
        assert parent_links.printed(session, people.adult, opened, made.token, made.code)
        for token, code in ((made.token, "00000000"), ("guess", made.code)):
            with pytest.raises(NotFound):
                parent_links.printed(session, people.adult, opened, token, code)


# ---- carers


def test_each_carer_has_a_link_and_a_conversation_of_their_own(database: Database, people: People) -> None:
    with database.writing() as session:
        aunt, uncle = (made_for(session, people, add_carer(session, people, name)) for name in ("aunt", "uncle"))
        opened = access.conversation_by_link(session, aunt.token)
    assert opened.conversation.id != uncle.link.conversation_id


def test_no_link_is_made_for_who_lives_apart_before_a_lead_agrees(database: Database, people: People) -> None:
    with database.writing() as session, pytest.raises(NotToBeReached):
        made_for(session, people, add_carer(session, people, lives_apart=True))


def test_an_open_link_stops_when_a_lead_takes_the_yes_back(database: Database, people: People) -> None:
    with database.writing() as session:
        carer = add_carer(session, people, lives_apart=True, agreed_at=now())
        made = made_for(session, people, carer)
        token = typed(session, made.code)
        assert opens(session, made.token)
        assert parent_links.still_open(session, people.adult, made.link.conversation_id)
        carers.decide(session, people.lead, carer.id, agreed=False)
        assert not opens(session, made.token)
        assert not opens(session, token)
        assert not parent_links.still_open(session, people.adult, made.link.conversation_id)


def test_an_open_link_stops_when_the_carer_cares_no_longer(database: Database, people: People) -> None:
    with database.writing() as session:
        carer = add_carer(session, people)
        made = made_for(session, people, carer)
        assert opens(session, made.token)
        carers.leave(session, people.adult, carer.id)
        assert not opens(session, made.token)


def test_staff_see_when_a_link_was_opened_and_not_the_devices_beside_it(database: Database, people: People) -> None:
    with database.writing() as session:
        made = made_for(session, people)
        (link,) = parent_links.listed(session, people.adult, made.link.conversation_id)
        assert link.opened_at is None
        typed(session, made.code)
        (link,) = parent_links.listed(session, people.adult, made.link.conversation_id)
        assert link.opened_at


# ---- the agreed word


def agreed(session: Session, people: People, word_hash: str = QUICK) -> Opened:
    carer = add_carer(session, people, word_hash=word_hash)
    return access.conversation_by_link(session, made_for(session, people, carer).token)


def answers(session: Session, opened: Opened, word: str) -> bool:
    carer = access.carer_in(session, opened)
    assert carer
    assert opened.link
    try:
        proof = agreed_words.answer(session, opened.link, carer, word, HERE, SECRET)
    except WrongWord:
        return False
    return agreed_words.is_proven(opened.link, carer, proof, SECRET)


def test_the_word_is_kept_as_a_hash_and_asked_for_without_capitals_and_accents(
    database: Database, people: People
) -> None:
    with database.writing() as session:
        opened = agreed(session, people, "")
        carers.agree_word(session, people.adult, opened.conversation.carer_id or 0, "Żółta Łódka")
        assert session.exec(select(Carer.word_hash)).one().startswith("$argon2")
        assert answers(session, opened, " zolta łodka")
        assert not answers(session, opened, "other")


def test_what_proves_the_word_is_good_for_no_other_link_and_no_later_word(database: Database, people: People) -> None:
    with database.writing() as session:
        opened = agreed(session, people)
        carer = access.carer_in(session, opened)
        assert carer
        assert opened.link
        proof = agreed_words.answer(session, opened.link, carer, "pebble", HERE, SECRET)
        other = made_for(session, people, carer).link
        assert not agreed_words.is_proven(other, carer, proof, SECRET)
        carer.word_hash = QUICK + "-"
        assert not agreed_words.is_proven(opened.link, carer, proof, SECRET)
        assert not agreed_words.is_proven(opened.link, carer, None, SECRET)


def test_guessing_the_word_is_slowed_down_for_a_link_and_all_devices_beside_it(
    database: Database, people: People
) -> None:
    with database.writing() as session:
        opened = agreed(session, people)
        carer = access.carer_in(session, opened)
        assert carer
        assert opened.link
        beside = ParentLink(
            id=99, conversation_id="-", token_hash="-", expires_at=now(), made_by_code_of=opened.link.id
        )
        guess_until_slowed(partial(agreed_words.answer, session, opened.link, carer, "guess", HERE, SECRET))
        with pytest.raises(TooManyAttempts):
            agreed_words.answer(session, beside, carer, "pebble", ELSEWHERE, SECRET)
