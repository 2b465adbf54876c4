"""Fetches uv with pip, so that a machine needs only python3, pip, git and make."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from deploy.local.alone import waiting_for
from deploy.local.environ import environ
from deploy.local.processes import Command, call_or_stop
from deploy.local.progress import say
from deploy.local.settings import Settings
from deploy.local.stamps import digest, read_stamp, write_stamp


async def uv(settings: Settings) -> Path:
    """The path of uv, fetched when it is missing or its lock changed."""
    tools = settings.root / ".tools"
    async with waiting_for(settings.build / "tools.lock"):
        if read_stamp(tools) != digest(_lock(settings)):
            await _fetch(settings, tools)
    return tools / "bin" / "uv"


async def _fetch(settings: Settings, tools: Path) -> None:
    say("Fetching uv, which installs everything else.")
    shutil.rmtree(tools, ignore_errors=True)
    await call_or_stop(
        Command(_pip_install(_lock(settings), tools), settings.root, environ(PIP_ROOT_USER_ACTION="ignore")),
        f"uv could not be installed with “{sys.executable} -m pip”. Is python3-pip installed, and is there a network?",
    )
    write_stamp(tools, digest(_lock(settings)))


def _lock(settings: Settings) -> Path:
    return settings.locks / "uv.txt"


def _pip_install(lock: Path, tools: Path) -> list[str]:
    # --target needs no python3-venv and is allowed on externally managed systems.
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    return [*pip, "--require-hashes", "--only-binary=:all:", "--target", str(tools), "-r", str(lock)]
