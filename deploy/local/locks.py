"""make lock: rewrites deploy/requirements/*.txt from pyproject.toml, with hashes and without addresses."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.environ import environ
from deploy.local.processes import Command, call_or_stop
from deploy.local.progress import Stop, say
from deploy.local.settings import Settings
from deploy.local.toolchain import uv

COMPILE = (
    *("pip", "compile", "-q", "--universal", "--generate-hashes", "--no-header", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-find-links"),
)
LEAN_RASA = (
    *("--python-version", "3.10"),
    *("--excludes", "deploy/requirements/bot-excludes.txt"),
    *("--overrides", "deploy/requirements/bot-overrides.txt"),
)


@dataclass(frozen=True)
class Lock:
    name: str
    source: str
    options: tuple[str, ...] = ()
    part_of: str = ""  # the larger lock whose versions it takes over

    def words(self, folder: Path) -> list[str]:
        return [*COMPILE, self.source, *self.options, "-o", str(folder / f"{self.name}.txt")]


LOCKS: Sequence[Lock] = (
    Lock("uv", "deploy/requirements/uv.in"),
    Lock("api-test", "pyproject.toml", ("--extra", "api-test", "--python-version", "3.12")),
    Lock("api", "pyproject.toml", ("--extra", "api", "--python-version", "3.12"), part_of="api-test"),
    Lock("bot-test", "pyproject.toml", ("--extra", "bot-test", *LEAN_RASA)),
    Lock("bot", "pyproject.toml", ("--extra", "bot", *LEAN_RASA), part_of="bot-test"),
)


async def lock(settings: Settings) -> None:
    """Versions stay as they are where pyproject.toml allows it; with UPGRADE=1 the newest are taken."""
    tool = await uv(settings)
    for each in LOCKS:
        say(f"Locking {each.name}.")
        written = settings.locks / f"{each.name}.txt"
        if each.part_of:  # versions found in the file are kept: so what runs is what was tested
            shutil.copyfile(settings.locks / f"{each.part_of}.txt", written)
        words = [
            str(tool),
            *each.words(settings.locks),
            *(["--upgrade"] if settings.upgrade and not each.part_of else []),
        ]
        await call_or_stop(Command(words, settings.root, environ()), f"{written.name} could not be locked.")
        refuse_addresses(written)


def refuse_addresses(written: Path) -> None:
    """An address in a lock sends everybody to one host, and shows where it was made."""
    if "://" in written.read_text():
        raise Stop(f"{written.name} holds an address (“://”). It must not be committed.")
