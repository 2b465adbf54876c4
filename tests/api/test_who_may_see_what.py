"""There is always something that could leak, and the one who should see it does."""

import pytest
from sqlmodel import Session, func, select

from api import access
from api.errors import LinkNotOpen, NotAllowed, NotFound, NotHandedOver, NotSignedIn
from api.models import Alert, Conversation, Pupil, Record, Shown, StaffMember, Turn, now
from api.services.people import signing_in
from api.services.talk import conversations, hand_overs, parent_links
from api.services.talk.conversations import Plan
from tests.api.people import PIN, People
from tests.api.scripted_bot import UNSAFE
from tests.api.speaker import Services, Speaker

pytestmark = pytest.mark.anyio


@pytest.fixture
async def talked(speaker: Speaker) -> Speaker:
    await speaker.opens()
    await speaker.says(f"I am {UNSAFE}.")
    return speaker


@pytest.mark.parametrize("who", ["adult", "lead"])
async def test_the_trusted_adult_and_the_lead_read_a_conversation(
    talked: Speaker, services: Services, people: People, who: str
) -> None:
    with services.database.reading() as session:
        opened = access.conversation_for_staff(session, getattr(people, who), talked.conversation_id)
        assert [turn.kind for turn in access.turns_in(session, opened)] == ["open", "say"]


@pytest.mark.parametrize("who", ["colleague", "attendance", "stranger"])
async def test_other_staff_do_not_learn_that_a_conversation_exists(
    talked: Speaker, services: Services, people: People, who: str
) -> None:
    staff = getattr(people, who)
    with services.database.reading() as session:
        with pytest.raises(NotFound):
            access.conversation_for_staff(session, staff, talked.conversation_id)
        with pytest.raises(NotFound):
            access.conversations_about(session, staff, people.pupil.id)
        assert access.standings_readable_by(session, staff, now()) == []


async def test_staff_see_the_pupils_of_their_own_school_only(services: Services, people: People) -> None:
    with services.database.reading() as session:
        assert {pupil.name for pupil in access.pupils_of(session, people.attendance)} == {"pupil", "other_pupil"}
        assert access.pupils_of(session, people.stranger) == []
        with pytest.raises(NotFound):
            access.pupil_for(session, people.stranger, people.pupil.id)


async def test_who_may_not_read_may_not_start(services: Services, people: People) -> None:
    with services.database.writing() as session, pytest.raises(NotAllowed):
        conversations.start(session, people.attendance, people.pupil.id, Plan("pupil", "en"))


async def test_a_parent_cannot_read_the_pupils_words(
    talked: Speaker, parent: Speaker, services: Services, people: People
) -> None:
    token = make_link(services, people, parent)
    with services.database.reading() as session:
        opened = access.conversation_by_link(session, token)
        said = access.turns_in(session, opened), access.shown_in(session, opened), access.summary_in(session, opened)

        assert said == ([], [], None)
        assert access.turn_in(session, opened, talked.page().exchanges[-1].turn) is None
        assert access.alerted_turns_in(session, opened) == set()


async def test_a_link_opens_its_conversation_until_it_is_revoked(
    parent: Speaker, services: Services, people: People
) -> None:
    token = make_link(services, people, parent)
    with services.database.writing() as session:
        assert access.conversation_by_link(session, token).conversation.id == parent.conversation_id
        (link,) = parent_links.listed(session, people.adult, parent.conversation_id)
        parent_links.revoke(session, people.adult, link.id)
        with pytest.raises(LinkNotOpen):
            access.conversation_by_link(session, token)


async def test_an_expired_link_opens_nothing(parent: Speaker, services: Services, people: People) -> None:
    token = make_link(services, people, parent, days=0)

    with services.database.reading() as session, pytest.raises(LinkNotOpen):
        access.conversation_by_link(session, token)


async def test_there_is_no_link_to_a_pupils_conversation(speaker: Speaker, services: Services, people: People) -> None:
    with pytest.raises(NotFound):
        make_link(services, people, speaker)


async def test_a_stranger_cannot_close_a_link(parent: Speaker, services: Services, people: People) -> None:
    make_link(services, people, parent)
    with services.database.writing() as session:
        (link,) = parent_links.listed(session, people.adult, parent.conversation_id)
        with pytest.raises(NotFound):
            parent_links.revoke(session, people.stranger, link.id)


async def test_a_tablet_opens_its_conversation_until_it_is_given_back(
    speaker: Speaker, services: Services, people: People
) -> None:
    with services.database.writing() as session:
        token = hand_overs.with_code(session, hand_overs.by_code(session, people.adult, speaker.conversation_id), "")
        opened = access.conversation_on_tablet(session, token)
        hand_overs.leave(session, opened, PIN, "")
        with pytest.raises(NotHandedOver):
            access.conversation_on_tablet(session, token)


@pytest.mark.parametrize("token", ["", "no such token", "\ud800"])
async def test_an_unknown_token_opens_no_door(services: Services, token: str) -> None:
    with services.database.reading() as session:
        with pytest.raises(NotSignedIn):
            access.staff_by_token(session, token)
        with pytest.raises(NotHandedOver):
            access.conversation_on_tablet(session, token)
        with pytest.raises(LinkNotOpen):
            access.conversation_by_link(session, token)


async def test_a_session_of_staff_ends_when_they_sign_out(services: Services, people: People) -> None:
    with services.database.writing() as session:
        token = signing_in.start_session(session, people.adult)
        assert access.staff_by_token(session, token).id == people.adult.id
        signing_in.sign_out(session, token)
        with pytest.raises(NotSignedIn):
            access.staff_by_token(session, token)


async def test_erasing_a_pupil_erases_every_word_but_the_record_of_an_alert(
    talked: Speaker, services: Services, people: People
) -> None:
    with services.database.writing() as session:
        session.delete(session.get_one(Pupil, people.pupil.id))
        session.commit()

        assert [count(session, kind) for kind in (Conversation, Turn, Shown, Alert)] == [0, 0, 0, 1]
        assert count(session, StaffMember) == 7


def count(session: Session, kind: type[Record]) -> int:
    return session.exec(select(func.count()).select_from(kind)).one()


def make_link(services: Services, people: People, speaker: Speaker, **more: int) -> str:
    with services.database.writing() as session:
        return parent_links.make(session, people.adult, speaker.conversation_id, **more)
