"""The folder with a school's records on this machine: one run at a time, and the secrets of this installation."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from deploy.local.alone import refusing
from deploy.local.progress import Stop

OURS = (".running", "bot-secret", "secret", "pupil-voice.db*", "tracker.db*")


@dataclass(frozen=True)
class Secrets:
    bot: str  # between the api and the bot
    seal: str  # of the api alone: without it the second factors in the records cannot be read


@contextmanager
def opened(folder: Path) -> Iterator[Secrets]:
    """Gives the secrets. Only the owner may look inside; a second run on the same folder is refused."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _holds_nothing_else(folder):
            folder.chmod(0o700)
    except OSError as error:
        raise Stop(f"The data folder {folder} cannot be made: {error.strerror}.") from error
    with refusing(
        folder / ".running", f"{folder} is in use by another run. Stop that one, or choose DATA=another-folder."
    ):
        yield Secrets(
            bot=os.environ.get("PUPIL_VOICE_BOT_SECRET") or secret(folder / "bot-secret"),
            seal=os.environ.get("PUPIL_VOICE_SECRET") or secret(folder / "secret"),
        )


def _holds_nothing_else(folder: Path) -> bool:
    """Somebody may have made it, open to all, before the first run; a folder with other things is theirs to close."""
    return all(any(fnmatch(entry.name, name) for name in OURS) for entry in folder.iterdir())


def secret(path: Path) -> str:
    """Made once, readable by the owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        made = secrets.token_urlsafe(32)
        file.write(made)
    return made
