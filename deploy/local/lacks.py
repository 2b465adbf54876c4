"""What this machine lacks for some tests. Named at the end of `make test`, so that nothing is skipped silently."""

from __future__ import annotations

import shutil
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def lacking() -> list[str]:
    sentences = []
    if not any(map(shutil.which, BROWSERS)):
        sentences.append("No browser: the journeys in a real browser did not run. (apt install chromium)")
    if not _postgresql():
        sentences.append("No PostgreSQL: the tests of the second database did not run. (apt install postgresql)")
    return sentences


def _postgresql() -> bool:
    if shutil.which("initdb"):
        return True
    places = ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql@*/bin", "usr/pgsql-*/bin")
    return any((folder / "initdb").exists() for place in places for folder in Path("/").glob(place))
