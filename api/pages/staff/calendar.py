"""The calendar of planned contact, and the address by which the calendar on somebody's phone fetches it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.access import contacts_between
from api.models import Role
from api.pages.doors import SettingsDep
from api.pages.staff.desk import Desk, DeskDep, go
from api.pages.staff.shown_once import keep_for_next_page, kept, take_away
from api.services.review.working_days import calendar_of
from api.services.rhythm import feed, lines
from api.services.rhythm.lines import Line

router = APIRouter()
READERS: tuple[Role, ...] = ("trusted_adult", "safeguarding_lead", "attendance_lead")
A_WEEK, LISTED = timedelta(days=7), timedelta(days=28)
SATURDAY = 5
ADDRESS = "/staff/account/calendar-feed"


@dataclass(frozen=True)
class Day:
    day: date
    is_today: bool
    is_closed: bool
    lines: list[Line]


@router.get("/calendar")
def show_calendar(
    desk: DeskDep,
    view: Literal["list", "week"] = "list",
    whose: Literal["mine", "all"] = "mine",
    week: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """`week`: any day of the week with which it begins."""
    desk.must_be(*READERS)
    monday = _monday(week)
    shown = A_WEEK if view == "week" else LISTED
    return desk.show(
        "calendar.html",
        "calendar",
        days=_days(desk, monday, shown, mine=whose == "mine"),
        late=[line for line in lines.due_today(desk.session, desk.staff) if line.contact.day < lines.today()],
        view=view,
        whose=whose,
        monday=monday,
        before=monday - shown,
        after=monday + shown,
    )


@router.post("/account/calendar-feed")
def make_address(desk: DeskDep, settings: SettingsDep) -> Response:
    token = feed.make_address(desk.session, desk.staff)
    response = go(ADDRESS)
    keep_for_next_page(response, token, ADDRESS, settings)
    return response


@router.get("/account/calendar-feed")
def show_address(desk: DeskDep, settings: SettingsDep) -> Response:
    """Once: afterwards only its hash is known."""
    token = kept(desk.request)
    address = f"{settings.public_url.rstrip('/')}/calendar/{token}.ics" if token else None
    response = desk.show("calendar_address.html", "account", address=address)
    take_away(response, ADDRESS, settings)
    return response


@router.post("/account/calendar-feed/end")
def end_address(desk: DeskDep) -> Response:
    feed.end_address(desk.session, desk.staff)
    return go("/staff/account?done=calendar_feed_ended")


def _monday(typed: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = lines.today()
    day = min(max(day, date(2000, 1, 1)), date(2100, 1, 1))  # nobody plans beyond, and days have an end
    return day - timedelta(days=day.weekday())


def _days(desk: Desk, first: date, shown: timedelta, *, mine: bool) -> list[Day]:
    """Days at the weekend only where something is planned on them."""
    found = contacts_between(desk.session, desk.staff, first, first + shown - timedelta(days=1), mine=mine)
    planned: dict[date, list[Line]] = {}
    for line in lines.lines_of(desk.session, desk.staff, found):
        planned.setdefault(line.contact.day, []).append(line)
    calendar, today = calendar_of(desk.session, desk.staff), lines.today()
    days = (first + timedelta(days=number) for number in range(shown.days))
    made = [Day(day, day == today, not calendar.is_working(day), planned.get(day, [])) for day in days]
    return [each for each in made if each.lines or each.day.weekday() < SATURDAY]
