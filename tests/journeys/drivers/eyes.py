"""Looks at every kind of screen that a journey reaches, with axe."""

import re
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
STANDING = """() => [
  document.documentElement.lang,
  document.querySelector('#question')?.dataset.response ?? document.querySelector('h1')?.className,
  document.querySelector('#attention a') && 'alert',
]"""


class Eyes:
    """`seen`: screens that were looked at, also in other journeys."""

    def __init__(self, seen: set[str] | None = None) -> None:
        self._seen = set() if seen is None else seen
        self.faults: list[str] = []

    def look(self, page: Page) -> None:
        """Once for each kind of screen: the place without ids, its language, and the question that stands there."""
        screen = f"{place(page)} {page.evaluate(STANDING)} {page.viewport_size}"
        if screen not in self._seen:
            self._seen.add(screen)
            self.faults += [f"{screen}: {fault}" for fault in grave_faults(page)]


class ClosedEyes(Eyes):
    """For a browser without JavaScript: axe is itself a script. The same pages are looked at in other journeys."""

    def look(self, page: Page) -> None:
        """Nothing is seen."""


def place(page: Page) -> str:
    return re.sub(r"/[A-Za-z0-9_-]{20,}|/\d+", "/…", urlsplit(page.url).path)


def grave_faults(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{violation['id']} at {violation['nodes'][0]['target']}"
        for violation in found["violations"]
        if violation["impact"] in GRAVE
    ]
