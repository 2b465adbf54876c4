"""Every address of the staff's pages, for every role and for nobody: what it answers about things that exist and are
somebody's. An address without a row here fails.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import update

from api.database import Database
from api.main import create_app
from api.models import (
    Alert,
    Conversation,
    Invitation,
    ParentLink,
    Promise,
    Review,
    SchoolClosure,
    StaffMember,
    Summary,
    Turn,
    now,
)
from api.pages.doors import STAFF_COOKIE
from api.security import hash_token, new_id
from api.services.people import signing_in
from api.settings import Settings
from tests.api.people import People

NOBODY = "nobody"
# adult: of the pupil; assigned: was given the conversation to review; stranger: leads another school
STAFF = frozenset({"adult", "colleague", "assigned", "attendance", "lead", "office", "stranger"})
ALL = STAFF | {NOBODY}
HOLDERS = frozenset({"adult", "lead"})
READERS = HOLDERS | {"assigned"}
SUMMARY = READERS | {"attendance"}
SEES_PUPIL = SUMMARY | {"office"}
LEAD = frozenset({"lead"})
OFFICE = frozenset({"office"})
ANY_LEAD = frozenset({"lead", "stranger"})
TRUSTED = frozenset({"adult", "colleague", "assigned"})
NONE: frozenset[str] = frozenset()
FORM = "f" * 32
QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash("a password")  # many are tried here
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """Others than those who `may` find nothing (404); `forbidden` are told that they may not (403)."""

    address: str  # method and path
    may: frozenset[str]
    fields: Fields = field(default_factory=dict)
    forbidden: frozenset[str] = NONE
    is_open: bool = False  # asks nobody to sign in first

    @property
    def method(self) -> str:
        return self.address.split()[0]

    @property
    def path(self) -> str:
        return self.address.split()[1]

    @property
    def ends_sessions(self) -> bool:
        return any(part in self.path for part in ("/account/", "/hand-over/here", "/sign-out"))

    def expected(self, who: str) -> int | None:
        """None: whatever is told to those who may."""
        if who in self.may:
            return None
        if who == NOBODY and not self.is_open:
            return 303
        return 403 if who in self.forbidden else 404


PUPIL, TALK = "/staff/pupils/{pupil_id}", "/staff/conversations/{conversation_id}"
PEOPLE, ALERT = "/staff/people", "/staff/alerts/{alert_id}"
NEW_PUPIL = {"form_id": FORM, "name": "Newcomer", "year": "8", "language": "en", "adult": "{adult_id}"}
PROMISE = {
    "form_id": FORM,
    "kind": "other",
    "owner": "{adult_id}",
    "due_on": "{tomorrow}",
    "language": "en",
    "words": "-",
}
TOLD = {"form_id": FORM, "seen": "0", "to": "-", "by": "-", "at": "2026-01-05T09:00"}
TAG = {"form_id": FORM, "turn": "{turn_id}", "start": "0", "end": "3", "code": "school.lesson", "verdict": "confirmed"}
# forms that end something come last
TABLE = [
    # before anybody is known
    Row("GET /staff/sign-in", ALL),
    Row("POST /staff/sign-in", ALL, {"email": "adult@school.test", "password": "-"}),
    Row("GET /staff/sign-in/code", ALL),
    Row("POST /staff/sign-in/code", ALL, {"code": "000000"}),
    Row("GET /staff/sign-in/second-factor", ALL),
    Row("POST /staff/sign-in/second-factor", ALL, {"code": "000000"}),
    Row("GET /staff/sign-in/with/{provider}", NONE, is_open=True),
    Row("GET /staff/sign-in/with/{provider}/back", NONE, is_open=True),
    Row("GET /staff/set-up", NONE, is_open=True),
    Row("POST /staff/set-up", NONE, {"country": "GB-ENG"}, is_open=True),
    Row("GET /staff/invited/{token}", ALL),
    Row("POST /staff/invited/{token}", ALL, {"password": "-", "again": "other"}),
    # everybody's own
    Row("GET /staff", STAFF),
    Row("GET /staff/attention", STAFF),
    Row("POST /staff/language", STAFF, {"language": "en"}),
    Row("GET /staff/account", STAFF),
    Row("POST /staff/account/password", STAFF),
    Row("POST /staff/account/pin", STAFF),
    Row("POST /staff/account/sessions/end", STAFF, {"which": "others"}),
    Row("GET /staff/account/second-factor", STAFF),
    Row("POST /staff/account/second-factor", STAFF),
    Row("POST /staff/account/second-factor/off", STAFF),
    Row("POST /staff/account/recovery-codes", STAFF),
    Row("GET /staff/account/recovery-codes", STAFF),
    # rooms
    Row("GET /staff/inbox", TRUSTED | ANY_LEAD),
    Row("GET /staff/inbox/lines", TRUSTED | ANY_LEAD),
    Row("GET /staff/inbox/tag-reviews", ANY_LEAD),
    Row("GET /staff/pupils", STAFF),
    Row("GET /staff/promises", STAFF - OFFICE),
    Row("GET /staff/alerts", TRUSTED | ANY_LEAD),
    Row("GET /staff/themes", ANY_LEAD | {"attendance"}),
    Row("GET /staff/themes.csv", ANY_LEAD | {"attendance"}),
    Row("GET /staff/audit", ANY_LEAD),
    Row("GET /staff/audit/verified", ANY_LEAD),
    # a pupil
    Row(f"GET {PUPIL}", SEES_PUPIL),
    Row(f"GET {PUPIL}/voices", SUMMARY),
    Row(f"GET {PUPIL}/voices/changes", SUMMARY),
    Row(f"POST {PUPIL}/voices/own-view", HOLDERS, {"form_id": FORM, "codes": "school.lesson"}, frozenset({"assigned"})),
    Row(f"GET {PUPIL}/start", HOLDERS, forbidden=SEES_PUPIL - HOLDERS),
    Row(
        f"POST {PUPIL}/conversations",
        HOLDERS,
        {"language": "en", "present": "-", "place": "-"},
        forbidden=SEES_PUPIL - HOLDERS,
    ),
    Row(f"GET {PUPIL}/invite", HOLDERS, forbidden=SEES_PUPIL - HOLDERS),
    Row(
        f"POST {PUPIL}/invite",
        HOLDERS,
        {"relation": "-", "language": "en", "days": "14"},
        forbidden=SEES_PUPIL - HOLDERS,
    ),
    Row(f"GET {PUPIL}/chronology", LEAD),
    Row(f"GET {PUPIL}/chronology.csv", LEAD),
    Row(f"GET {PUPIL}/chronology.pdf", LEAD),
    # a conversation
    Row(f"GET {TALK}", READERS),
    Row(f"GET {TALK}/summary", SUMMARY),
    Row(f"GET {TALK}/summary.json", SUMMARY),
    Row(f"GET {TALK}/summary.{{form}}", SUMMARY),
    Row(f"GET {TALK}/record.{{form}}", READERS),
    Row(f"GET {TALK}/copy.{{form}}", HOLDERS),
    Row(f"GET {TALK}/copy", HOLDERS),
    Row(f"GET {TALK}/translation?turn={{turn_id}}&start=0&end=3", NONE),  # no machine is set up
    Row(f"GET {TALK}/expect", READERS),
    Row(f"POST {TALK}/expect", READERS, {"words": "-"}),
    Row(f"POST {TALK}/read", READERS),
    Row(f"POST {TALK}/notes", READERS, {"form_id": FORM, "words": "-"}),
    Row(f"POST {TALK}/tags", READERS, TAG),
    Row(f"POST {TALK}/interpreter", READERS),
    Row(f"POST {TALK}/interpreter-came", READERS),
    Row(f"POST {TALK}/person-came", READERS),
    Row(f"GET {TALK}/assign", HOLDERS),
    Row(f"POST {TALK}/assign", HOLDERS, {"to": "{assigned_id}"}),
    Row(f"GET {TALK}/promise", SUMMARY),
    Row(f"POST {TALK}/promises", SUMMARY, PROMISE),
    Row("GET /staff/promises/{promise_id}", READERS),
    Row("POST /staff/promises/{promise_id}/answer", READERS, {"version": "0", "outcome": "done", "language": "en"}),
    Row(f"GET {TALK}/hand-over", HOLDERS),
    Row(f"GET {TALK}/hand-over/code", HOLDERS),
    Row(f"POST {TALK}/hand-over/code", HOLDERS),
    Row("GET /staff/conversations/{parents_id}/link", HOLDERS),
    Row("POST /staff/conversations/{parents_id}/links", HOLDERS),
    Row("POST /staff/links/{link_id}/revoke", HOLDERS, {"pupil": "{pupil_id}"}),
    # an alert
    Row(f"GET {ALERT}", HOLDERS),
    Row(f"GET {ALERT}.pdf", LEAD),
    Row(f"POST {ALERT}/acknowledge", HOLDERS),
    Row(f"POST {ALERT}/steps", LEAD, {"form_id": FORM, "seen": "0", "kind": "acting"}),
    Row(f"POST {ALERT}/told", LEAD, TOLD),
    Row("GET /staff/alerts/pupil/{pupil_id}", LEAD),
    Row("GET /staff/alerts/pupil/{pupil_id}/chronology.csv", LEAD),
    Row("GET /staff/alerts/pupil/{pupil_id}/chronology.pdf", LEAD),
    # people of the school
    Row(f"GET {PEOPLE}", OFFICE),
    Row(f"GET {PEOPLE}/invite", OFFICE),
    Row(f"POST {PEOPLE}/invite", OFFICE, {"form_id": FORM, "name": "-", "email": "new@school.test"}),
    Row(f"GET {PEOPLE}/invitations/{{invitation_id}}", OFFICE),
    Row(f"GET {PEOPLE}/staff/{{colleague_id}}", OFFICE),
    Row(f"GET {PEOPLE}/pupils", OFFICE),
    Row(f"GET {PEOPLE}/pupils/add", OFFICE),
    Row(f"POST {PEOPLE}/pupils/add", OFFICE, NEW_PUPIL),
    Row(f"GET {PEOPLE}/pupils/import", OFFICE),
    Row(f"POST {PEOPLE}/pupils/import", OFFICE),
    Row(f"POST {PEOPLE}/pupils/import/confirm", OFFICE, {"table": "name"}),
    Row(f"GET {PEOPLE}/pupils/{{pupil_id}}", OFFICE),
    Row(f"POST {PEOPLE}/pupils/{{pupil_id}}", OFFICE, NEW_PUPIL),
    Row(f"GET {PEOPLE}/calendar", OFFICE),
    Row(f"POST {PEOPLE}/calendar/closures", OFFICE, {"first_day": "{tomorrow}", "last_day": "{tomorrow}"}),
    Row(f"POST {PEOPLE}/calendar/closures/{{closure_id}}/remove", OFFICE),
    Row(f"POST {PEOPLE}/staff/{{colleague_id}}/second-factor", OFFICE),
    Row(f"POST {PEOPLE}/staff/{{colleague_id}}/role", OFFICE, {"role": "trusted_adult"}),
    Row(f"POST {PEOPLE}/staff/{{colleague_id}}/link", OFFICE),
    Row(f"POST {PEOPLE}/staff/{{assigned_id}}/leave", OFFICE),
    Row(f"POST {PEOPLE}/invitations/{{invitation_id}}/renew", OFFICE),
    Row(f"POST {PEOPLE}/invitations/{{invitation_id}}/revoke", OFFICE),
    # what ends something
    Row(f"GET {TALK}/withdraw", HOLDERS),
    Row(f"POST {TALK}/withdraw", HOLDERS, {"asked_by": "family"}),
    Row(f"POST {PEOPLE}/pupils/{{pupil_id}}/erase", OFFICE, {"typed": "-"}),
    Row(f"POST {TALK}/hand-over/here", HOLDERS),
    Row("POST /staff/sign-out", STAFF),
]


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
        "link": ParentLink(conversation_id=parents, token_hash="-", expires_at=soon),
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
