"""Who keeps what is known of a family; nobody who lives apart is reached without a lead's yes (practice 31)."""

import pytest

from api import access
from api.database import Database
from api.errors import NotAllowed, NotFound, NotToBeReached, Unfit
from api.models import Carer, now
from api.services.reaching import carers, telephones
from tests.api.families import FORM, PHONE, about, acts_in, add_carer, waiting_tasks
from tests.api.people import People

KEEPERS = ("adult", "lead", "deputy", "attendance", "office")
OTHERS = ("colleague", "stranger")


@pytest.mark.parametrize("who", KEEPERS)
def test_whoever_works_with_the_family_or_keeps_the_roll_adds_carers(
    database: Database, people: People, who: str
) -> None:
    with database.writing() as session:
        carers.add(session, getattr(people, who), people.pupil.id, about(), FORM)
        assert [carer.relation for carer in access.carers_of(session, people.pupil.id)] == ["aunt"]
        assert "carer_added" in acts_in(session)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_or_changes_a_family(database: Database, people: People, who: str) -> None:
    with database.writing() as session:
        carer, other = add_carer(session, people), getattr(people, who)
        for attempt in (
            lambda: access.family_kept_by(session, other, people.pupil.id),
            lambda: carers.add(session, other, people.pupil.id, about(), FORM),
            lambda: carers.change(session, other, carer.id, about("uncle")),
            lambda: carers.agree_word(session, other, carer.id, "pebble"),
            lambda: carers.leave(session, other, carer.id),
        ):
            with pytest.raises(NotFound):
                attempt()


def test_a_form_that_is_sent_twice_adds_one_carer(database: Database, people: People) -> None:
    with database.writing() as session:
        first = carers.add(session, people.adult, people.pupil.id, about(), FORM)
        assert carers.add(session, people.adult, people.pupil.id, about(), FORM) == first
        assert len(access.carers_of(session, people.pupil.id)) == 1


def test_carers_are_asked_in_the_order_that_was_chosen(database: Database, people: People) -> None:
    with database.writing() as session:
        added = [add_carer(session, people, name, place=place) for place, name in enumerate("abc")]
        for _ in range(2):  # sent twice
            carers.put_in_place(session, people.adult, added[2].id, 0)
        assert "".join(carer.relation for carer in access.carers_of(session, people.pupil.id)) == "cab"


def test_what_is_changed_is_named_in_the_trail_and_its_value_is_not(database: Database, people: People) -> None:
    with database.writing() as session:
        carer = add_carer(session, people)
        carers.change(session, people.office, carer.id, about("aunt", phone="+447700900999", email=carer.email))
        entry = access.audit_entries_for(session, people.lead, access.TrailFilter(act="carer_changed"), None, 9)[0]
        assert entry.details == {"fields": ["phone"]}


def test_who_cares_no_longer_is_out_of_the_list_and_stays_known(database: Database, people: People) -> None:
    with database.writing() as session:
        carer = add_carer(session, people)
        carers.leave(session, people.adult, carer.id)
        assert access.carers_of(session, people.pupil.id) == []
        assert session.get_one(Carer, carer.id).left_at


# ---- who lives apart


def apart(database: Database, people: People) -> int:
    with database.writing() as session:
        return carers.add(session, people.adult, people.pupil.id, about("father", lives_apart=True, phone=PHONE), FORM)


def test_who_lives_apart_waits_for_a_safeguarding_lead(database: Database, people: People) -> None:
    carer_id = apart(database, people)
    with database.reading() as session:
        assert waiting_tasks(session) == ["agree_carer"]
        with pytest.raises(NotToBeReached) as refused:
            carers.check_way(session.get_one(Carer, carer_id), "text")
    assert refused.value.fault == "not_agreed"


@pytest.mark.parametrize("who", ["adult", "attendance", "office"])
def test_nobody_but_a_lead_can_agree(database: Database, people: People, who: str) -> None:
    carer_id = apart(database, people)
    with database.writing() as session, pytest.raises(NotAllowed):
        carers.decide(session, getattr(people, who), carer_id, agreed=True)
    with database.reading() as session:
        assert session.get_one(Carer, carer_id).agreed_at is None


def test_a_leads_yes_opens_the_way_and_settles_the_task(database: Database, people: People) -> None:
    carer_id = apart(database, people)
    with database.writing() as session:
        carers.decide(session, people.deputy, carer_id, agreed=True)
        carers.check_way(session.get_one(Carer, carer_id), "text")
        assert (waiting_tasks(session), acts_in(session)[-1]) == ([], "carer_agreed")


def test_a_leads_no_settles_the_task_and_opens_nothing(database: Database, people: People) -> None:
    carer_id = apart(database, people)
    with database.writing() as session:
        carers.decide(session, people.lead, carer_id, agreed=False)
        assert (waiting_tasks(session), acts_in(session)[-1]) == ([], "carer_refused")
        with pytest.raises(NotToBeReached):
            carers.check_may_be_reached(session.get_one(Carer, carer_id))


@pytest.mark.parametrize("who", ["adult", "attendance", "office"])
def test_saying_that_they_live_with_the_child_does_not_stand_for_a_leads_yes(
    database: Database, people: People, who: str
) -> None:
    carer_id = apart(database, people)
    with database.writing() as session, pytest.raises(NotAllowed):
        carers.change(session, getattr(people, who), carer_id, about("father", phone=PHONE))


def test_who_moves_out_waits_for_a_lead_from_then_on(database: Database, people: People) -> None:
    with database.writing() as session:
        carer = add_carer(session, people)
        carers.check_may_be_reached(carer)
        carers.change(session, people.adult, carer.id, about(lives_apart=True))
        assert waiting_tasks(session) == ["agree_carer"]
        with pytest.raises(NotToBeReached):
            carers.check_may_be_reached(carer)


@pytest.mark.parametrize(
    ("known", "channel", "fault"),
    [
        ({"phone": ""}, "text", "no_address"),
        ({"email": ""}, "email", "no_address"),
        ({"stopped_at": True}, "whatsapp", "stopped"),
        ({"left_at": True}, "email", "left"),
    ],
)
def test_a_way_that_is_not_open_is_refused_by_its_reason(
    database: Database, people: People, known: dict[str, object], channel: str, fault: str
) -> None:
    with database.writing() as session:
        made = {name: now() if value is True else value for name, value in known.items()}
        carer = add_carer(session, people, **made)
        with pytest.raises(NotToBeReached) as refused:
            carers.check_way(carer, channel)  # type: ignore[arg-type]
    assert refused.value.fault == fault


def test_who_stopped_text_messages_still_gets_mail(database: Database, people: People) -> None:
    with database.writing() as session:
        carers.check_way(add_carer(session, people, stopped_at=now()), "email")


# ---- numbers


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("07700 900123", "GB-ENG", "+447700900123"),
        ("(07700) 900-123", "default", "+447700900123"),
        ("+48 512 345 678", "GB-SCT", "+48512345678"),
        ("0048 512 345 678", "GB-WLS", "+48512345678"),
        ("", "GB-ENG", ""),
    ],
)
def test_numbers_are_read_as_they_are_written_in_the_schools_country(written: str, country: str, kept: str) -> None:
    assert telephones.read(written, country) == kept


@pytest.mark.parametrize("written", ["12", "call me", "07700 900123 900123 900"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(Unfit):
        telephones.read(written, "GB-ENG")


def test_numbers_are_shown_as_they_are_dialled_there() -> None:
    assert telephones.shown("+447700900123", "GB-ENG") == "07700 900123"
    assert telephones.shown("+48512345678", "GB-ENG") == "+48 512 345 678"
