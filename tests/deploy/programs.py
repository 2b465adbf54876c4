"""Programs that stand in for others: small shell scripts, started for real."""

from pathlib import Path


def program(path: Path, script: str) -> Path:
    """A shell script that may be started under this name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path
