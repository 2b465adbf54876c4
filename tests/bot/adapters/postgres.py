"""A PostgreSQL server of the test's own, from the machine's binaries."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

PLACES = (Path("/usr/lib/postgresql"), Path("/usr/local/pgsql"))
SERVANT = "postgres"  # the server refuses to run as root


def missing() -> str | None:
    """Why there can be no server here."""
    if binaries() is None:
        return "PostgreSQL is not installed"
    if os.geteuid() == 0 and not (_has_user(SERVANT) and shutil.which("runuser")):
        return "PostgreSQL does not run as root, and there is no user postgres to run it as"
    return None


def binaries() -> Path | None:
    found = [path.parent for place in PLACES for path in sorted(place.glob("**/bin/initdb"))]
    return found[-1] if found else None


def _has_user(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


class Postgres:
    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        if os.geteuid() == 0:
            shutil.chown(folder, SERVANT)
        self._run("initdb", "--auth=trust", "--username=bot", "--no-sync", "-D", str(self._data))
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://bot@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        options = f"-p {self._port} -h 127.0.0.1 -k {self._data} -c fsync=off"
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._data / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *words: str) -> None:
        folder = binaries()
        assert folder is not None
        subprocess.run([*_as_servant(), str(folder / program), *words], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _as_servant() -> Sequence[str]:
    return ["runuser", "-u", SERVANT, "--"] if os.geteuid() == 0 else []
