"""Every address of the staff's pages, and what each role gets there about things that exist and are somebody's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOBODY = "nobody"
# adult: of the pupil; assigned: was given the conversation to review; stranger: leads another school
STAFF = frozenset({"adult", "colleague", "assigned", "attendance", "lead", "office", "stranger"})
ALL = STAFF | {NOBODY}
HOLDERS = frozenset({"adult", "lead"})
READERS = HOLDERS | {"assigned"}
SUMMARY = READERS | {"attendance"}
SEES_PUPIL = SUMMARY | {"office"}
WORKS_WITH_FAMILY = HOLDERS | {"attendance"}
KEEPS_FAMILY = HOLDERS | {"attendance", "office"}
LEAD = frozenset({"lead"})
OFFICE = frozenset({"office"})
ANY_LEAD = frozenset({"lead", "stranger"})
TRUSTED = frozenset({"adult", "colleague", "assigned"})
NONE: frozenset[str] = frozenset()
FORM = "f" * 32
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
ABSENCE = "/staff/absences/{absence_id}"
NEW_PUPIL = {"form_id": FORM, "name": "Newcomer", "year": "8", "language": "en", "adult": "{adult_id}"}
CARER = {"form_id": FORM, "relation": "uncle", "language": "en"}
PROMISE = {
    "form_id": FORM,
    "kind": "other",
    "owner": "{adult_id}",
    "due_on": "{tomorrow}",
    "language": "en",
    "words": "-",
}
PLANNED = {"form_id": FORM, "owner": "{adult_id}", "kind": "meeting", "carer": "0", "day": "2020-01-06"}
HOURS = {"form_id": FORM, "quiet_from": "20:00", "quiet_until": "08:00", "answer_within": "45"}
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
    Row("GET /staff/account/calendar-feed", STAFF),
    Row("POST /staff/account/calendar-feed", STAFF),
    Row("POST /staff/account/calendar-feed/end", STAFF),
    Row("POST /staff/account/recovery-codes", STAFF),
    Row("GET /staff/account/recovery-codes", STAFF),
    # rooms
    Row("GET /staff/inbox", TRUSTED | ANY_LEAD),
    Row("GET /staff/inbox/lines", TRUSTED | ANY_LEAD),
    Row("GET /staff/inbox/tag-reviews", ANY_LEAD),
    Row("GET /staff/pupils", STAFF),
    Row("GET /staff/calendar", STAFF - OFFICE),
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
    # a first day of absence, and tasks
    Row("GET /staff/today", STAFF - OFFICE),
    Row("GET /staff/today/lists", STAFF - OFFICE),
    Row("GET /staff/today/start", STAFF - OFFICE),
    Row("POST /staff/today/start", WORKS_WITH_FAMILY, {"pupils": "{pupil_id}", "although_closed": "true"}),
    Row("GET /staff/today/import", STAFF - OFFICE),
    Row("POST /staff/today/import", STAFF - OFFICE),
    Row(f"GET {ABSENCE}", WORKS_WITH_FAMILY),
    Row(f"POST {ABSENCE}/notes", WORKS_WITH_FAMILY, {"form_id": FORM, "note": "-"}),
    Row(f"POST {ABSENCE}/visit", WORKS_WITH_FAMILY, {"form_id": FORM, "note": "-"}),
    Row(f"POST {ABSENCE}/visit/decision", LEAD, {"form_id": FORM, "note": "-", "agreed": "true"}),
    Row(f"POST {ABSENCE}/accounted", WORKS_WITH_FAMILY, {"form_id": FORM, "how": "seen"}),
    Row(f"POST {ABSENCE}/reopened", WORKS_WITH_FAMILY, {"form_id": FORM}),
    Row("GET /staff/tasks", STAFF - OFFICE),
    Row("POST /staff/tasks/{task_id}/done", WORKS_WITH_FAMILY, {"form_id": FORM, "note": "-"}),
    Row(f"GET {PUPIL}/family", KEEPS_FAMILY),
    Row(f"GET {PUPIL}/family/add", KEEPS_FAMILY),
    Row(f"POST {PUPIL}/family/add", KEEPS_FAMILY, CARER),
    Row("GET /staff/carers/{carer_id}", KEEPS_FAMILY),
    Row("POST /staff/carers/{carer_id}", KEEPS_FAMILY, CARER),
    Row("POST /staff/carers/{carer_id}/wishes", KEEPS_FAMILY, {"channel": "text"}),
    Row("POST /staff/carers/{carer_id}/word", KEEPS_FAMILY, {"word": "-"}),
    Row("POST /staff/carers/{carer_id}/place", KEEPS_FAMILY, {"place": "0"}),
    Row("POST /staff/carers/{carer_id}/decide", LEAD, {"agreed": "true"}, forbidden=KEEPS_FAMILY - LEAD),
    # planned contact
    Row(f"GET {PUPIL}/rhythm", WORKS_WITH_FAMILY),
    Row(f"GET {PUPIL}/rhythm/proposal", HOLDERS, forbidden=WORKS_WITH_FAMILY - HOLDERS),
    Row(f"POST {PUPIL}/rhythm", HOLDERS, PLANNED, forbidden=WORKS_WITH_FAMILY - HOLDERS),
    Row("GET /staff/contacts/{contact_id}", WORKS_WITH_FAMILY),
    Row(
        "POST /staff/contacts/{contact_id}/move", HOLDERS, {"version": "0", "day": "{tomorrow}", "owner": "{adult_id}"}
    ),
    Row("POST /staff/contacts/{contact_id}/settle", HOLDERS, {"version": "0", "outcome": "missed"}),
    Row("POST /staff/contacts/{contact_id}/conversation", HOLDERS),
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
    Row("POST /staff/conversations/{parents_id}/letter", HOLDERS, {"token": "way in", "code": "short"}),
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
    # messages to families
    Row("GET /staff/messages", STAFF),
    Row("POST /staff/messages/hours", OFFICE, HOURS),
    Row("POST /staff/messages/{message_id}/again", WORKS_WITH_FAMILY, {"form_id": FORM}),
    Row("POST /staff/messages/{message_id}/otherwise", WORKS_WITH_FAMILY, {"form_id": FORM, "way": "email"}),
    Row("POST /staff/messages/{message_id}/settled", WORKS_WITH_FAMILY, {"form_id": FORM}),
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
    Row(f"POST {PEOPLE}/calendar/half-terms", OFFICE, {"first_day": "{tomorrow}", "last_day": "{tomorrow}"}),
    Row(f"POST {PEOPLE}/calendar/half-terms/{{half_term_id}}/remove", OFFICE),
    Row(f"POST {PEOPLE}/staff/{{colleague_id}}/second-factor", OFFICE),
    Row(f"POST {PEOPLE}/staff/{{colleague_id}}/role", OFFICE, {"role": "trusted_adult"}),
    Row(f"POST {PEOPLE}/staff/{{colleague_id}}/link", OFFICE),
    Row(f"POST {PEOPLE}/staff/{{assigned_id}}/leave", OFFICE),
    Row(f"POST {PEOPLE}/invitations/{{invitation_id}}/renew", OFFICE),
    Row(f"POST {PEOPLE}/invitations/{{invitation_id}}/revoke", OFFICE),
    # what ends something
    Row("POST /staff/carers/{last_carer_id}/leave", KEEPS_FAMILY),
    Row(f"GET {TALK}/withdraw", HOLDERS),
    Row(f"POST {TALK}/withdraw", HOLDERS, {"asked_by": "family"}),
    Row(f"POST {PEOPLE}/pupils/{{pupil_id}}/erase", OFFICE, {"typed": "-"}),
    Row(f"POST {TALK}/hand-over/here", HOLDERS),
    Row("POST /staff/sign-out", STAFF),
]
