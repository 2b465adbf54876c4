"""A stamp says what a folder was made from. It is written last, so a broken-off set-up has none and is redone."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest(*parts: Path | str) -> str:
    """Of files' contents and of plain words; the same on every machine."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        total.update(b"%d:" % len(content) + content)
    return total.hexdigest()


def read_stamp(folder: Path) -> str:
    try:
        return (folder / ".stamp").read_text()
    except OSError:
        return ""


def write_stamp(folder: Path, stamp: str) -> None:
    draft = folder / ".stamp.new"
    draft.write_text(stamp)
    draft.replace(folder / ".stamp")


def remove_stamp(folder: Path) -> None:
    (folder / ".stamp").unlink(missing_ok=True)
