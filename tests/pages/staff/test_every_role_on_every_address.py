"""Every address of the staff's pages, for every role and for nobody: what it answers about things that exist and are
somebody's. An address without a row here fails.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import update

from api.database import Database
from api.main import create_app
from api.models import (
    Absence,
    Alert,
    Carer,
    Conversation,
    Delivery,
    HalfTerm,
    Invitation,
    ParentLink,
    PlannedContact,
    Promise,
    Review,
    SchoolClosure,
    StaffMember,
    Summary,
    Task,
    Turn,
    now,
)
from api.pages.doors import STAFF_COOKIE
from api.security import hash_token, new_id
from api.services.people import signing_in
from api.settings import Settings
from tests.api.people import People
from tests.pages.staff.addresses import ALL, NOBODY, STAFF, TABLE, Row

QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash("a password")  # many are tried here


@pytest.fixture
def colleagues(database: Database, people: People) -> dict[str, StaffMember]:
    with database.writing() as session:
        assigned = StaffMember(
            school_id=people.adult.school_id, name="assigned", email="assigned@school.test", role="trusted_adult"
        )
        session.add(assigned)
        session.exec(update(StaffMember).values(password_hash=QUICK))
        session.commit()
    return {who: assigned if who == "assigned" else getattr(people, who) for who in STAFF}


@pytest.fixture
def ids(database: Database, people: People, colleagues: Mapping[str, StaffMember]) -> dict[str, str]:
    """Of one of everything, all of the adult's pupil."""
    with database.writing() as session:
        talks = [_conversation(people, audience) for audience in ("pupil", "parent")]
        session.add_all(talks)
        session.flush()
        told, parents = talks
        turn = Turn(
            id=new_id(),
            conversation_id=told.id,
            ordinal=0,
            kind="say",
            text="The bus.",
            language="en",
            state="answered",
        )
        session.add(turn)
        session.flush()
        things = _things(people, told.id, parents.id)
        session.add_all((*things.values(), _summary(told.id, turn.id)))
        session.add(Review(conversation_id=told.id, assigned_to_id=colleagues["assigned"].id))
        session.flush()
        things["message"] = _message(people, things["carer"])
        session.add(things["message"])
        session.commit()
        rows = {f"{name}_id": str(thing.id) for name, thing in things.items()}
    own = {f"{who}_id": str(staff.id) for who, staff in colleagues.items()}
    tomorrow = (now() + timedelta(days=1)).date().isoformat()
    here = {"conversation_id": told.id, "parents_id": parents.id, "turn_id": turn.id, "pupil_id": str(people.pupil.id)}
    other = {"form": "docx", "provider": "microsoft", "token": "invited", "tomorrow": tomorrow}
    return {**own, **rows, **here, **other}


def _conversation(people: People, audience: str) -> Conversation:
    return Conversation(
        id=new_id(),
        pupil_id=people.pupil.id,
        audience=audience,
        guide=audience,
        language="en",
        state="finished",
        started_by_id=people.adult.id,
        agreed_at=now(),
    )


def _things(people: People, told: str, parents: str) -> dict[str, object]:
    soon, school = now() + timedelta(days=1), people.adult.school_id
    return {
        "alert": _alert(people, parents),
        "link": ParentLink(
            conversation_id=parents,
            token_hash=hash_token("way in"),
            code_hash=hash_token("short"),
            expires_at=soon,
        ),
        "carer": _carer(people),
        "last_carer": _carer(people),
        "absence": Absence(school_id=school, pupil_id=people.pupil.id, day=now().date(), started_by_id=people.adult.id),
        "task": Task(school_id=school, pupil_id=people.pupil.id, kind="ring_family", key="ring"),
        "contact": _planned(people),
        "half_term": HalfTerm(school_id=school, first_day=soon.date(), last_day=soon.date()),
        "closure": SchoolClosure(school_id=school, first_day=soon.date(), last_day=soon.date()),
        "invitation": Invitation(
            school_id=school,
            name="-",
            email="invited@school.test",
            role="trusted_adult",
            token_hash=hash_token("invited"),
            invited_by_id=people.office.id,
            expires_at=soon,
        ),
        "promise": Promise(
            pupil_id=people.pupil.id,
            conversation_id=told,
            audience="pupil",
            kind="other",
            owner_id=people.adult.id,
            made_by_id=people.adult.id,
            due_on=soon.date(),
            form_id="0" * 32,
        ),
    }


