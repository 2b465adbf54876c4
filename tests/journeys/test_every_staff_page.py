"""Each room of the staff's pages in the demo school with a past, looked at with axe, from left to right and from right
to left; `make screenshot` takes the pictures of the docs in the same run.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from deploy.local.settings import CHECKOUT
from tests.running.product import Product

from .conftest import DESK, Device
from .drivers.eyes import ClosedEyes, grave_faults
from .drivers.staff import Staff

PICTURES = CHECKOUT / "docs" if os.environ.get("PICTURES") else None
A_PUPIL = "Alex Doyle"
# role: rooms; `pupil`, `conversation` and `alert` are found by following links from the first page that has one
ROOMS = {
    "trusted_adult": {
        "inbox": "/staff/inbox",
        "today": "/staff/today",
        "ask": "/staff/today/start",
        "pupils": "/staff/pupils",
        "pupil": "{pupil}",
        "family": "{pupil}/family",
        "add_carer": "{pupil}/family/add",
        "invite": "{pupil}/invite",
        "voices": "{pupil}/voices",
        "changes": "{pupil}/voices/changes",
        "summary": "{conversation}/summary",
        "conversation": "{conversation}",
        "copy": "{conversation}/copy",
        "withdraw": "{conversation}/withdraw",
        "promise": "{conversation}/promise",
        "promises": "/staff/promises",
        "rhythm": "{pupil}/rhythm",
        "week": "/staff/calendar?view=week",
        "account": "/staff/account",
    },
    "safeguarding_lead": {
        "alerts": "/staff/alerts",
        "alert": "{alert}",
        "themes": "/staff/themes",
        "audit": "/staff/audit",
        "verified": "/staff/audit/verified",
    },
    "administrator": {
        "people": "/staff/people",
        "roll": "/staff/people/pupils",
        "calendar": "/staff/people/calendar",
    },
}
DIRECTIONS = {"en": "ltr", "ar": "rtl"}


@pytest.fixture(scope="session")
def past(product: Product, school: dict[str, Any]) -> dict[str, str]:
    """E-mail addresses of the demo school by role, once its people have told what they told."""
    product.tells_the_past()
    return {person["role"]: person["email"] for person in reversed(school["staff_sign_ins"])}


@pytest.mark.parametrize("role", ROOMS)
def test_every_room_can_be_read_by_everybody(
    role: str, past: dict[str, str], device: Device, product: Product, adult: dict[str, str]
) -> None:
    page = device(viewport=DESK).new_page()
    Staff(page, ClosedEyes(), product.places.address).signs_in(past[role], adult["password"])
    faults = []
    for language, direction in DIRECTIONS.items():
        speaks(page, language)
        for name, place in rooms_of(page, product.places.address, role):
            page.goto(place)
            assert name == "copy" or page.locator("html").get_attribute("dir") == direction  # a copy is the speaker's
            faults += [f"{name}, {language}: {fault}" for fault in faults_of(page)]
            photograph(page, name, language)
    assert faults == []


def speaks(page: Page, language: str) -> None:
    page.locator("#page-language").select_option(language)
    page.locator("form.language button").click()
    page.wait_for_load_state()


def rooms_of(page: Page, address: str, role: str) -> Iterator[tuple[str, str]]:
    found = things(page, address, role)
    for name, place in ROOMS[role].items():
        yield name, address + place.format(**found)


def things(page: Page, address: str, role: str) -> dict[str, str]:
    if role == "safeguarding_lead":
        page.goto(f"{address}/staff/alerts")
        return {"alert": page.locator("a[href^='/staff/alerts/']").first.get_attribute("href") or ""}
    if role != "trusted_adult":
        return {}
    page.goto(f"{address}/staff/pupils?q={A_PUPIL}")
    pupil = page.locator(".row__name a").first.get_attribute("href") or ""
    page.goto(address + pupil)
    told = page.locator("[data-conversation][data-state=finished] a[href$='/summary']")
    summary = told.first.get_attribute("href") or ""
    return {"pupil": pupil, "conversation": summary.removesuffix("/summary")}


def faults_of(page: Page) -> list[str]:
    spilling = page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    return [*grave_faults(page), *(["wider than the screen"] if spilling else [])]


def photograph(page: Page, name: str, language: str) -> None:
    wanted = {("summary", "en"), ("inbox", "ar"), ("voices", "en"), ("alert", "en"), ("themes", "en")}
    if PICTURES and (name, language) in wanted:
        page.screenshot(path=PICTURES / f"screenshot-staff-{name}.png")
