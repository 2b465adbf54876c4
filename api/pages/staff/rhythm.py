"""Contact with a pupil and their family: what practice asks, what people plan, and what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Query, Response
from pydantic import BaseModel, Field

from api.access import carers_of, contact_for, family_of, may_read
from api.errors import Malformed, Unfit
from api.models import ContactKind, ContactOutcome, Pupil
from api.pages.staff.desk import BEYOND_ANY_ROW, Desk, DeskDep, FormId, RowId, go
from api.services.rhythm import asked, half_terms, lines, planning, proposing, starting
from api.services.rhythm.planning import Draft
from api.services.rhythm.proposing import Slot

router = APIRouter()
KINDS: tuple[ContactKind, ...] = get_args(ContactKind)
OUTCOMES: tuple[ContactOutcome, ...] = get_args(ContactOutcome)
# one proposal for both ends of a half term
PROPOSED: tuple[str, ...] = ("check_in", "family_contact", "meeting", "half_term_start")
Typed = Annotated[str, Field(max_length=20)]


class Asking(BaseModel):
    """What is to be proposed; what cannot be read is not said."""

    kind: Typed = ""
    first: Typed = ""
    last: Typed = ""
    every: Typed = ""

    @property
    def days(self) -> int:
        return int(self.every) if self.every.isascii() and self.every.isdecimal() and int(self.every) <= 90 else 0


class NewPlan(BaseModel):
    """As the adult edited it: a day that was emptied is left out."""

    form_id: FormId
    owner: int = Field(ge=1, lt=BEYOND_ANY_ROW)
    time: Typed = ""
    kind: list[ContactKind] = Field(default_factory=list, max_length=proposing.MOST)
    carer: list[int] = Field(default_factory=list, max_length=proposing.MOST)  # 0: nobody in particular
    day: list[Typed] = Field(default_factory=list, max_length=proposing.MOST)

    def draft(self) -> Draft:
        """Unfit: "no_date", "time"."""
        if not len(self.kind) == len(self.carer) == len(self.day):
            raise Malformed
        rows = zip(self.kind, self.carer, self.day, strict=True)
        slots = [Slot(kind, _day(day), carer or None) for kind, carer, day in rows if day]
        return Draft(slots, self.owner, _minute(self.time))

    def rows(self) -> list[dict[str, Any]]:
        return [_row(*typed) for typed in zip(self.kind, self.carer, self.day, strict=True)]


class NewDay(BaseModel):
    version: int
    day: Typed
    time: Typed = ""
    owner: int = Field(ge=1, lt=BEYOND_ANY_ROW)


@router.get("/pupils/{pupil_id}/rhythm")
def show_rhythm(desk: DeskDep, pupil_id: RowId) -> Response:
    pupil, _ = family_of(desk.session, desk.staff, pupil_id)
    return _rhythm_page(desk, pupil, Asking())


@router.get("/pupils/{pupil_id}/rhythm/proposal")
def propose(desk: DeskDep, pupil_id: RowId, asking: Annotated[Asking, Query()]) -> Response:
    pupil = planning.pupil_to_plan_for(desk.session, desk.staff, pupil_id)
    try:
        first, last = _maybe_day(asking.first), _maybe_day(asking.last)
        frame = planning.frame(desk.session, desk.staff, pupil, first, last)
    except Unfit as refusal:
        return _rhythm_page(desk, pupil, asking, refusal)
    found = planning.propose(desk.session, pupil, frame, asking.kind, asking.days)
    rows = [_row(slot.kind, slot.carer_id or 0, slot.day.isoformat(), slot.day) for slot in found]
    return _proposal_page(desk, pupil, rows, pupil.trusted_adult_id)


@router.post("/pupils/{pupil_id}/rhythm")
def plan(desk: DeskDep, pupil_id: RowId, form: Annotated[NewPlan, Form()]) -> Response:
    pupil = planning.pupil_to_plan_for(desk.session, desk.staff, pupil_id)
    try:
        planning.plan(desk.session, desk.staff, pupil_id, form.draft(), form.form_id)
    except Unfit as refusal:
        return _proposal_page(desk, pupil, form.rows(), form.owner, form.time, refusal)
    return go(f"/staff/pupils/{pupil_id}/rhythm")


@router.get("/contacts/{contact_id}")
def show_contact(desk: DeskDep, contact_id: RowId) -> Response:
    return _contact_page(desk, contact_id)


@router.post("/contacts/{contact_id}/move")
def move(desk: DeskDep, contact_id: RowId, form: Annotated[NewDay, Form()]) -> Response:
    try:
        day, minute = _day(form.day), _minute(form.time)
        planning.move(desk.session, desk.staff, contact_id, form.version, day, minute, form.owner)
    except Unfit as refusal:
        desk.session.rollback()
        return _contact_page(desk, contact_id, refusal)
    return go(f"/staff/contacts/{contact_id}")


@router.post("/contacts/{contact_id}/settle")
def settle(
    desk: DeskDep, contact_id: RowId, version: Annotated[int, Form()], outcome: Annotated[ContactOutcome, Form()]
) -> Response:
    try:
        planning.settle(desk.session, desk.staff, contact_id, version, outcome)
    except Unfit as refusal:
        desk.session.rollback()
        return _contact_page(desk, contact_id, refusal)
    return go(f"/staff/contacts/{contact_id}")


@router.post("/contacts/{contact_id}/conversation")
def talk_with_carer(desk: DeskDep, contact_id: RowId) -> Response:
    """To the page on which a link for them is made."""
    conversation_id = starting.with_carer(desk.session, desk.staff, contact_id)
    return go(f"/staff/conversations/{conversation_id}/link")


def _rhythm_page(desk: Desk, pupil: Pupil, asking: Asking, refusal: Unfit | None = None) -> Response:
    found = lines.about(desk.session, desk.staff, pupil)
    return desk.show(
        "rhythm.html",
        status=refusal.status if refusal else 200,
        pupil=pupil,
        may_plan=may_read(desk.staff, pupil),
        asked=asked.asked_for(desk.session, desk.staff, pupil, found),
        coming=lines.coming(found),
        past=[line for line in reversed(found) if line.contact.outcome],
        has_half_terms=bool(half_terms.listed(desk.session, desk.staff)),
        kinds=PROPOSED,
        asking=asking,
        fault=refusal.fault if refusal else None,
    )


def _proposal_page(
    desk: Desk,
    pupil: Pupil,
    rows: Sequence[dict[str, Any]],
    owner: int,
    at_time: str = "",
    refusal: Unfit | None = None,
) -> Response:
    return desk.show(
        "rhythm_proposal.html",
        status=refusal.status if refusal else 200,
        pupil=pupil,
        rows=rows,
        carers={each.id: each for each in carers_of(desk.session, pupil.id)},
        owners=planning.owners(desk.session, desk.staff, pupil),
        owner=owner,
        at_time=at_time,
        first_day=lines.today(),
        last_day=lines.today() + planning.LATEST,
        fault=refusal.fault if refusal else None,
    )


def _contact_page(desk: Desk, contact_id: int, refusal: Unfit | None = None) -> Response:
    """Of two people who change it at once the second sees what the first did."""
    contact, pupil = contact_for(desk.session, desk.staff, contact_id)
    fault = refusal.fault if refusal else None
    status = 409 if fault == "outdated" else refusal.status if refusal else 200
    return desk.show(
        "rhythm_contact.html",
        status=status,
        pupil=pupil,
        line=lines.lines_of(desk.session, desk.staff, [(contact, pupil)])[0],
        may_talk=may_read(desk.staff, pupil) and not contact.outcome,
        with_family=starting.is_with_family(contact),
        guide=starting.guide_for(contact),
        owners=planning.owners(desk.session, desk.staff, pupil),
        outcomes=OUTCOMES if contact.day <= lines.today() else ("cancelled",),
        first_day=lines.today(),
        last_day=lines.today() + planning.LATEST,
        fault=fault,
    )


def _row(kind: ContactKind, carer: int, day: str, proposed: date | None = None) -> dict[str, Any]:
    return {"kind": kind, "carer": carer, "day": day, "proposed": proposed}


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Unfit("no_date") from None


def _maybe_day(typed: str) -> date | None:
    return _day(typed) if typed else None


def _minute(typed: str) -> int | None:
    """Of the day; browsers send HH:MM."""
    if not typed:
        return None
    hours, _, minutes = typed.partition(":")
    if not (hours.isdecimal() and minutes[:2].isdecimal() and int(hours) < 24 and int(minutes[:2]) < 60):
        raise Unfit("time")
    return int(hours) * 60 + int(minutes[:2])
