"""Finds installed Pythons without asking shims: a shim exists for versions that it then refuses to run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

Version = tuple[int, int]

# Where version managers keep whole installations, relative to the home folder or absolute.
INSTALLATIONS = (
    ".pyenv/versions/*/bin",
    ".asdf/installs/python/*/bin",
    ".local/share/mise/installs/python/*/bin",
    "/opt/homebrew/opt/python@*/bin",
    "/usr/local/opt/python@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/python@*/bin",
)


def folders(environ: Mapping[str, str], home: Path, installations: Iterable[str] = INSTALLATIONS) -> list[Path]:
    on_path = [Path(part) for part in environ.get("PATH", "").split(os.pathsep) if part]
    found = [folder for folder in on_path if folder.name != "shims"]
    roots = {folder.parent for folder in on_path if folder.name == "shims"}
    roots |= {Path(environ[name]) for name in ("PYENV_ROOT", "ASDF_DATA_DIR") if environ.get(name)}
    for root in sorted(roots):
        found += sorted(root.glob("versions/*/bin")) + sorted(root.glob("installs/python/*/bin"))
    for pattern in installations:
        base = Path("/") if pattern.startswith("/") else home
        found += sorted(base.glob(pattern.lstrip("/")))
    return list(dict.fromkeys(found))


def find_python(versions: Iterable[Version], places: Iterable[Path]) -> Path | None:
    """The first version wanted that really runs, wherever it is."""
    places = list(places)
    for major, minor in versions:
        for folder in places:
            python = folder / f"python{major}.{minor}"
            if python.is_file() and version_of(python) == (major, minor):
                return python
    return None


def version_of(python: Path) -> Version | None:
    """None when it does not run, as a shim or a broken link does not."""
    question = "import sys, venv; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-I", "-c", question], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    major, _, minor = answer.stdout.strip().partition(" ")
    return (int(major), int(minor)) if minor.isdecimal() else None