def _planned(people: People) -> PlannedContact:
    return PlannedContact(
        pupil_id=people.pupil.id,
        kind="family_contact",
        day=now().date() - timedelta(days=1),
        carer_id=1,
        owner_id=people.adult.id,
        made_by_id=people.adult.id,
        key="planned",
    )


def _carer(people: People) -> Carer:
    return Carer(pupil_id=people.pupil.id, relation="aunt", language="en", created_by_id=people.adult.id)


def _message(people: People, carer: object) -> Delivery:
    assert isinstance(carer, Carer)
    about = {"school_id": people.adult.school_id, "carer_id": carer.id, "channel": "text", "kind": "link"}
    return Delivery(**about, key="message", fault="unreachable")


def _summary(told: str, turn: str) -> Summary:
    line = {"turn": turn, "start": 0, "end": 3, "topic": "good_day", "section": "worries"}
    item = {**line, "codes": ["school.lesson"], "status": "said", "shown_to": "school"}
    topics = [{"topic": "good_day", "status": "said"}]
    return Summary(conversation_id=told, turn_id=turn, content={"version": 2, "topics": topics, "items": [item]})


def _alert(people: People, conversation: str) -> Alert:
    return Alert(
        school_id=people.adult.school_id,
        conversation_id=conversation,
        pupil_id=people.pupil.id,
        pupil_name=people.pupil.name,
        pupil_year=people.pupil.year,
        audience="parent",
        codes=["physical_abuse"],
        spans=[],
        words="-",
        language="en",
        adult_id=people.adult.id,
        said_at=now(),
    )


@pytest.fixture
def comes_in(
    device: Callable[[], httpx.Client], database: Database, colleagues: Mapping[str, StaffMember]
) -> Callable[..., httpx.Client]:
    """One browser for all, signed in as one after the other."""
    browser, tokens = device(), dict[str, str]()

    def come_in(who: str, *, anew: bool = False) -> httpx.Client:
        browser.cookies.clear()
        if who != NOBODY:
            if anew or who not in tokens:
                with database.writing() as session:
                    tokens[who] = signing_in.start_session(session, colleagues[who])
            browser.cookies.set(STAFF_COOKIE, tokens[who])
        return browser

    return come_in


def test_every_address_has_a_row() -> None:
    served = {
        f"{method} {_shape(context.path)}"
        for context in iter_route_contexts(create_app(Settings(environment="test")).routes)
        if context.path and context.path.startswith("/staff")
        for method in context.methods or ()
    }
    assert served == {f"{row.method} {_shape(row.path.partition('?')[0])}" for row in TABLE}


def test_every_role_on_every_address(comes_in: Callable[..., httpx.Client], ids: Mapping[str, str]) -> None:
    """First whoever may not, so that nothing is changed for those who may."""
    assert [*_wrong_answers(comes_in, ids, allowed=False)] == []
    assert [*_wrong_answers(comes_in, ids, allowed=True)] == []


def _wrong_answers(
    comes_in: Callable[..., httpx.Client], ids: Mapping[str, str], *, allowed: bool
) -> Iterator[tuple[str, str, int]]:
    for row in TABLE:
        for who in sorted(ALL):
            if (row.expected(who) is None) == allowed:
                status = _ask(comes_in(who, anew=row.ends_sessions), row, ids)
                if not _fits(status, row.expected(who)):
                    yield row.address, who, status


def _ask(browser: httpx.Client, row: Row, ids: Mapping[str, str]) -> int:
    path = row.path.format(**ids)
    if row.method == "GET":
        return browser.get(path).status_code
    return browser.post(path, data={name: value.format(**ids) for name, value in row.fields.items()}).status_code


def _fits(status: int, expected: int | None) -> bool:
    """Whoever may is let in; a form that holds nothing of use is told so."""
    if expected is None:
        return status < 500 and status not in (403, 404, 405)
    return status == expected


def _shape(path: str) -> str:
    """Whatever the places are called."""
    return "/".join("{}" + part.partition("}")[2] if part.startswith("{") else part for part in path.split("/"))
