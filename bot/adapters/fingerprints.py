"""What a component depends on besides its own class, so that Rasa's cache keeps nothing made from other files."""

from __future__ import annotations

import hashlib
from pathlib import Path

BOT = Path(__file__).resolve().parent.parent


def fingerprint(*folders: str | Path) -> str:
    """Changes with every file below these folders; relative ones are below bot/."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in (BOT / folder).rglob("*") if _is_source(path)):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix in {".py", ".yml", ".tsv"}
